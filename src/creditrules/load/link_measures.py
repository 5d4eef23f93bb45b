"""Load: link the measures of a memorandum."""

from __future__ import annotations

from datetime import date

from creditrules.load.conditions import condition_of
from creditrules.load.doc_measures import DurationDoc, MeasureDoc
from creditrules.load.doc_types import Check
from creditrules.load.link_bases import bases_of
from creditrules.load.link_clauses import clauses_of
from creditrules.load.node import Node, step
from creditrules.load.tables import Tables
from creditrules.model.memorandum import Duration, Effect, Exempt, Grade, Measure, UnitPart
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.words import Checked, Discretion

_NO_CHECK = Check(Checked.VERIFIED)
WITH_LISTING = Duration()


def measure_of(doc: MeasureDoc, node: Node, tables: Tables, on: date | None) -> Measure:
    """Link one measure; *on* is the day of its memorandum, for units and laws named without a date."""
    check = doc.checked or _NO_CHECK
    value = node.value
    return Measure(
        key=_key(doc, node, tables),
        effects=_effects(doc, node, tables),
        does=doc.does,
        part=doc.part,
        n=doc.n,
        heading=doc.heading,
        stance=doc.stance,
        target_kinds=frozenset(tables.keys_of("kinds_of_subject", doc.reaches, node, "reaches")),
        covers=None if doc.covers is None else clauses_of(doc.covers, value["covers"], tables, on),
        lists=frozenset(tables.keys_of("lists", doc.lists, node, "lists")),
        when=condition_of(value.get("when"), tables.facts, tables.found),
        unless=_exempts(doc, node, tables, on),
        units=_units(doc, node, tables, on),
        procedure=doc.procedure,
        bases=bases_of(doc.basis, node, "basis", tables, on),
        duration=_duration(doc.duration, value["duration"], tables) if doc.duration else WITH_LISTING,
        leads_to=doc.leads_to and tables.key_of("lists", doc.leads_to, node, "leads_to"),
        kinds=_kinds(doc, node, tables),
        checked=check.state,
        source=check.source,
        note=doc.note or "",
        span=node.span,
    )


def _key(doc: MeasureDoc, node: Node, tables: Tables) -> str:
    if doc.key:
        return doc.key
    if doc.n is None:
        tables.found.at("CR121", node, key="key")
        return ""
    return f"{doc.part}.{doc.n}" if doc.part else str(doc.n)


def _kinds(doc: MeasureDoc, node: Node, tables: Tables) -> tuple[str, ...]:
    if doc.kind and not tables.spelled.get("kinds"):
        # A catalogue need not describe kinds; then there is nothing to be wrong about, but it is said once.
        if "kinds" not in tables.missing:
            tables.missing.add("kinds")
            tables.found.note("CR231", node, "kind", name=doc.kind[0])
        return ()
    return tables.keys_of("kinds", doc.kind, node, "kind")


def _effects(doc: MeasureDoc, node: Node, tables: Tables) -> tuple[Effect, ...]:
    if doc.effects:
        if doc.effect is not None or doc.discretion is not None or doc.matters:
            key = next(k for k in ("effect", "discretion", "matters") if k in node.value)
            tables.found.at_key("CR228", node, key, key=key)
        return tuple(
            Effect(
                e.effect and tables.key_of("effects", e.effect, node, "effects", i, "effect"),
                e.discretion,
                tables.keys_of("matters", e.matters, node, "effects", i, "matters"),
            )
            for i, e in enumerate(doc.effects)
        )
    effect = doc.effect and tables.key_of("effects", doc.effect, node, "effect")
    matters = tables.keys_of("matters", doc.matters, node, "matters")
    return (Effect(effect, doc.discretion or Discretion.UNSTATED, matters),)


def _exempts(doc: MeasureDoc, node: Node, tables: Tables, on: date | None) -> tuple[Exempt, ...]:
    exempts = []
    for i, exempt in enumerate(doc.unless):
        inner = node.value["unless"].value[i]
        if exempt.when is None:
            # An exception that always holds would silence the measure.
            tables.found.at("CR130", inner, "when")
        when = condition_of(inner.value["when"], tables.facts, tables.found)
        bases = bases_of(exempt.basis, inner, "basis", tables, on)
        exempts.append(Exempt(exempt.label, when, exempt.name or Text(), bases, inner.span))
    return tuple(exempts)


def _units(doc: MeasureDoc, node: Node, tables: Tables, on: date | None) -> tuple[UnitPart, ...]:
    parts = []
    for i, unit in enumerate(doc.units):
        for name, key, assists in ((unit.lead, "lead", False), (unit.assist, "assist", True)):
            if name is not None:
                meant = tables.unit_of(name, on, node, "units", i, key)
                if meant is not None:
                    place = step(node, ("units", i, key)).span
                    parts.append(UnitPart(name, meant, assists, place))
    return tuple(parts)


def _duration(doc: DurationDoc, node: Node, tables: Tables) -> Duration:
    period = _period(doc)
    counts_from = doc.counts_from or "listing.since"
    fact = tables.facts.facts.get(counts_from)
    if fact is None:
        tables.found.at(
            "CR207", node, "from", name=counts_from, **tables.found.near(counts_from, tables.facts.facts)
        )
    elif fact.type != "date":
        words = {"fact": counts_from, "type": fact.type, "value": counts_from}
        tables.found.at(
            "CR132", node, "from", expected_en="a fact of type date", expected_zh="日期类事实", **words
        )
    grades = []
    for i, grade in enumerate(doc.grades):
        inner = node.value["grades"].value[i]
        length = Period(grade.years or 0, grade.months or 0, grade.days or 0)
        if length == Period():
            tables.found.at("CR121", inner, key="years")
        grades.append(Grade(condition_of(inner.value["when"], tables.facts, tables.found), length))
    if sum((period is not None, bool(grades), doc.for_life, doc.longest is not None)) != 1:
        tables.found.at("CR229", node)
    return Duration(period, counts_from, tuple(grades), doc.for_life, doc.shortest, doc.longest)


def _period(doc: DurationDoc) -> Period | None:
    if doc.years or doc.months or doc.days:
        return Period(doc.years or 0, doc.months or 0, doc.days or 0)
    return None
