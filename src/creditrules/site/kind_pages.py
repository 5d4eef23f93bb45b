"""Site: the kinds of measure, with the provisions that carry or limit each, and where it occurs."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.articles import today_text
from creditrules.deliver.kind_sheet import kind_sheet
from creditrules.deliver.list_sheet import span_text
from creditrules.model.basis import Basis
from creditrules.model.catalogue import MeasureKind
from creditrules.model.words import Strength
from creditrules.site.blocks import Block, Entry, Page, Table, filled, given
from creditrules.site.measures import Measures
from creditrules.site.places import anchor, page_of
from creditrules.site.teller import Teller

SECTION = "kinds"


def kind_pages(measures: Measures) -> Iterator[Page]:
    """Yield the page of all kinds, then every kind."""
    teller = measures.teller
    kinds = teller.survey.catalogue.measure_kinds.values()
    yield _index(tuple(kinds), teller)
    for kind in kinds:
        yield _page(kind, measures)


def _index(kinds: tuple[MeasureKind, ...], teller: Teller) -> Page:
    ink, words = teller.ink, teller.ink.words
    heads = tuple(words(f"site.column.{k}") for k in ("kind", "what", "units", "bases", "measures"))
    blocks = tuple(
        Block(
            ink.said(f"sheet.types.{letter}"),
            table=Table(heads, tuple(_row(kind, teller) for kind in kinds if kind.type == letter)),
        )
        for letter in sorted({kind.type for kind in kinds})
    )
    lead = ink.said("site.lead.kinds", n=len(kinds))
    return Page(
        "kinds.html", words("site.nav.kinds"), SECTION, ink.said("site.nav.kinds"), lead=lead, blocks=blocks
    )


def _row(kind: MeasureKind, teller: Teller) -> tuple[Markup, ...]:
    ink = teller.ink
    return (
        teller.kind(kind.key),
        ink.text(teller.names.what(kind.effect, kind.matter)),
        ink.joined(teller.unit(part.unit) for part in kind.units),
        ink.text(len(kind.bases) or "–"),
        ink.text(len(teller.survey.by_kind.get(kind.key, ())) or "–"),
    )


def _page(kind: MeasureKind, measures: Measures) -> Page:
    teller, ink = measures.teller, measures.teller.ink
    own = teller.survey.by_kind.get(kind.key, ())
    carried = tuple(_basis(b, teller) for b in kind.bases if b.strength is not Strength.LIMIT)
    limits = tuple(_basis(b, teller) for b in kind.bases if b.strength is Strength.LIMIT)
    sheet = kind_sheet(kind, teller.survey.catalogue, ink.lang)
    liable = tuple(
        liability_line(item.key, teller)
        for item in teller.survey.catalogue.liabilities
        if kind.key in item.kinds
    )
    blocks = filled(
        Block(ink.said("sheet.carried"), "carried", lines=carried),
        Block(ink.said("sheet.limits"), "limits", lines=limits),
        Block(ink.said("site.nav.liability"), "liability", lines=liable),
        Block(
            ink.said("sheet.measures", n=len(own)), "measures", parts=measures.blocks(own), kind="measures"
        ),
        Block(ink.said("show.open"), "open", lines=tuple(ink.text(line) for line in sheet.open), kind="open"),
    )
    other = kind.name("en" if ink.lang == "zh" else "zh")
    return Page(
        page_of("kind", kind.key),
        kind.name(ink.lang),
        SECTION,
        teller.said(kind.name),
        subtitle=ink.text(other) if other != kind.name(ink.lang) else Markup(""),
        up=(("kinds.html", ink.said("site.nav.kinds")),),
        facts=given(*_facts(kind, teller)),
        blocks=blocks,
        entries=(_entry(kind),),
    )


def liability_line(key: str, teller: Teller) -> Markup:
    """Return a provision on liability by its law and article, with its place on their page."""
    item = next(x for x in teller.survey.catalogue.liabilities if x.key == key)
    return teller.ink.link(f"liability.html#{anchor('l', key)}", str(item.basis))


def _entry(kind: MeasureKind) -> Entry:
    body = f"{kind.key} {kind.note} " + " ".join(str(basis) for basis in kind.bases)
    return Entry(page_of("kind", kind.key), "kind", kind.name.zh, kind.name.en, "", "", body)


def _facts(kind: MeasureKind, teller: Teller) -> Iterator[tuple[Markup, Markup]]:
    ink, names = teller.ink, teller.names
    what = ink.text(names.what(kind.effect, kind.matter))
    yield ink.said("show.effect"), ink.link(page_of("matter", kind.matter), what) if kind.matter else what
    yield ink.said("sheet.type"), ink.said(f"sheet.types.{kind.type}")
    yield ink.said("show.reaches"), ink.joined(names.kind(key) for key in sorted(kind.target_kinds))
    yield ink.said("sheet.competent"), ink.joined(teller.unit(part.unit) for part in kind.units)
    yield ink.said("sheet.history"), ink.text(kind.history)
    yield ink.said("show.note"), ink.text(kind.note)
    yield ink.said("show.key"), ink.code(kind.key)


def _basis(basis: Basis, teller: Teller) -> Markup:
    ink, words = teller.ink, teller.ink.words
    marks = [ink.text(span)] if (span := span_text(basis.since, basis.until)) else []
    marks += [ink.said("sheet.conduct")] if basis.conduct else []
    if basis.lists:
        marks.append(ink.filled("sheet.of_lists", lists=teller.lists(basis.lists)))
    today = ink.text(today_text(basis, teller.survey.catalogue, words))
    said = teller.basis(basis) + today + ink.bracketed(ink.joined(marks, "part") if marks else "")
    return Markup("{}{}{}").format(said, words("mark.colon"), ink.text(basis.note)) if basis.note else said
