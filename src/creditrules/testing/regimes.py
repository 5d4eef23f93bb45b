"""Testing: random regimes: every closed rule name, records for credit files, everywhere or in one region."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve
from hypothesis import strategies as st

from creditrules.model.basis import Basis
from creditrules.model.catalogue import Liability, RecordRule, Regime, RegimeRule
from creditrules.model.condition import ALWAYS
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.words import Rank
from creditrules.testing.conditions import TESTS, several
from creditrules.testing.memoranda import clauses
from creditrules.testing.pools import BASES, REACHING
from creditrules.testing.vocabulary import DAYS, MEASURE_KINDS

_HIGH = frozenset({Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.CENTRAL_POLICY})
_ORDER = Basis("虚构通知", rank=Rank.NORMATIVE_DOCUMENT, cited="一")


def _rule(name: str, **more: object) -> RegimeRule:
    return RegimeRule(name, Text(f"制度规则：{name}", f"regime rule: {name}"), **more)  # type: ignore[arg-type]


RULES: tuple[RegimeRule, ...] = (
    _rule("basis_for_reduction", types=frozenset({"A"}), ranks=_HIGH),
    _rule("basis_for_reduction", types=frozenset({"A", "B"}), ranks=_HIGH | {Rank.LOCAL_REGULATION}),
    _rule("express_basis_for_persons", ranks=_HIGH),
    _rule("no_watchlist_measures"),
    _rule("no_compulsion", natures=frozenset({"financial_institution", "association", "enterprise"})),
    _rule("basis_for_publishing_persons", effects=frozenset({"publicise"}), ranks=_HIGH),
    _rule("publication_cap", effects=frozenset({"publicise"}), period=Period(years=1)),
    _rule("publication_cap", effects=frozenset({"publicise", "restrict"}), period=Period(years=3)),
    _rule("repaired_records_not_shared"),
    _rule("basis_in_force"),
    _rule("note"),
)
NAMES = frozenset(rule.rule for rule in RULES)
_RECORD = st.builds(
    RecordRule,
    key=st.just("?"),
    text=st.just(Text("记入信用档案", "enter in the credit file")),
    clauses=clauses(),
    basis=st.sampled_from(BASES),
    shared_with=st.sampled_from(((), ("虚构平台",))),
)
_REGIME = st.builds(
    Regime,
    key=st.just("?"),
    title=st.just(Text()),
    since=st.sampled_from(DAYS),
    basis=st.just(_ORDER),
    until=st.sampled_from((None, None, DAYS[-2])),
    region=st.sampled_from((None, None, "210600")),
    rules=several(st.sampled_from(RULES), (1, 2, 3, 0)).map(lambda drawn: tuple(dict.fromkeys(drawn))),
    records=several(_RECORD, (0, 1)),
)
_LIABILITY = st.builds(
    Liability,
    key=st.just("?"),
    basis=st.sampled_from(REACHING),
    condition=st.just(Text("有虚构情形", "in an invented case")),
    when=st.sampled_from((ALWAYS, *TESTS)),
    lists=st.sampled_from((frozenset[str](), frozenset({"tax"}), frozenset({"tax", "fire"}))),
    kinds=st.sampled_from((frozenset[str](), *(frozenset({key}) for key in MEASURE_KINDS))),
)


_LIABILITIES = several(_LIABILITY, (0, 1, 2)).map(
    lambda drawn: tuple(evolve(each, key=f"provision-{n}") for n, each in enumerate(drawn))
)
_REGIMES = several(_REGIME, (1, 0, 2)).map(lambda drawn: numbered(drawn))


def regimes() -> st.SearchStrategy[tuple[Regime, ...]]:
    """Generate the dated changes of the general law."""
    return _REGIMES


def liabilities() -> st.SearchStrategy[tuple[Liability, ...]]:
    """Generate provisions that make persons liable, for some lists and kinds, under a condition."""
    return _LIABILITIES


def numbered(drawn: Iterable[Regime]) -> tuple[Regime, ...]:
    """Give regimes and their records keys."""
    return tuple(
        evolve(
            regime,
            key=f"regime-{n}",
            title=Text(f"虚构制度{n}", f"Invented regime {n}"),
            records=tuple(evolve(record, key=f"r{m}") for m, record in enumerate(regime.records)),
        )
        for n, regime in enumerate(drawn)
    )
