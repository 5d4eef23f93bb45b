"""Policy: where the duties and ways out of a dossier differ from what an example expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from creditrules.load.example_docs import PeriodSet
from creditrules.load.expectation_docs import ExpectedDuty, ExpectedWayOut
from creditrules.model.procedure import Counted, Duty, Exit, Proceedings, Term
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.policy.comparison import Comparison
from creditrules.policy.difference import Difference
from creditrules.policy.said import joined, words
from creditrules.procedure.proceed import proceed

Found = TypeVar("Found", Duty, Exit)


def procedure_differences(compared: Comparison) -> Iterator[Difference]:
    """Yield what the procedure says otherwise than a day of a case expects."""
    said = proceedings_of(compared)
    expect, procedure = compared.expect, compared.book.catalogue.procedure
    duties = {rule.key: rule.does for rule in procedure.duties}
    ways = {way.key: way.title for way in procedure.ways_out}
    for n, duty in enumerate(expect.duties):
        near = [tuple(_of_duty(d, duty)) for d in _named(duty.duty, duty.listing, said.duties)]
        if all(near):
            does = duties.get(duty.duty, Text())
            text = words("difference.duty", duty=duty.duty, text=does, fields=_fields(near))
            yield compared.differs("duty", text, "duties", n)
    for n, way in enumerate(expect.ways_out):
        near = [tuple(_of_way(e, way)) for e in _named(way.way, way.listing, said.exits)]
        if all(near):
            text = words(
                "difference.way_out", way=way.way, text=ways.get(way.way, Text()), fields=_fields(near)
            )
            yield compared.differs("way_out", text, "ways_out", n)
    for n, absent in enumerate(expect.no_duties):
        for found in _named(absent.duty, absent.listing, said.duties):
            text = words(
                "difference.unwanted_duty",
                duty=found.rule,
                text=found.does,
                listing=found.listing,
                state=_said(found.state),
            )
            yield compared.differs("duty", text, "no_duties", n)
    for n, closed in enumerate(expect.no_ways_out):
        for way_found in _named(closed.way, closed.listing, said.exits):
            text = words(
                "difference.unwanted_way_out",
                way=way_found.way,
                text=way_found.title,
                listing=way_found.listing,
            )
            yield compared.differs("way_out", text, "no_ways_out", n)


def proceedings_of(compared: Comparison) -> Proceedings:
    """Return the duties and ways out of a day of a case."""
    terms = {key: _term(period) for key, period in compared.parameters.items()}
    return proceed(compared.book, compared.dossier, known=compared.decision.known, parameters=terms)


def _term(period: PeriodSet) -> Term:
    if period.working_days:
        return Term(working_days=period.working_days)
    return Term(Period(period.years, period.months, period.days))


def _named(key: str, listing: str | None, found: Iterable[Found]) -> list[Found]:
    return [f for f in found if _key(f) == key and listing in (None, f.listing)]


def _key(found: Duty | Exit) -> str:
    return found.rule if isinstance(found, Duty) else found.way


def _fields(near: list[tuple[Text, ...]]) -> Text:
    """Say in which fields each candidate differs; there may be none at all."""
    if not near:
        return words("difference.none_there")
    return joined((joined(differences) for differences in near), "or")


def _of_duty(found: Duty, wanted: ExpectedDuty) -> Iterator[Text]:
    yield from _same("state", wanted.state, found.state)
    yield from _same("arose", wanted.arose, found.arose)
    yield from _same_day("deadline", wanted.deadline, found.deadline)
    yield from _same("provisional", wanted.provisional, bool(found.deadline and found.deadline.provisional))
    yield from _same("met_on", wanted.met_on, found.met_on)
    yield from _same("late", wanted.late, found.late)
    yield from _holds("excuse", wanted.excuse, found.excuse)
    yield from _among("missing", wanted.missing, found.missing)


def _of_way(found: Exit, wanted: ExpectedWayOut) -> Iterator[Text]:
    yield from _same("open", wanted.open, found.open)
    for name, answer in (("met", True), ("unmet", False), ("unknown", None)):
        there = tuple(m.requirement for m in found.requirements if m.met is answer)
        yield from _among(name, getattr(wanted, name), there)
    for name in ("earliest", "publicity_ends", "acceptance_due", "decision_due"):
        yield from _same_day(name, getattr(wanted, name), getattr(found, name))
    yield from _holds("barred", wanted.barred, found.barred_by)
    yield from _same("ends", wanted.ends, found.ends)
    yield from _among("missing", wanted.missing, found.missing)


def _same(name: str, wanted: object, found: object) -> Iterator[Text]:
    if wanted is not None and wanted != found:
        yield _not_but(name, _said(wanted), _said(found))


def _same_day(name: str, wanted: object, found: Counted | None) -> Iterator[Text]:
    yield from _same(name, wanted, None if found is None else found.day)


def _holds(name: str, wanted: str | None, found: Text | None) -> Iterator[Text]:
    if wanted is not None and (found is None or not (wanted in found.zh or wanted in found.en)):
        yield _not_but(name, Text(f"“{wanted}”", f"“{wanted}”"), found or words("none"))


def _among(name: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> Iterator[Text]:
    if not set(wanted) <= set(found):
        yield _not_but(name, _said(wanted), _said(found))


def _not_but(name: str, wanted: Text, got: Text) -> Text:
    return words("not_but", wanted=words(f"field.{name}", value=wanted), got=got)


def _said(value: object) -> Text:
    """Say a value of a field: yes and no, a day, a word, a list of words."""
    if isinstance(value, bool):
        return words("said_yes" if value else "said_no")
    if isinstance(value, tuple):
        return joined((Text(str(v), str(v)) for v in value), "list") if value else words("none")
    if value is None:
        return words("none")
    return Text(str(value), str(value)) if isinstance(value, date) else _word(str(value))


def _word(value: str) -> Text:
    from creditrules.deliver.words import word_table

    return word_table().get(f"procedure.duty_state.{value}", Text(value, value))
