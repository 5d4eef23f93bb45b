"""Site: the units, each with its names through time, what it came from, and what it carries out."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.list_sheet import span_text
from creditrules.model.unit import LocalName, Succession, Unit
from creditrules.site.blocks import Block, Entry, Page, Table, filled, given
from creditrules.site.measures import Measures
from creditrules.site.places import page_of
from creditrules.site.teller import Teller

SECTION = "units"


def unit_pages(measures: Measures) -> Iterator[Page]:
    """Yield the list of units, then every unit."""
    units = measures.teller.survey.catalogue.units.by_key.values()
    yield _index(tuple(units), measures.teller)
    for unit in units:
        yield _page(unit, measures)


def _index(units: tuple[Unit, ...], teller: Teller) -> Page:
    ink, words = teller.ink, teller.ink.words
    groups: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        groups.setdefault((unit.level, unit.nature), []).append(unit)
    heads = tuple(words(f"site.column.{key}") for key in ("unit", "exists", "becomes", "measures"))
    blocks = tuple(
        Block(
            ink.joined((ink.said(f"sheet.unit_levels.{level}"), ink.said(f"sheet.natures.{nature}")), "dot"),
            table=Table(heads, tuple(_row(unit, teller) for unit in group)),
        )
        for (level, nature), group in groups.items()
    )
    lead = ink.said("site.lead.units", n=len(units))
    return Page(
        "units.html", words("site.nav.units"), SECTION, ink.said("site.nav.units"), lead=lead, blocks=blocks
    )


def _row(unit: Unit, teller: Teller) -> tuple[Markup, ...]:
    ink, n = teller.ink, len(teller.survey.by_unit.get(unit.key, ()))
    becomes = ink.joined(teller.unit(s.unit) for s in unit.successions)
    return teller.unit(unit.key), ink.text(span_text(unit.since, unit.until)), becomes, ink.text(n or "–")


def _page(unit: Unit, measures: Measures) -> Page:
    teller, ink = measures.teller, measures.teller.ink
    survey = teller.survey
    own = survey.by_unit.get(unit.key, ())
    whole = [
        u for u in survey.came_from(unit.key) if any(s.unit == unit.key and s.whole for s in u.successions)
    ]
    inherited = tuple(
        Block(
            ink.filled("site.of_unit", unit=teller.unit(u.key)),
            lines=teller.numbers(survey.by_unit[u.key]),
            kind="tight",
        )
        for u in whole
        if u.key in survey.by_unit
    )
    documents = survey.catalogue.memoranda.values()
    signed = tuple(
        Markup("{} {}").format(teller.document(m.key), teller.said(m.title))
        for m in documents
        if unit.key in (*m.signatories, *m.lead_units)
    )
    blocks = filled(
        Block(ink.said("sheet.locals"), "locals", table=_locals(unit, teller)),
        Block(
            ink.said("sheet.carries_out", n=len(own)), "measures", parts=measures.blocks(own), kind="measures"
        ),
        Block(ink.said("site.inherited"), "inherited", text=ink.said("site.inherited_why"), parts=inherited)
        if inherited
        else Block(Markup("")),
        Block(ink.said("sheet.signed"), "signed", lines=signed),
    )
    return Page(
        page_of("unit", unit.key),
        unit.name(ink.lang),
        SECTION,
        ink.title(unit.name(ink.lang)),
        subtitle=ink.text(unit.name("en" if ink.lang == "zh" else "zh")),
        up=(("units.html", ink.said("site.nav.units")),),
        facts=given(*_facts(unit, teller)),
        blocks=blocks,
        entries=(_entry(unit),),
    )


def _entry(unit: Unit) -> Entry:
    names = " ".join((unit.key, *unit.spellings, *(local.zh for local in unit.locals)))
    return Entry(page_of("unit", unit.key), "unit", unit.name.zh, unit.name.en, "", "", names)


def _facts(unit: Unit, teller: Teller) -> Iterator[tuple[Markup, Markup]]:
    ink = teller.ink
    yield ink.said("sheet.aliases"), ink.joined(unit.aliases)
    yield ink.said("sheet.unit_level"), ink.said(f"sheet.unit_levels.{unit.level}")
    yield ink.said("sheet.nature"), ink.said(f"sheet.natures.{unit.nature}")
    yield ink.said("sheet.exists"), ink.text(span_text(unit.since, unit.until))
    yield ink.said("sheet.parent"), teller.unit(unit.parent) if unit.parent else Markup("")
    becomes = (teller.unit(s.unit) + _how(s, teller) for s in unit.successions)
    yield ink.said("sheet.becomes"), ink.lines(becomes, kind="plain")
    before = (
        teller.unit(u.key) + _how(s, teller)
        for u in teller.survey.came_from(unit.key)
        for s in u.successions
        if s.unit == unit.key
    )
    yield ink.said("sheet.came_from"), ink.lines(before, kind="plain")
    yield ink.said("sheet.generic"), ink.said("sheet.yes") if unit.is_generic else Markup("")
    yield ink.said("sheet.state"), ink.badge(unit.checked)
    yield ink.said("show.key"), ink.code(unit.key)


def _how(succession: Succession, teller: Teller) -> Markup:
    ink = teller.ink
    marks = [ink.text(succession.on)]
    if not succession.whole:
        marks.append(ink.text(succession.scope) if succession.scope else ink.said("sheet.in_part"))
    marks += [teller.matter(matter) for matter in succession.matters]
    return ink.bracketed(ink.joined(marks)) + ink.doubt(succession.checked)


def _locals(unit: Unit, teller: Teller) -> Table:
    heads = tuple(teller.ink.words(f"site.column.{key}") for key in ("region", "name", "exists", "state"))
    return Table(heads, tuple(_local(local, teller) for local in unit.locals))


def _local(local: LocalName, teller: Teller) -> tuple[Markup, ...]:
    ink, region = teller.ink, teller.survey.catalogue.units.regions.get(local.region)
    where = teller.said(region.name) if region else ink.text(local.region)
    return where, ink.text(local.zh), ink.text(span_text(local.since, local.until)), ink.badge(local.checked)
