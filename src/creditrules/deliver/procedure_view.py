"""Deliver: the duties and the ways out of a dossier in words, in one language and in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from creditrules.deliver.names import Names
from creditrules.deliver.plain import shown
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.procedure import Counted, Duty, DutyState, Exit, Met, Proceedings

# What somebody has to do first stands first.
ORDER = (
    DutyState.OVERDUE,
    DutyState.DUE,
    DutyState.OPEN,
    DutyState.PENDING,
    DutyState.DONE,
    DutyState.EXCUSED,
)
ENDS = ("publicity", "sharing", "use", "measures")


@frozen
class DutyRow:
    """One duty in words; `notes` say how it was counted, what excuses it, what is missing."""

    state: str
    state_name: str
    listing: str
    who: str
    does: str
    force: str
    when: str
    basis: str
    notes: tuple[str, ...]


@frozen
class ExitSheet:
    """One way out in words: whether it may be taken, what it asks and what it ends."""

    listing: str
    title: str
    verdict: str
    open: bool
    requirements: tuple[tuple[bool | None, str], ...]
    facts: tuple[tuple[str, str], ...]


@frozen
class Proceeding:
    """Everything a page says about the procedure of one dossier."""

    on: date
    duties: tuple[DutyRow, ...]
    exits: tuple[ExitSheet, ...]
    notes: tuple[str, ...]
    summary: str


def view_of(
    proceedings: Proceedings, dossier: Dossier, catalogue: Catalogue, on: date, lang: str
) -> Proceeding:
    """Put what the procedure says into words."""
    words = Words(lang)
    teller = _Teller(dossier, catalogue, on, words)
    duties = in_order(proceedings.duties)
    counts = {state: sum(d.state is state for d in duties) for state in DutyState}
    return Proceeding(
        on,
        tuple(teller.duty(d) for d in duties),
        tuple(teller.exit(e) for e in proceedings.exits),
        tuple(shown(words.said(note)) for note in proceedings.notes),
        words(
            "procedure.counts",
            overdue=counts[DutyState.OVERDUE],
            due=counts[DutyState.DUE],
            open=counts[DutyState.OPEN],
            n=len(duties),
        ),
    )


def in_order(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return duties by state, then by deadline, listing and section."""
    return tuple(sorted(duties, key=_place))


def _place(duty: Duty) -> tuple[int, date, str, str, str]:
    day = duty.deadline.day if duty.deadline else duty.met_on or duty.arose or date.max
    return ORDER.index(duty.state), day, duty.listing, duty.section, duty.rule


@frozen
class _Teller:
    dossier: Dossier
    catalogue: Catalogue
    on: date
    words: Words

    def duty(self, duty: Duty) -> DutyRow:
        words = self.words
        who = self.body(duty.who, duty.listing)
        if duty.to:
            who = words("procedure.to", who=who, to=self.body(duty.to, duty.listing))
        return DutyRow(
            duty.state.value,
            words(f"procedure.duty_state.{duty.state.value}"),
            duty.listing,
            who,
            shown(words.said(duty.does)),
            words(f"procedure.force.{duty.force.value}"),
            self._when(duty),
            str(duty.basis) if duty.basis else "",
            tuple(self._notes(duty)),
        )

    def body(self, key: str, listing: str) -> str:
        """Name a body; where it is the authority or the subject of the listing, with that name."""
        text = self.catalogue.procedure.bodies.get(key)
        name = self.words.said(text) if text else key
        found = next((v for v in self.dossier.listings if v.id == listing), None)
        if found is None or key != "authority" or not found.authority:
            return name
        return self.words("procedure.named", body=name, name=shown(found.authority))

    def _when(self, duty: Duty) -> str:
        words, parts = self.words, []
        if duty.arose:
            parts.append(words("procedure.arose", day=duty.arose))
        if duty.state is DutyState.DONE:
            met = words("procedure.met", day=duty.met_on) if duty.met_on else words("procedure.met_undated")
            parts.append(met + (words("procedure.late") if duty.late else ""))
        elif duty.deadline:
            late = duty.state is DutyState.OVERDUE
            key = "procedure.by_overdue" if late else "procedure.by"
            n = (self.on - duty.deadline.day).days
            parts.append(words(key, day=duty.deadline.day, n=n) + self._mark(duty.deadline))
        return words.joined(parts, "part")

    def _mark(self, counted: Counted) -> str:
        return self.words("procedure.provisional") if counted.provisional else ""

    def _notes(self, duty: Duty) -> Iterable[str]:
        words = self.words
        if duty.excuse:
            yield words("procedure.excuse", text=shown(words.said(duty.excuse)))
        parameters = self.catalogue.procedure.parameters
        unset = [words.said(parameters[m].name) for m in duty.missing if m in parameters]
        facts = [self._fact(m) for m in duty.missing if m not in parameters]
        if unset:
            yield words("procedure.unset", what=words.joined(unset))
        if facts:
            yield words("procedure.missing", what=words.joined(facts))
        if duty.deadline and duty.state is not DutyState.DONE:
            yield words("procedure.counted", rule=words.said(duty.deadline.rule))
        if duty.recorded_in:
            yield words("procedure.recorded_in", where=words.joined(duty.recorded_in))

    def _fact(self, name: str) -> str:
        fact = self.catalogue.facts.get(name)
        return self.words.said(fact.ask) if fact else name

    def exit(self, way: Exit) -> ExitSheet:
        words = self.words
        listed = next((v for v in self.dossier.listings if v.id == way.listing), None)
        lists = Names(self.catalogue, words)
        title = words("timeline.listing", id=way.listing, list=lists.list(listed.list) if listed else "")
        if way.barred_by is not None:
            verdict = words("procedure.exit.barred", why=shown(words.said(way.barred_by)))
        else:
            verdict = words("procedure.exit.open" if way.open else "procedure.exit.shut")
        return ExitSheet(
            title,
            words.said(way.title),
            verdict,
            way.open,
            tuple((m.met, self._requirement(m)) for m in way.requirements),
            tuple((words(f"procedure.exit.{key}"), said) for key, said in self._exit_facts(way) if said),
        )

    def _requirement(self, met: Met) -> str:
        by = self.words.said(met.by)
        return shown(self.words.said(met.text)) + (
            self.words("procedure.exit.by", by=shown(by)) if by else ""
        )

    def _exit_facts(self, way: Exit) -> Iterable[tuple[str, str]]:
        words = self.words
        kinds = {kind: words(f"procedure.exit.kinds.{kind}") for kind in ENDS}
        parameters = self.catalogue.procedure.parameters
        if way.barred_by is None:
            yield "earliest", self._earliest(way.earliest)
            yield "apply_to", words.said(way.apply_to)
            yield "acceptance_due", self._day(way.acceptance_due)
            yield "decision_due", self._day(way.decision_due)
        yield "publicity_ends", self._day(way.publicity_ends)
        if way.barred_by is None:
            yield "ends", words.joined(kinds[k] for k in ENDS if k in way.ends)
            yield "stays", words.joined(kinds[k] for k in ENDS if k not in way.ends)
        asked = (words.said(parameters[m].name) if m in parameters else self._fact(m) for m in way.missing)
        yield "missing", words.joined(asked, "part")
        yield "false_papers", words.said(way.false_papers)
        yield "basis", str(way.basis) if way.basis else ""

    def _earliest(self, counted: Counted | None) -> str:
        if counted is None or counted.day > self.on:
            return self._day(counted)
        return self.words("procedure.exit.earliest_past", day=counted.day)

    def _day(self, counted: Counted | None) -> str:
        return f"{counted.day}{self._mark(counted)}" if counted else ""
