"""Site: the procedure: who owes what by when, document by document, and the ways out of a listing."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.clauses import period_text
from creditrules.deliver.list_sheet import span_text
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.procedure import DutyRule, Term
from creditrules.model.words import Level
from creditrules.site.blocks import Block, Entry, Page, Table, filled, given
from creditrules.site.list_pages import way_line
from creditrules.site.measures import Measures
from creditrules.site.places import NUMBER, anchor, page_of
from creditrules.site.teller import Teller

SECTION = "procedures"


def procedure_pages(measures: Measures) -> Iterator[Page]:
    """Yield the overview, then the duties of every document."""
    teller = measures.teller
    by_document: dict[str, list[DutyRule]] = {}
    for duty in teller.survey.catalogue.procedure.duties:
        by_document.setdefault(duty.instrument, []).append(duty)
    yield _index(by_document, teller)
    for instrument, duties in by_document.items():
        yield _page(instrument, duties, measures)


def document_title(instrument: str, duties: list[DutyRule], teller: Teller) -> Markup:
    """Return the title of the document that orders duties: that of the regime, or of the law it is."""
    catalogue = teller.survey.catalogue
    notice = catalogue.notices.get(instrument)
    if notice is not None:
        return teller.said(notice.title)
    laws = [duty.basis.law for duty in duties if duty.basis]
    return teller.ink.text(f"《{max(laws, key=laws.count)}》") if laws else teller.ink.text(instrument)


def document_number(duties: list[DutyRule]) -> str:
    """Return the number of the document that orders duties, as their bases cite it; empty where none does."""
    cited = (NUMBER.match(duty.basis.cited) for duty in duties if duty.basis)
    return next((found[0] for found in cited if found), "")


def _index(by_document: dict[str, list[DutyRule]], teller: Teller) -> Page:
    ink, words, procedure = teller.ink, teller.ink.words, teller.survey.catalogue.procedure
    documents = tuple(
        (
            ink.link(page_of("procedure", key), document_title(key, duties, teller)),
            ink.text(document_number(duties)),
            ink.text(min((d.since for d in duties if d.since), default="")),
            ink.text(len(duties)),
        )
        for key, duties in by_document.items()
    )
    heads = tuple(words(f"site.column.{k}") for k in ("document", "doc_no", "since", "duties"))
    now = [w for w in procedure.ways_out if w.until is None]
    before = [w for w in procedure.ways_out if w.until is not None]
    unset = tuple(
        (teller.said(p.name), _term(p.term, teller) if p.term else ink.said("site.unset"), ink.text(p.note))
        for p in procedure.parameters.values()
    )
    blocks = filled(
        Block(ink.said("site.duties"), "duties", table=Table(heads, documents)),
        Block(
            ink.said("site.ways_out"),
            "ways",
            text=ink.said("site.ways_out_why"),
            parts=filled(
                Block(ink.said("site.ways_now"), lines=tuple(way_line(w.key, teller) for w in now)),
                Block(ink.said("site.ways_before"), lines=tuple(way_line(w.key, teller) for w in before)),
            ),
        ),
        Block(
            ink.said("site.parameters"),
            "parameters",
            text=ink.said("site.parameters_why"),
            table=Table(tuple(words(f"site.column.{k}") for k in ("name", "length", "note")), unset),
        ),
    )
    lead = ink.said("site.lead.procedures", n=len(procedure.duties), ways=len(procedure.ways_out))
    return Page(
        "procedures.html",
        words("site.nav.procedures"),
        SECTION,
        ink.said("site.nav.procedures"),
        lead=lead,
        blocks=blocks,
    )


def _page(instrument: str, duties: list[DutyRule], measures: Measures) -> Page:
    teller, ink = measures.teller, measures.teller.ink
    sections: dict[str, list[DutyRule]] = {}
    for duty in duties:
        sections.setdefault(duty.section, []).append(duty)
    blocks = tuple(
        Block(
            ink.text(name), anchor("s", name), parts=tuple(_duty(d, measures) for d in found), kind="duties"
        )
        for name, found in sections.items()
    )
    title = document_title(instrument, duties, teller)
    href = page_of("procedure", instrument)
    entries = tuple(
        Entry(
            f"{href}#{anchor('d', d.key)}", "duty", d.does.zh, d.does.en, title.striptags(), title.striptags()
        )
        for d in duties
    )
    return Page(
        href,
        title.striptags(),
        SECTION,
        title,
        subtitle=ink.text(document_number(duties)),
        up=(("procedures.html", ink.said("site.nav.procedures")),),
        lead=ink.said("site.duties_of", n=len(duties)),
        blocks=blocks,
        entries=entries,
    )


def _duty(duty: DutyRule, measures: Measures) -> Block:
    teller, ink = measures.teller, measures.teller.ink
    tag = Markup('<span class="tag {}">{}</span> ').format(
        duty.force.value, ink.said(f"procedure.force.{duty.force.value}")
    )
    cases = measures.examples(measures.cases.of_duty.get(duty.key, ()), folded=True)
    return Block(
        tag + teller.said(duty.does) + ink.doubt(duty.checked),
        anchor("d", duty.key),
        facts=given(*_duty_facts(duty, teller)),
        parts=filled(cases),
        kind="duty",
    )


def _duty_facts(duty: DutyRule, teller: Teller) -> Iterator[tuple[Markup, Markup]]:
    ink, procedure = teller.ink, teller.survey.catalogue.procedure
    who = _body(duty.who, teller)
    yield ink.said("procedure.who"), Markup("{} → {}").format(who, _body(duty.to, teller)) if duty.to else who
    after = next((d for d in procedure.duties if d.key == duty.after), None)
    arises = [teller.said(EVENT_NAMES[event]) for event in duty.triggers]
    if after is not None:
        place = f"{page_of('procedure', after.instrument)}#{anchor('d', after.key)}"
        arises.append(ink.filled("site.after_undone", duty=ink.link(place, teller.said(after.does))))
    yield ink.said("site.arises"), ink.joined(arises, "or")
    levels = [level for level in Level if level in duty.levels]
    yield ink.said("site.of_levels"), ink.joined(ink.said(f"sheet.levels.{v.value}") for v in levels)
    yield ink.said("show.when"), teller.condition(duty.when)
    yield ink.said("site.term"), _term(duty.term, teller) if duty.term else ink.said("site.no_term")
    special = (
        Markup("{}{}{}").format(
            teller.said(s.label) or teller.condition(s.when), ink.words("mark.colon"), _term(s.term, teller)
        )
        for s in duty.special
    )
    yield ink.said("site.special_terms"), ink.lines(special, kind="plain")
    met = ink.joined((teller.said(EVENT_NAMES[event]) for event in duty.fulfilled_by), "or")
    yield ink.said("site.met_by"), met
    yield ink.said("show.unless"), ink.lines((teller.exempt(e) for e in duty.excuses), kind="plain")
    yield ink.said("site.claimed_by"), teller.said(duty.claimed_by)
    yield ink.said("site.recorded_in"), ink.joined(duty.recorded_in)
    yield ink.said("show.in_force"), ink.text(span_text(duty.since, duty.until))
    yield ink.said("show.basis"), teller.basis(duty.basis) if duty.basis else Markup("")


def _body(key: str, teller: Teller) -> Markup:
    text = teller.survey.catalogue.procedure.bodies.get(key)
    return teller.said(text) if text else teller.ink.text(key)


def term_text(term: Term, teller: Teller) -> Markup:
    """Return a length of time: in calendar terms, in working days, or the number nobody has set."""
    ink = teller.ink
    if term.working_days is not None:
        said = ink.said("site.working_days", n=term.working_days)
    elif term.parameter is not None:
        known = teller.survey.catalogue.procedure.parameters.get(term.parameter)
        name = teller.said(known.name) if known else ink.text(term.parameter)
        said = ink.link("procedures.html#parameters", name)
        said += ink.bracketed(_term(known.term, teller) if known and known.term else ink.said("site.unset"))
    elif term.period is not None:
        said = ink.text(period_text(term.period, teller.names))
    else:
        said = ink.said("site.no_term")
    return said + ink.bracketed(teller.basis(term.basis) if term.basis else "")


_term = term_text
