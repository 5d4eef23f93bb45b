"""Model: the procedure as documents order it: duties, deadlines, parameters, and the ways out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.model.basis import Basis
from creditrules.model.condition import ALWAYS, Condition
from creditrules.model.event import EventKind
from creditrules.model.memorandum import Exempt
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.words import Checked, Level


class Force(StrEnum):
    """How binding a duty is: 应当, 可以, 鼓励, the office's own 将, or 原则上."""

    SHALL = "shall"
    MAY = "may"
    ENCOURAGED = "encouraged"
    UNDERTAKES = "undertakes"
    IN_PRINCIPLE = "in_principle"


class DutyState(StrEnum):
    """Where a duty stands on a day. `OPEN`: it has arisen and no document states a deadline."""

    PENDING = "pending"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    EXCUSED = "excused"
    OPEN = "open"


@frozen
class Term:
    """A length of time: calendar terms, working days, or a named parameter nobody may guess."""

    period: Period | None = None
    working_days: int | None = None
    parameter: str | None = None
    basis: Basis | None = None


@frozen
class SpecialTerm:
    """A deadline a special rule sets for a field; the first whose condition holds goes first."""

    when: Condition
    term: Term
    label: Text = Text()


@frozen
class DutyRule:
    """程序任务: what one body owes in the procedure.

    `who` and `to` are bodies of the procedure (a key of `bodies` in `rules/procedures/`). The duty arises
    with each event of `triggers`, or (`after`) when another duty has run out undone; it needs `when` and a
    list of one of `levels`. `fulfilled_by` are the events that meet it, `once` says that one is enough
    for good. `excuses` are labelled exceptions, `claimed_by` says who may claim them.
    """

    key: str
    section: str
    instrument: str
    who: str
    does: Text
    force: Force
    triggers: tuple[EventKind, ...] = ()
    after: str | None = None
    to: str | None = None
    levels: frozenset[Level] = frozenset()
    when: Condition = ALWAYS
    term: Term | None = None
    special: tuple[SpecialTerm, ...] = ()
    fulfilled_by: tuple[EventKind, ...] = ()
    once: bool = False
    excuses: tuple[Exempt, ...] = ()
    claimed_by: Text = Text()
    recorded_in: tuple[str, ...] = ()
    basis: Basis | None = None
    since: date | None = None
    until: date | None = None
    checked: Checked = Checked.VERIFIED
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Parameter:
    """A number that no document states or that could not be verified; `term` None: unset, and shown so."""

    key: str
    name: Text
    term: Term | None = None
    checked: Checked = Checked.UNSEEN
    note: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Requirement:
    """One thing a way out asks of the subject: an event, a fact, or a time that must have passed."""

    key: str
    text: Text
    events: tuple[EventKind, ...] = ()
    when: Condition | None = None
    checked: Checked = Checked.VERIFIED


@frozen
class WayOut:
    """信用修复: one way out of a listing or of the publication of a penalty, under the law of a span of days.

    `earliest` and `longest` count from `counts_from` (a path of the listing). `decides_within` and
    `accepts_within` bind the receiving body. `ends` names which of publicity, sharing, use and measures end
    when it succeeds. `never` are labelled cases that cannot be repaired, `false_papers` says what they cost.
    """

    key: str
    title: Text
    since: date
    until: date | None
    basis: Basis
    applies: Condition
    apply_to: Text
    requires: tuple[Requirement, ...]
    ends: frozenset[str]
    lists: frozenset[str] = frozenset()
    earliest: Term | None = None
    longest: Term | None = None
    counts_from: str = "listing.determined"
    accepts_within: Term | None = None
    decides_within: Term | None = None
    never: tuple[Exempt, ...] = ()
    false_papers: Text = Text()
    checked: Checked = Checked.VERIFIED
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Procedure:
    """What the documents of a catalogue say about procedure."""

    bodies: Mapping[str, Text] = field(factory=dict)
    duties: tuple[DutyRule, ...] = ()
    parameters: Mapping[str, Parameter] = field(factory=dict)
    ways_out: tuple[WayOut, ...] = ()


# --- what is said of one dossier --------------------------------------------------------------------------


@frozen
class Counted:
    """A day reached by counting, the rule it was counted by, and whether the calendar knew it all."""

    day: date
    rule: Text
    provisional: bool = False


@frozen
class Duty:
    """One duty of one body about one listing, on the day.

    `arose` is the day of its trigger, `deadline` the counted day, `met_on` the day it was fulfilled,
    `excuse` the exception that holds. `missing` names the facts or parameters that would settle it.
    """

    rule: str
    listing: str
    who: str
    does: Text
    force: Force
    state: DutyState
    to: str | None = None
    arose: date | None = None
    deadline: Counted | None = None
    met_on: date | None = None
    late: bool = False
    excuse: Text | None = None
    missing: tuple[str, ...] = ()
    recorded_in: tuple[str, ...] = ()
    basis: Basis | None = None
    section: str = ""


@frozen
class Met:
    """One requirement of a way out with its outcome: True met, False not met, None unknown."""

    requirement: str
    text: Text
    met: bool | None
    by: Text = Text()


@frozen
class Exit:
    """One way out for one listing on the day: what is met, what is missing, and when it may be taken."""

    way: str
    listing: str
    title: Text
    open: bool
    requirements: tuple[Met, ...]
    apply_to: Text
    earliest: Counted | None = None
    publicity_ends: Counted | None = None
    acceptance_due: Counted | None = None
    decision_due: Counted | None = None
    barred_by: Text | None = None
    ends: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    basis: Basis | None = None
    false_papers: Text = Text()


@frozen
class Proceedings:
    """Everything the procedure says of one dossier on one day."""

    duties: tuple[Duty, ...] = ()
    exits: tuple[Exit, ...] = ()
    notes: tuple[Text, ...] = ()
