"""Site: the documents, each on a page with all its measures, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.clauses import since_text
from creditrules.deliver.memorandum import sheet_of
from creditrules.model.memorandum import Memorandum
from creditrules.site.blocks import Block, Entry, Page, Table, filled, given
from creditrules.site.measures import Measures, MeasureView
from creditrules.site.places import anchor, measure_place, page_of
from creditrules.site.teller import Teller

SECTION = "memoranda"


def memorandum_pages(measures: Measures) -> Iterator[Page]:
    """Yield the list of documents, then every document."""
    teller = measures.teller
    documents = sorted(teller.survey.catalogue.memoranda.values(), key=_order)
    yield _index(documents, teller)
    neighbours = [None, *documents, None]
    for before, memorandum, after in zip(neighbours, documents, neighbours[2:], strict=False):
        yield _page(memorandum, before, after, measures)


def _order(memorandum: Memorandum) -> tuple[str, str]:
    return (str(memorandum.since.earliest) if memorandum.since else "9999", memorandum.key)


def _index(documents: list[Memorandum], teller: Teller) -> Page:
    ink, words = teller.ink, teller.ink.words
    rows = tuple(
        (
            ink.link(page_of("memorandum", m.key), m.title(ink.lang)),
            Markup('<span class="nowrap">{}</span>').format(ink.text(m.doc_no)),
            ink.text(since_text(m.since, teller.names)),
            teller.lists(m.lists),
            ink.text(_count(m)),
            ink.said(f"completeness.{m.completeness}"),
        )
        for m in documents
    )
    heads = ("title", "doc_no", "since", "lists", "measures", "completeness")
    table = Table(tuple(words(f"site.column.{key}") for key in heads), rows)
    return Page(
        "memoranda.html",
        words("site.nav.memoranda"),
        SECTION,
        ink.said("site.nav.memoranda"),
        lead=ink.said("site.lead.memoranda", n=len(documents)),
        blocks=(Block(Markup(""), table=table),),
    )


def _count(memorandum: Memorandum) -> str:
    total = memorandum.measures_in_document
    return f"{len(memorandum.measures)} / {total}" if total is not None else str(len(memorandum.measures))


def _page(
    memorandum: Memorandum, before: Memorandum | None, after: Memorandum | None, measures: Measures
) -> Page:
    teller, ink = measures.teller, measures.teller.ink
    on = memorandum.since.latest if memorandum.since else None
    found = teller.survey.found
    views = [measures.view(found[f"{memorandum.key}#{m.key}"], on) for m in memorandum.measures]
    clauses = tuple(teller.clause(clause) for clause in memorandum.covers)
    sheet = sheet_of(memorandum, teller.survey.catalogue, ink.lang)
    sources = tuple(
        (
            anchor("source", s.key),
            ink.joined(
                (p for p in (s.key, s.title, ink.outside(s.url) if s.url else "", s.showed) if p), "dot"
            ),
        )
        for s in memorandum.sources
    )
    head = filled(
        Block(ink.said("show.covers"), "covers", facts=clauses, kind="clauses"),
        Block(ink.said("show.open"), "open", lines=tuple(ink.text(line) for line in sheet.open), kind="open"),
    )
    return Page(
        page_of("memorandum", memorandum.key),
        memorandum.title(ink.lang),
        SECTION,
        ink.title(memorandum.title(ink.lang)),
        subtitle=_other_title(memorandum, teller),
        up=(("memoranda.html", ink.said("site.nav.memoranda")),),
        facts=given(*_facts(memorandum, teller)),
        blocks=head,
        entries=tuple(_entries(memorandum, views, teller)),
        template="memorandum.html",
        more={
            "measures": views,
            "sources": sources,
            "before": _neighbour(before, teller),
            "after": _neighbour(after, teller),
        },
    )


def _neighbour(memorandum: Memorandum | None, teller: Teller) -> Markup:
    if memorandum is None:
        return Markup("")
    return teller.ink.link(page_of("memorandum", memorandum.key), memorandum.title(teller.ink.lang))


def _other_title(memorandum: Memorandum, teller: Teller) -> Markup:
    other = memorandum.title("en" if teller.ink.lang == "zh" else "zh")
    return teller.ink.text(other) if other != memorandum.title(teller.ink.lang) else Markup("")


def _facts(memorandum: Memorandum, teller: Teller) -> Iterator[tuple[Markup, Markup]]:
    ink, names, catalogue = teller.ink, teller.names, teller.survey.catalogue
    until = f" – {since_text(memorandum.until, names)}" if memorandum.until else ""
    yield ink.said("show.doc_no"), ink.text(memorandum.doc_no) + ink.doubt(memorandum.checked)
    yield ink.said("show.in_force"), ink.text(since_text(memorandum.since, names) + until)
    yield ink.said("show.ended_by"), _by_number(memorandum.ended_by or "", teller)
    superseded = (_by_number(number, teller) for number in memorandum.supersedes)
    yield ink.said("show.supersedes"), ink.joined(superseded)
    later = (teller.document(m.key) for m in catalogue.superseding(memorandum))
    yield ink.said("show.superseded_by"), ink.joined(later)
    yield ink.said("show.lists"), teller.lists(memorandum.lists)
    yield ink.said("show.lead_units"), ink.joined(teller.unit(key) for key in memorandum.lead_units)
    yield ink.said("show.signatories"), ink.joined(teller.unit(key) for key in memorandum.signatories)
    yield ink.said("show.completeness"), ink.said(f"completeness.{memorandum.completeness}")
    yield ink.said("show.status_note"), ink.text(memorandum.status_note)
    for key, text in memorandum.mechanism:
        yield ink.said(f"mechanism.{key}"), ink.text(text)
    yield ink.said("show.key"), ink.code(memorandum.key)


def _by_number(number: str, teller: Teller) -> Markup:
    known = next((m for m in teller.survey.catalogue.memoranda.values() if m.doc_no == number), None)
    return teller.document(known.key) if known else teller.ink.text(number)


def _entries(memorandum: Memorandum, views: list[MeasureView], teller: Teller) -> Iterator[Entry]:
    title = memorandum.title
    yield Entry(
        page_of("memorandum", memorandum.key),
        "memorandum",
        title.zh,
        title.en,
        memorandum.doc_no,
        memorandum.doc_no,
        f"{memorandum.key} {memorandum.doc_no} {memorandum.status_note}",
    )
    for measure, view in zip(memorandum.measures, views, strict=True):
        effects = " ".join(
            teller.names.what(e.effect, m) for e in measure.effects if e.effect for m in e.matters or (None,)
        )
        laws = " ".join(str(basis) for basis in measure.bases)
        units = " ".join(part.name for part in measure.units)
        yield Entry(
            measure_place(f"{memorandum.key}#{measure.key}"),
            "measure",
            f"{view.number} {measure.heading or measure.does.zh}".strip(),
            f"{view.number} {measure.does.en or measure.heading or ''}".strip(),
            f"{memorandum.doc_no} {title.zh}",
            f"{memorandum.doc_no} {title.en}",
            f"{measure.does.zh} {measure.does.en} {effects} {units} {laws}",
        )
