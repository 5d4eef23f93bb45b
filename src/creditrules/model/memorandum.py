"""Model: one memorandum (or a like instrument) as it was signed, measure by measure."""

from __future__ import annotations

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.model.basis import Basis
from creditrules.model.condition import ALWAYS, Condition
from creditrules.model.text import Text
from creditrules.model.time import Period, Since
from creditrules.model.words import (
    Checked,
    Direction,
    Discretion,
    HeldAt,
    Responsibility,
    Stance,
)

# The instrument of a document that holds the measures a statute itself orders.
STATUTE = "statute"


@frozen
class Reach:
    """One item of a coverage clause: whom it reaches, and what must hold for that.

    `roles` is empty for the listed subject itself, and for "whoever it was" when a finding alone names the
    person (`any_role`). `finding` is the responsibility finding the clause asks for, `when` what else must
    hold for it. `bases` are provisions that make exactly these persons liable.
    """

    direction: Direction = Direction.SELF
    roles: frozenset[str] = frozenset()
    any_role: bool = False
    held: HeldAt = HeldAt.UNSTATED
    finding: Responsibility | None = None
    when: Condition = ALWAYS
    bases: tuple[Basis, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)

    def names_role(self, role: str) -> bool:
        """Say whether the item names a role, or takes any."""
        return self.any_role or role in self.roles


@frozen
class Clause:
    """责任范围: who is reached when the listed party is of one kind (`party`, a key of the catalogue)."""

    party: str
    reaches: tuple[Reach, ...]
    when: Condition = ALWAYS
    checked: Checked = Checked.VERIFIED
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Exempt:
    """A labelled exception to a measure, with a basis of its own."""

    label: str
    when: Condition
    name: Text = Text()
    bases: tuple[Basis, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Grade:
    """One step of a graded duration: this long when this holds."""

    when: Condition
    period: Period


@frozen
class Duration:
    """How long a measure lasts, where the document says so.

    `period` counts from the day the path `counts_from` names. `grades` are alternatives by condition.
    `for_life` has no end. With nothing said a measure lasts as long as its listing. Where the decision sets
    the length within bounds, `shortest` and `longest` are those of the law: the measure ends on the day the
    listing states, and never later than `longest` from `counts_from`.
    """

    period: Period | None = None
    counts_from: str = "listing.since"
    grades: tuple[Grade, ...] = ()
    for_life: bool = False
    shortest: Period | None = None
    longest: Period | None = None

    @property
    def with_listing(self) -> bool:
        """Whether the measure has no length of its own and lasts as long as its listing."""
        return not (self.period or self.grades or self.for_life or self.shortest or self.longest)


@frozen
class UnitPart:
    """A unit named by a measure: its spelling in the document, the unit meant, its part in the work."""

    name: str
    unit: str
    assists: bool = False
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Effect:
    """One thing a measure does: the effect (a key of `rules/effects.yaml`), how binding, on which matters."""

    effect: str | None
    discretion: Discretion = Discretion.UNSTATED
    matters: tuple[str, ...] = ()


@frozen
class Measure:
    """惩戒措施: one numbered item of a memorandum.

    `key` is unique in the memorandum; `part` and `n` are the numbering of the document (either may be
    missing there), `heading` its short heading. `covers`, when given, replaces the memorandum's clauses.
    `target_kinds`, when given, limits the measure to targets of these subject kinds. `lists`, when given,
    replaces the memorandum's lists. `kinds` are the kinds of measure it is of, the main one first.
    `leads_to` is a list that carrying out the measure may put the party on.
    """

    key: str
    effects: tuple[Effect, ...]
    does: Text
    part: str | None = None
    n: int | None = None
    heading: str | None = None
    stance: Stance = Stance.SANCTION
    target_kinds: frozenset[str] = frozenset()
    covers: tuple[Clause, ...] | None = None
    lists: frozenset[str] = frozenset()
    when: Condition = ALWAYS
    unless: tuple[Exempt, ...] = ()
    units: tuple[UnitPart, ...] = ()
    procedure: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    duration: Duration = Duration()
    leads_to: str | None = None
    kinds: tuple[str, ...] = ()
    checked: Checked = Checked.VERIFIED
    source: str = ""
    note: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def number(self) -> str:
        """The number as the document prints it, `(二)4` for a part that restarts; empty when it has none."""
        return f"({self.part}){self.n or ''}" if self.part else str(self.n or "")


@frozen
class Source:
    """Where a fact of a document was read."""

    key: str
    url: str
    title: str = ""
    showed: str = ""


@frozen
class Memorandum:
    """备忘录: the document. `doc_no` holds the year, since serial numbers recur across years."""

    key: str
    doc_no: str
    title: Text
    since: Since | None
    lists: frozenset[str]
    covers: tuple[Clause, ...]
    measures: tuple[Measure, ...]
    until: Since | None = None
    ended_by: str | None = None
    supersedes: tuple[str, ...] = ()
    lead_units: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    status_note: str = ""
    mechanism: tuple[tuple[str, str], ...] = ()
    completeness: str = "partial"
    measures_in_document: int | None = None
    sources: tuple[Source, ...] = ()
    instrument: str = "memorandum"
    checked: Checked = Checked.VERIFIED
    span: Span | None = field(default=None, eq=False, repr=False)
