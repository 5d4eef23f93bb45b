"""Deliver: which listing, addressee and actions a letter is about, and whether it may go out on the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from creditrules.deliver.letter_kinds import LetterKind, LetterQuestion
from creditrules.deliver.words import word_table
from creditrules.errors import Finding, Span, UsageError
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision
from creditrules.model.dossier import Dossier, Listing, Subject
from creditrules.model.procedure import Duty, DutyState, Proceedings
from creditrules.model.status import Status, last_day, repaired_on, standing
from creditrules.model.text import Text
from creditrules.model.words import Level

_WAITING = (DutyState.DUE, DutyState.OVERDUE, DutyState.OPEN)
_NOTHING = Text()
_OVER = (Status.REMOVED, Status.REPAIRED, Status.EXPIRED, Status.REVOKED)


@frozen
class Matter:
    """Everything a letter is made from.

    `before_repair` is the procedure on the last day before a repair was granted: a way out that was taken is
    no way out any more.
    """

    decision: Decision
    proceedings: Proceedings
    dossier: Dossier
    catalogue: Catalogue
    before_repair: tuple[date, Proceedings] | None = None

    def listing(self, key: str) -> Listing:
        """Return a listing by its id."""
        return next(v for v in self.dossier.listings if v.id == key)

    def numbered(self) -> Iterable[tuple[int, Action]]:
        """Yield the actions with their places in the decision."""
        return enumerate(self.decision.actions)


@frozen
class Choice:
    """What a letter is about: a listing, the subject addressed, the actions by their places, and the duty."""

    listing: Listing
    addressed: Subject
    actions: tuple[int, ...]
    duty: int | None


def chosen(question: LetterQuestion, matter: Matter) -> Choice:
    """Find what a letter is about.

    Raises:
        UsageError: CR604, CR605 something is not there or not clear; CR606, the letter may not go out.
    """
    actions = _asked_actions(question, matter)
    listing = _listing(question, matter, actions)
    person = question.person or listing.subject
    if person not in matter.dossier.subjects:
        raise _unknown(person, matter.dossier.subjects)
    duty = _may_go_out(question, listing, matter)
    return Choice(listing, matter.dossier.subjects[person], _about(question, matter, listing, person), duty)


def _asked_actions(question: LetterQuestion, matter: Matter) -> list[Action]:
    try:
        return [matter.decision.action(key) for key in question.actions]
    except KeyError as error:
        given = str(error.args[0])
        raise _unknown(given, (f"A{n + 1}" for n, _ in matter.numbered())) from None


def _listing(question: LetterQuestion, matter: Matter, actions: list[Action]) -> Listing:
    known = [v.id for v in matter.dossier.listings]
    if question.listing is not None:
        if question.listing not in known:
            raise _unknown(question.listing, known)
        return matter.listing(question.listing)
    behind = {part.listing for action in actions for part in action.parts} or set(known)
    if len(behind) != 1:
        raise unclear("--listing", sorted(behind))
    return matter.listing(behind.pop())


def _about(question: LetterQuestion, matter: Matter, listing: Listing, person: str) -> tuple[int, ...]:
    """Return the places of the actions a letter tells of."""
    asked = {action.key for action in _asked_actions(question, matter)}
    found = [
        (n, action)
        for n, action in matter.numbered()
        if any(part.listing == listing.id for part in action.parts) and (not asked or action.key in asked)
    ]
    if not question.kind.to_unit:
        return tuple(n for n, action in found if action.target == person)
    if question.unit is not None:
        keys = matter.decision.unit_keys(question.unit)
        found = [(n, a) for n, a in found if a.unit in keys or a.local == question.unit]
    if question.person is not None:
        found = [(n, action) for n, action in found if action.target == question.person]
    units = {(action.unit, action.local) for _, action in found}
    if len(units) != 1:
        names = {unit: matter.catalogue.units.by_key[unit].name.zh for unit, _ in units}
        raise unclear("--unit", sorted(names.values()), "CR605" if units else "CR611")
    return tuple(n for n, _ in found)


def _may_go_out(question: LetterQuestion, listing: Listing, matter: Matter) -> int | None:
    kind, lists = question.kind, matter.catalogue.lists[listing.list]
    status = standing(listing, last_day(listing, lists), question.on, lists.level).status
    if kind.level is not None and kind.level is not lists.level:
        raise _unfit(kind, listing, "level", word_table()[f"letter.level.{lists.level.value}"])
    if kind.key == "prior-notice":
        if listing.determined is not None and listing.determined <= question.on:
            raise _unfit(kind, listing, "determined")
    elif listing.determined is None or listing.determined > question.on:
        raise _unfit(kind, listing, "not_determined")
    if kind.key == "repair-confirmation":
        if repaired_on(listing, question.on) is None:
            raise _unfit(kind, listing, "no_repair")
    elif status in _OVER:
        raise _unfit(kind, listing, "over")
    return _duty(kind, listing, matter)


def _duty(kind: LetterKind, listing: Listing, matter: Matter) -> int | None:
    """Return the place of the duty that a letter meets; a rule for this level alone goes first."""
    level = matter.catalogue.lists[listing.list].level
    rules = {
        rule.key: len(rule.levels) or len(Level)
        for rule in matter.catalogue.procedure.duties
        if kind.answers in rule.fulfilled_by and (not rule.levels or level in rule.levels)
    }
    owed = [
        (n, duty)
        for n, duty in enumerate(matter.proceedings.duties)
        if duty.rule in rules and duty.listing == listing.id
    ]
    owed.sort(key=lambda each: (*kind.differs(each[1]), each[1].state not in _WAITING, rules[each[1].rule]))
    if kind.allowed and rules and (not owed or owed[0][1].state.value not in kind.allowed):
        raise _unfit(kind, listing, "duty", _state(owed))
    return owed[0][0] if owed else None


def _state(owed: list[tuple[int, Duty]]) -> Text:
    key = f"procedure.duty_state.{owed[0][1].state.value}" if owed else "letter.unfit.absent"
    return word_table()[key]


def _unfit(kind: LetterKind, listing: Listing, why: str, told: Text = _NOTHING) -> UsageError:
    reason = word_table()[f"letter.unfit.{why}"].filled(told=told)
    title = word_table()[f"letter.kind.{kind.key}"]
    words = {"given": kind.key, "listing": listing.id, "kind_zh": title.zh, "kind_en": title.en}
    words |= {"why_zh": reason.zh, "why_en": reason.en}
    return UsageError([Finding("CR606", Span(""), words)])


def _unknown(given: str, known: Iterable[str]) -> UsageError:
    listed = ", ".join(known)
    return UsageError([Finding("CR604", Span(""), {"given": given, "known": listed or "–"})])


def unclear(option: str, known: list[str], code: str = "CR605") -> UsageError:
    """Return the finding that an option must say which of several is meant."""
    return UsageError([Finding(code, Span(""), {"option": option, "known": ", ".join(known) or "–"})])
