"""Model: a decision, which is everything a rulebook says about one dossier, with its reasons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from attrs import field, fields, frozen

from creditrules.model.basis import Basis
from creditrules.model.rulebook import SetAside
from creditrules.model.text import Text
from creditrules.model.words import Checked, Direction, Discretion, Truth


@frozen(slots=False)
class Reason:
    """One line of a reason tree; `truth` says how it came out, `kind` what it is about.

    Kinds: `action`, `listing`, `status`, `organisation`, `role`, `finding`, `coverage`, `memorandum`,
    `measure`, `basis`, `condition`, `fact`, `period`, `end`, `remedy`, `open`, `set_aside`, `note`.
    """

    kind: str
    text: Text
    truth: Truth | None = None
    children: tuple[Reason, ...] = ()


@frozen
class Route:
    """How a listing reaches a target: directly, or through a role in an organisation."""

    direction: Direction
    role: str | None = None
    organisation: str | None = None


@frozen(slots=False)
class Part:
    """One measure's share in an action: the rule, the listing and route that carry it, and its own period."""

    rule: str
    memorandum: str
    measure: str
    listing: str
    route: Route
    discretion: Discretion
    bases: tuple[Basis, ...]
    since: date | None
    until: date | None
    checked: Checked
    written_unit: str
    unit_origin: str = "memorandum"
    assists: bool = False


@frozen(slots=False)
class Action:
    """惩戒行动: what one unit does to one target because of one or more measures.

    Two measures that ask the same of the same unit make one action; `parts` keeps both. `until` is the last
    day known today, `review` the day by which the authority looks again when no end is known. `local` is the
    body that acts for the unit where the target is registered.
    """

    key: str
    unit: str
    target: str
    effect: str
    matter: str | None
    discretion: Discretion
    since: date | None
    until: date | None
    review: date | None
    ends_by: tuple[Text, ...]
    remedy: tuple[Text, ...]
    parts: tuple[Part, ...]
    local: str | None = None
    notes: tuple[Text, ...] = ()


@frozen
class Ask:
    """One fact that would settle an open point: its name, whom it is about, and what answers change."""

    fact: str
    about: str
    question: Text
    answers: tuple[tuple[Text, Text], ...] = ()


@frozen(slots=False)
class Undetermined:
    """What could not be decided: neither dropped nor treated as true.

    `what` is `fact` when an answer is missing, else what the source leaves open: `unit`, `in_force`,
    `effect`, `end`, `contradiction`.
    """

    what: str
    memorandum: str
    measure: str
    listing: str
    target: str
    route: Route
    units: tuple[str, ...]
    text: Text
    asks: tuple[Ask, ...] = ()
    checked: Checked = Checked.VERIFIED


@frozen
class LeadsTo:
    """可能引起的列入: a list that a subject may be put on next (None: the black list of the same field).

    It rests on a listing; `by` is the list or the measure (`memorandum#key`) that says so, `because` its
    words. It is no action: whoever determines that list decides anew.
    """

    listing: str
    subject: str
    list: str | None
    because: Text
    by: str
    checked: Checked = Checked.VERIFIED


@frozen
class Record:
    """What goes into whose credit file, where it is shared, and on which basis."""

    file_of: str
    listing: str
    route: Route
    rule: str
    text: Text
    basis: Basis
    status: str
    shared_with: tuple[str, ...] = ()
    sharing_stopped: date | None = None


@frozen
class SubjectView:
    """A subject as outputs show it: identifiers of natural persons are masked."""

    id: str
    kind: str
    name: str
    code: str | None
    id_number: str | None
    region: str | None
    natural: bool


class Explainer(Protocol):
    """What makes the reasons of a decision when somebody asks for them."""

    def why(self, action: Action) -> Reason:
        """Return the reasons of one action as a tree."""

    def why_not(self, *, unit: str, measure: str, person: str) -> Reason:
        """Return why a unit does, or does not, take a measure against a person."""

    def unit_keys(self, name: str) -> frozenset[str]:
        """Return the units of the day that a name stands for, successors included."""


