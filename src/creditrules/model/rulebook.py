"""Model: a rulebook, which is a catalogue made ready for one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue, RecordRule, Regime
from creditrules.model.condition import ALWAYS, Condition
from creditrules.model.memorandum import Clause, Effect, Exempt, Measure, Memorandum
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.words import Checked, Discretion


@frozen
class Act:
    """One unit's part in a rule on the day: who acts now, under which name it was written, how binding.

    `origin` is `memorandum` where the document names the unit, `kind` where it is the competent body of the
    measure's kind.
    """

    unit: str
    written: str
    discretion: Discretion
    assists: bool = False
    origin: str = "memorandum"
    notes: tuple[Text, ...] = ()


@frozen
class Open:
    """Why a rule that applies still decides nothing: what no source shows (`unit`, `in_force`, …)."""

    what: str
    text: Text


@frozen
class SetAside:
    """What a pass set aside, and why: a memorandum, a measure, a coverage item or a unit's compulsion.

    `reason` is a closed word (`not_yet_in_force`, `superseded`, `recalled`, `no_basis_for_reduction`, …).
    """

    memorandum: str
    reason: str
    text: Text
    measure: str | None = None
    detail: str = ""
    regime: str | None = None
    lists: frozenset[str] = frozenset()


@frozen
class Rule:
    """One effect of one measure on the day: whom it reaches, under which conditions, and who acts.

    `since`/`until` bound every action of the rule. `record` marks a rule about a credit file: it has no
    memorandum, and decides what is entered where, not what a unit does.
    `bases` are the bases in force on the day; the memorandum itself is the first, a statute cites its own.
    """

    number: int
    key: str
    memorandum: Memorandum | None
    measure: Measure | None
    effect: Effect
    lists: frozenset[str]
    clauses: tuple[Clause, ...]
    acts: tuple[Act, ...]
    bases: tuple[Basis, ...]
    target_kinds: frozenset[str] = frozenset()
    when: Condition = ALWAYS
    unless: tuple[Exempt, ...] = ()
    open: tuple[Open, ...] = ()
    notes: tuple[Text, ...] = ()
    since: date | None = None
    until: date | None = None
    publication_cap: Period | None = None
    record: RecordRule | None = None
    kinds: tuple[str, ...] = ()
    checked: Checked = Checked.VERIFIED

    @property
    def document(self) -> str:
        """The key of the memorandum, or of the regime a rule about records comes from."""
        return self.memorandum.key if self.memorandum else self.key.partition("#")[0]

    @property
    def part(self) -> str:
        """The key of the measure, or of the record rule and the list it is made for (`record@list`)."""
        return self.measure.key if self.measure else self.key.partition("#")[2]

    @property
    def measure_id(self) -> str:
        """The measure as everybody names it: `memorandum#key`; empty for a rule about records."""
        return f"{self.memorandum.key}#{self.measure.key}" if self.memorandum and self.measure else ""


@frozen
class Guard:
    """A condition over candidate fields, and the numbers of the rules it stands for.

    The engines match guards. INVARIANT: a rule stands under exactly one guard of each of its lists.
    """

    number: int
    condition: Condition
    rules: tuple[int, ...]


@frozen
class Rulebook:
    """A catalogue made ready for one day. Make one with `Catalogue.rulebook(on=…)`.

    It is immutable and may be shared by threads and sent to processes; engines keep what they compile from
    it to themselves, under `key`.
    """

    catalogue: Catalogue
    on: date
    recalled: bool
    rules: tuple[Rule, ...]
    guards: tuple[Guard, ...]
    by_list: Mapping[str, tuple[int, ...]]
    regimes: tuple[Regime, ...]
    set_aside: tuple[SetAside, ...]
    key: str = field(default="")

    def guards_for(self, list_key: str) -> tuple[int, ...]:
        """Return the numbers of the guards a listing on a list is matched against."""
        return self.by_list.get(list_key, ())
