"""Site: the ways out of a listing or of a publication: what each asks, whom it binds, and what it ends."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.list_sheet import span_text
from creditrules.deliver.procedure_view import ENDS
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.procedure import Requirement, WayOut
from creditrules.site.blocks import Block, Entry, Page, filled, given
from creditrules.site.measures import Measures
from creditrules.site.places import page_of
from creditrules.site.procedure_pages import SECTION, term_text
from creditrules.site.teller import Teller


def way_pages(measures: Measures) -> Iterator[Page]:
    """Yield every way out."""
    for way in measures.teller.survey.catalogue.procedure.ways_out:
        yield _page(way, measures)


def _page(way: WayOut, measures: Measures) -> Page:
    teller, ink = measures.teller, measures.teller.ink
    blocks = filled(
        Block(
            ink.said("procedure.exit.required", n=len(way.requires)),
            "requires",
            lines=tuple(_requirement(r, teller) for r in way.requires),
        ),
        Block(ink.said("site.never"), "never", lines=tuple(teller.exempt(e) for e in way.never)),
        measures.examples(measures.cases.of_way.get(way.key, ())),
    )
    title = way.title
    other = title("en" if ink.lang == "zh" else "zh")
    body = " ".join(f"{r.text.zh} {r.text.en}" for r in way.requires) + f" {way.basis} {way.key}"
    return Page(
        page_of("way", way.key),
        title(ink.lang),
        SECTION,
        ink.title(title(ink.lang)),
        subtitle=ink.text(other) if other != title(ink.lang) else Markup(""),
        up=(("procedures.html", ink.said("site.nav.procedures")),),
        facts=given(*_facts(way, teller)),
        blocks=blocks,
        entries=(Entry(page_of("way", way.key), "way", title.zh, title.en, "", "", body),),
    )


def _facts(way: WayOut, teller: Teller) -> Iterator[tuple[Markup, Markup]]:
    ink = teller.ink
    yield ink.said("show.in_force"), ink.text(span_text(way.since, way.until))
    yield ink.said("show.lists"), teller.lists(way.lists)
    yield ink.said("site.applies"), teller.condition(way.applies)
    yield ink.said("procedure.exit.apply_to"), teller.said(way.apply_to)
    start = ink.bracketed(ink.said("site.counted_from", start=ink.words(f"site.from.{way.counts_from}")))
    for key, term, mark in (
        ("site.earliest", way.earliest, start),
        ("site.longest", way.longest, start),
        ("site.accepts_within", way.accepts_within, Markup("")),
        ("site.decides_within", way.decides_within, Markup("")),
    ):
        yield ink.said(key), term_text(term, teller) + mark if term else Markup("")
    kinds = {kind: ink.said(f"procedure.exit.kinds.{kind}") for kind in ENDS}
    yield ink.said("procedure.exit.ends"), ink.joined(kinds[k] for k in ENDS if k in way.ends)
    yield ink.said("procedure.exit.stays"), ink.joined(kinds[k] for k in ENDS if k not in way.ends)
    yield ink.said("procedure.exit.false_papers"), teller.said(way.false_papers)
    yield ink.said("show.basis"), teller.basis(way.basis)
    yield ink.said("sheet.state"), ink.badge(way.checked)
    yield ink.said("show.key"), ink.code(way.key)


def _requirement(requirement: Requirement, teller: Teller) -> Markup:
    ink = teller.ink
    events = ink.joined((teller.said(EVENT_NAMES[event]) for event in requirement.events), "or")
    asked = teller.condition(requirement.when) if requirement.when is not None else Markup("")
    marks = ink.joined((mark for mark in (events, asked) if mark), "part")
    small = Markup('<span class="marks">{}</span>').format(ink.bracketed(marks)) if marks else ""
    return Markup("{}{}{}").format(teller.said(requirement.text), small, ink.doubt(requirement.checked))
