"""Model: a catalogue, which is what the documents say together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from creditrules.errors import Finding, Span
from creditrules.model.basis import Basis, StatuteIndex
from creditrules.model.condition import Condition
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Clause, Memorandum, UnitPart
from creditrules.model.notice import Channel, MeasureList, Notice
from creditrules.model.procedure import Procedure
from creditrules.model.renumbering import Renumbering
from creditrules.model.suppression import Suppression
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.unit import Units
from creditrules.model.words import Approval, Checked, Rank

if TYPE_CHECKING:
    from creditrules.model.rulebook import Rulebook


@frozen
class EffectKind:
    """措施类型: what a measure does; `strictness` orders effects, `type` is A, B or C of the national list.

    A reduces rights or adds duties, B is management within duty, C is left to bodies outside government.
    `approval` says what it means for somebody who asks for an approval.
    """

    key: str
    name: Text
    type: str
    strictness: int
    verb: Text = Text()
    approval: Approval = Approval.WEIGHS
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Matter:
    """事项: a business or approval that a measure bites on; dotted keys run from broad to narrow."""

    key: str
    name: Text
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class RoleKind:
    """职务: a role a person may hold in an organisation. `liable` is false for roles no clause may name."""

    key: str
    name: Text
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class SubjectKind:
    """主体类型: a kind of subject; `natural` for persons."""

    key: str
    name: Text
    natural: bool
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Party:
    """The kinds of subject, and the capacity in which it was listed, that a coverage clause speaks of."""

    key: str
    name: Text
    kinds: frozenset[str]
    capacity: str | None = None
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Capacity:
    """身份: the capacity in which a subject was listed, such as supplier or review expert."""

    key: str
    name: Text
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class FactDeclaration:
    """A fact that conditions may ask for.

    `about` is `subject` (the listed one), `target` (whom an action falls on) or `listing`. `type` is one of
    boolean, integer, money (yuan in documents, whole fen here), share (per cent; hundredths of one per cent
    here), date, choice, text. `when_missing` False: absence from the register means no.
    """

    name: str
    about: str
    type: str
    ask: Text
    choices: Mapping[str, Text] = field(factory=dict)
    when_missing: bool | None = None
    note: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class MeasureKind:
    """措施种类: what recurs across memoranda, with the units competent for it and the statutes that carry it.

    `bases` may be empty: that no law or regulation carries the kind is a finding, not a gap. `note` says
    where memoranda went further than the statutes, `history` how articles were renumbered.
    """

    key: str
    name: Text
    effect: str
    type: str
    matter: str | None = None
    target_kinds: frozenset[str] = frozenset()
    units: tuple[UnitPart, ...] = ()
    bases: tuple[Basis, ...] = ()
    history: str = ""
    note: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Liability:
    """A provision by which a person is reached through an organisation, and what must have happened for it.

    It counts for measures of `kinds` (empty: any) on `lists` (empty: any); `when` is its condition over
    facts, `condition` and `duration` the same in words.
    """

    key: str
    basis: Basis
    condition: Text
    when: Condition
    duration: Text = Text()
    lists: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class RegimeRule:
    """One thing the general law allows, forbids or asks for from a day on; `rule` is its closed name.

    `types` are effect types it applies to, `ranks` the ranks of basis that satisfy it, `effects` the effects
    it concerns, `natures` the natures of unit, `period` a length it sets.
    """

    rule: str
    text: Text
    types: frozenset[str] = frozenset()
    ranks: frozenset[Rank] = frozenset()
    effects: frozenset[str] = frozenset()
    natures: frozenset[str] = frozenset()
    period: Period | None = None


@frozen
class RecordRule:
    """What goes into whose credit file: the clause that says whose, the section that orders it, and where."""

    key: str
    text: Text
    clauses: tuple[Clause, ...]
    basis: Basis
    shared_with: tuple[str, ...] = ()


@frozen
class Regime:
    """制度阶段: a dated change of the general law; it stays in force until `until`."""

    key: str
    title: Text
    since: date
    basis: Basis
    until: date | None = None
    region: str | None = None
    rules: tuple[RegimeRule, ...] = ()
    records: tuple[RecordRule, ...] = ()
    checked: Checked = Checked.VERIFIED
    note: Text = Text()
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Manifest:
    """What a catalogue says of itself; `version` is a date, apart from the library's own version."""

    id: str
    version: str
    title: Text
    jurisdiction: str = "CN"
    level: str = "national"
    region: str | None = None


# Given by the public door, so that the model need not import the compiler it is compiled by.
Compiler = Callable[["Catalogue", date, bool], "Rulebook"]


@frozen
class Catalogue:
    """What the documents say together. Build one with `creditrules.load_catalogue`.

    `digest` is over the texts of all documents, whatever their order; `notes` are findings that do not
    forbid use (severity `warning` or `note`).
    """

    manifests: tuple[Manifest, ...]
    memoranda: Mapping[str, Memorandum]
    lists: Mapping[str, ListKind]
    units: Units
    effects: Mapping[str, EffectKind]
    matters: Mapping[str, Matter]
    roles: Mapping[str, RoleKind]
    kinds: Mapping[str, SubjectKind]
    capacities: Mapping[str, Capacity]
    parties: Mapping[str, Party]
    facts: Mapping[str, FactDeclaration]
    regimes: tuple[Regime, ...]
    statutes: StatuteIndex
    digest: str
    measure_kinds: Mapping[str, MeasureKind] = field(factory=dict)
    liabilities: tuple[Liability, ...] = ()
    renumberings: tuple[Renumbering, ...] = ()
    procedure: Procedure = Procedure()
    notices: Mapping[str, Notice] = field(factory=dict)
    channels: Mapping[str, Channel] = field(factory=dict)
    measure_lists: Mapping[str, MeasureList] = field(factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    notes: tuple[Finding, ...] = ()
    compiler: Compiler | None = field(default=None, eq=False, repr=False)

    def rulebook(self, *, on: date, recalled: bool = False) -> Rulebook:
        """Make the catalogue ready for one day.

        Args:
            on: the day whose law applies.
            recalled: let measures act that are known from memory only; they never do otherwise.
        """
        if self.compiler is None:
            raise TypeError("this catalogue was not built by creditrules.load_catalogue")
        return self.compiler(self, on, recalled)

    def superseding(self, memorandum: Memorandum) -> tuple[Memorandum, ...]:
        """Return the memoranda that name *memorandum* as superseded by them."""
        return tuple(m for m in self.memoranda.values() if memorandum.doc_no in m.supersedes)

    def is_natural(self, kind: str) -> bool:
        """Say whether a subject kind is a natural person."""
        return kind in self.kinds and self.kinds[kind].natural
