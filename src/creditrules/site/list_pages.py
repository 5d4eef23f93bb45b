"""Site: the lists: who determines, on what grounds, for how long, the remedy, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.clauses import period_text
from creditrules.deliver.list_sheet import list_sheet, span_text
from creditrules.model.lists import EntryCase, ListKind, ListPeriod, Trigger
from creditrules.model.words import Level
from creditrules.site.blocks import Block, Entry, Page, Table, filled, given
from creditrules.site.measures import Measures
from creditrules.site.places import page_of
from creditrules.site.teller import Teller

SECTION = "lists"


def list_pages(measures: Measures) -> Iterator[Page]:
    """Yield the page of all lists, then every list."""
    yield _index(measures.teller)
    for kind in measures.teller.survey.catalogue.lists.values():
        yield _page(kind, measures)


def _index(teller: Teller) -> Page:
    ink, words, lists = teller.ink, teller.ink.words, teller.survey.catalogue.lists.values()
    heads = tuple(
        words(f"site.column.{k}") for k in ("list", "determined_by", "in_force", "measures", "state")
    )
    blocks = tuple(
        Block(
            ink.said(f"sheet.levels.{level.value}"),
            table=Table(heads, tuple(_row(kind, teller) for kind in lists if kind.level is level)),
        )
        for level in Level
    )
    lead = ink.said("site.lead.lists", n=len(lists))
    return Page(
        "lists.html",
        words("site.nav.lists"),
        SECTION,
        ink.said("site.nav.lists"),
        lead=lead,
        blocks=filled(*blocks),
    )


def _row(kind: ListKind, teller: Teller) -> tuple[Markup, ...]:
    ink, n = teller.ink, len(teller.survey.by_list.get(kind.key, ()))
    return (
        teller.list(kind.key),
        teller.said(kind.determined_by),
        ink.text(span_text(kind.since, kind.until)),
        ink.text(n or "–"),
        ink.badge(kind.checked),
    )


def _page(kind: ListKind, measures: Measures) -> Page:
    teller, ink = measures.teller, measures.teller.ink
    own = teller.survey.by_list.get(kind.key, ())
    sheet = list_sheet(kind, teller.survey.catalogue, ink.lang)
    ways = [w for w in teller.survey.catalogue.procedure.ways_out if kind.key in w.lists]
    blocks = filled(
        Block(ink.said("sheet.entry"), "entry", lines=tuple(_case(case, teller) for case in kind.entry)),
        Block(ink.said("sheet.periods"), "periods", lines=tuple(_period(p, teller) for p in kind.periods)),
        Block(ink.said("table.ends_by"), "ends", lines=tuple(teller.said(text) for text in kind.ends_by)),
        Block(ink.said("site.ways_out"), "ways", lines=tuple(way_line(w.key, teller) for w in ways)),
        Block(
            ink.said("sheet.triggers"), "triggers", lines=tuple(_trigger(t, teller) for t in kind.triggers)
        ),
        Block(ink.said("show.basis"), "bases", lines=tuple(teller.basis(basis) for basis in kind.bases)),
        Block(
            ink.said("site.measures_for_it", n=len(own)),
            "measures",
            parts=measures.blocks(own),
            kind="measures",
        ),
        Block(ink.said("show.open"), "open", lines=tuple(ink.text(line) for line in sheet.open), kind="open"),
    )
    other = kind.title("en" if ink.lang == "zh" else "zh")
    return Page(
        page_of("list", kind.key),
        kind.title(ink.lang),
        SECTION,
        ink.title(kind.title(ink.lang)),
        subtitle=ink.text(other) if other != kind.title(ink.lang) else Markup(""),
        up=(("lists.html", ink.said("site.nav.lists")),),
        facts=given(*_facts(kind, teller)),
        blocks=blocks,
        entries=(_entry(kind),),
    )


def way_line(key: str, teller: Teller) -> Markup:
    """Return a way out by its title, with the days it is open to."""
    way = next(w for w in teller.survey.catalogue.procedure.ways_out if w.key == key)
    link = teller.ink.link(page_of("way", key), teller.said(way.title))
    return link + teller.ink.bracketed(span_text(way.since, way.until))


def _entry(kind: ListKind) -> Entry:
    body = " ".join((kind.key, *kind.aliases, kind.field, kind.determined_by.zh, kind.determined_by.en))
    body += " " + " ".join(case.text.zh + " " + case.text.en for case in kind.entry)
    return Entry(page_of("list", kind.key), "list", kind.title.zh, kind.title.en, "", "", body)


def _facts(kind: ListKind, teller: Teller) -> Iterator[tuple[Markup, Markup]]:
    ink, catalogue = teller.ink, teller.survey.catalogue
    yield ink.said("sheet.level"), ink.said(f"sheet.levels.{kind.level.value}")
    yield ink.said("sheet.field"), ink.text(kind.field)
    yield ink.said("sheet.determined_by"), teller.said(kind.determined_by)
    yield ink.said("sheet.instrument"), teller.said(kind.instrument)
    yield ink.said("show.in_force"), ink.text(span_text(kind.since, kind.until))
    yield ink.said("sheet.listed_with"), ink.joined(teller.role(role) for role in kind.listed_with)
    yield ink.said("sheet.extension"), teller.said(kind.extension)
    yield ink.said("sheet.early_removal"), _early_removal(kind, teller)
    yield ink.said("table.remedy"), teller.said(kind.remedy)
    if kind.succeeded_by:
        on = ink.said("table.since", since=kind.succeeded_on) if kind.succeeded_on else ""
        yield ink.said("sheet.succeeded_by"), teller.list(kind.succeeded_by) + on
    before = [k.key for k in catalogue.lists.values() if k.succeeded_by == kind.key]
    yield ink.said("sheet.succeeds"), teller.lists(before)
    yield ink.said("sheet.aliases"), ink.joined(kind.aliases)
    yield ink.said("show.note"), ink.text(kind.note)
    yield ink.said("sheet.state"), ink.badge(kind.checked)
    yield ink.said("show.key"), ink.code(kind.key)


def _early_removal(kind: ListKind, teller: Teller) -> Markup:
    early, ink = kind.early_removal, teller.ink
    if early is None:
        return Markup("")
    after = ink.said("sheet.after", period=period_text(early.after, teller.names)) if early.after else ""
    since = ink.said("table.since", since=early.since) if early.since else ""
    return Markup("").join((after, teller.said(early.text), since, ink.doubt(early.checked)))


def _case(case: EntryCase, teller: Teller) -> Markup:
    span = teller.ink.bracketed(span_text(case.since, case.until))
    return teller.said(case.text) + span + teller.ink.doubt(case.checked)


def _period(period: ListPeriod, teller: Teller) -> Markup:
    ink, words = teller.ink, teller.ink.words
    said = words("sheet.no_period")
    if period.period is not None:
        start = words(f"sheet.from.{period.counts_from}")
        said = words("show.counted", period=period_text(period.period, teller.names), start=start)
    span = ink.bracketed(span_text(period.since, period.until))
    return ink.text(said) + span + ink.bracketed(period.source) + ink.doubt(period.checked)


def _trigger(trigger: Trigger, teller: Teller) -> Markup:
    ink = teller.ink
    target = teller.list(trigger.list) if trigger.list else ink.said("table.own_field")
    span = ink.bracketed(span_text(trigger.since, trigger.until))
    because = teller.said(trigger.because)
    return target + ink.words("mark.colon") + because + span + ink.doubt(trigger.checked)