class _Pending(Protocol):
    """What works out the fields of a decision that nobody has read yet; each is an attribute of it."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions, by their keys."""


@frozen
class Decision:
    """决定: everything said of one dossier on one day. Make one with `creditrules.decide`.

    A decision that was just made works out `subjects`, `actions` and what follows them when each is first
    read. That shows in the time it takes and in nothing else.
    """

    on: date
    known: date | None
    engine: str
    catalogue: str
    dossier: str
    regimes: tuple[str, ...]
    subjects: tuple[SubjectView, ...]
    actions: tuple[Action, ...]
    undetermined: tuple[Undetermined, ...]
    set_aside: tuple[SetAside, ...]
    records: tuple[Record, ...]
    statuses: tuple[tuple[str, str, date | None], ...]
    leads_to: tuple[LeadsTo, ...] = ()
    explainer: Explainer | None = field(default=None, eq=False, repr=False)
    _pending: _Pending | None = field(default=None, eq=False, repr=False)

    @classmethod
    def pending(cls, outcome: _Pending, **settled: object) -> Decision:
        """Return a decision of which only some fields are settled; *outcome* works out the others."""
        made = cls.__new__(cls)
        for name, value in settled.items():
            object.__setattr__(made, name, value)
        object.__setattr__(made, "_pending", outcome)
        return made

    if not TYPE_CHECKING:  # or every misspelt attribute would pass for one of these

        def __getattr__(self, name):
            """Work out a field that was not set yet; called for what is missing only."""
            if name not in _WORKED_OUT:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            value = getattr(self._pending, name)
            object.__setattr__(self, name, value)
            return value

    def __getstate__(self) -> dict[str, object]:
        """Return everything a decision says; it goes without what it was made from, and cannot say why."""
        kept = {a.name: getattr(self, a.name) for a in fields(Decision)}
        return {**kept, "explainer": None, "_pending": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Take what `__getstate__` gave."""
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def for_unit(self, unit: str) -> tuple[Action, ...]:
        """Return the actions of one unit, named by key or by any of its names, local ones included."""
        keys = self.unit_keys(unit)
        return tuple(a for a in self.actions if a.unit in keys or a.local == unit)

    def unit_keys(self, name: str) -> frozenset[str]:
        """Return the keys of the units of the day that a name stands for, the name itself when unknown."""
        return self.explainer.unit_keys(name) if self.explainer else frozenset({name})

    def against(self, subject: str) -> tuple[Action, ...]:
        """Return the actions against one subject, by its id in the dossier."""
        return tuple(a for a in self.actions if a.target == subject)

    def action(self, key: str) -> Action:
        """Return an action by its key, or by its number in the printed order (`A1` is the first).

        Raises:
            KeyError: there is no such action.
        """
        if key[:1] in "Aa" and key[1:].isdigit() and 0 < int(key[1:]) <= len(self.actions):
            return self.actions[int(key[1:]) - 1]
        return {a.key: a for a in self.actions}[key]

    def why(self, action: Action | str) -> Reason:
        """Return why an action stands, as a tree down to listing, role, finding, measure and basis."""
        found = self.action(action) if isinstance(action, str) else action
        return self._explain().why(found)

    def why_not(self, *, unit: str, measure: str, person: str) -> Reason:
        """Return the first conditions that fail for a unit, a measure (`memorandum#key`) and a person."""
        return self._explain().why_not(unit=unit, measure=measure, person=person)

    def _explain(self) -> Explainer:
        if self.explainer is None:
            raise TypeError("a decision read back from a file keeps no rulebook; decide again to ask why")
        return self.explainer


_WORKED_OUT = frozenset(
    {"subjects", "actions", "undetermined", "set_aside", "records", "statuses", "leads_to"}
)
