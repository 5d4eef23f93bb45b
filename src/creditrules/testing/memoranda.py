"""Testing: random memoranda: coverage clauses, measures of every kind, dates known exactly or by bounds."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve
from hypothesis import strategies as st

from creditrules.model.memorandum import STATUTE, Clause, Effect, Exempt, Measure, Memorandum, Reach
from creditrules.model.text import Text
from creditrules.model.words import Checked, Discretion, Level, Stance
from creditrules.testing.conditions import conditions, maybe_conditions, several
from creditrules.testing.pools import ANY_BOUNDS, DURATIONS, EARLY_BOUNDS, REACHES, SELF, SEVERAL_BASES
from creditrules.testing.units import unit_parts
from creditrules.testing.vocabulary import MATTERS, MEASURE_KINDS, PARTIES, SANCTIONS

LEVELS = {
    "tax": Level.BLACKLIST,
    "fire": Level.BLACKLIST,
    "watch": Level.WATCHLIST,
    "red": Level.REDLIST,
    "order": Level.DECISION,
}
_LIST_SETS = tuple(
    frozenset(keys)
    for keys in (
        *(("tax",),) * 4,
        ("fire",),
        ("tax", "fire"),
        ("watch",),
        ("tax", "watch"),
        ("red", "tax"),
        ("order", "tax"),
    )
)
_TARGETS = (
    *(frozenset[str](),) * 6,
    frozenset({"natural_person"}),
    frozenset({"enterprise", "public_institution"}),
    frozenset({"enterprise"}),
)
_CHECKED = (*(Checked.VERIFIED,) * 10, *(Checked.RECALLED,) * 2, Checked.UNSEEN)
_STANCES = (*(Stance.SANCTION,) * 5, Stance.INCENTIVE)
_MATTERS = (("procurement",), ("procurement",), (), ("exit", "procurement"), tuple(MATTERS)[:2])
_OTHER = "虚构〔2014〕9号"


def _reaches(with_self: bool, others: tuple[Reach, ...]) -> tuple[Reach, ...]:
    return tuple(dict.fromkeys((SELF, *others) if with_self or not others else others))


def _exempts(drawn: tuple[Exempt, ...]) -> tuple[Exempt, ...]:
    return tuple({exempt.label: exempt for exempt in drawn}.values())


_REACHES = st.builds(
    _reaches, st.sampled_from((True, True, False)), several(st.sampled_from(REACHES), (1, 2, 0, 3))
)
_CLAUSE = st.builds(
    Clause, party=st.sampled_from(("any", "any", "any", *PARTIES)), reaches=_REACHES, when=maybe_conditions()
)
_CLAUSES = several(_CLAUSE, (1, 1, 2))
_EFFECT = st.builds(
    Effect,
    effect=st.sampled_from((*SANCTIONS, *SANCTIONS[:2], "grant_preference", None)),
    discretion=st.sampled_from(tuple(Discretion)),
    matters=st.sampled_from(_MATTERS),
)
_EFFECTS = several(_EFFECT, (1, 1, 1, 1, 1, 2, 0))
_EXEMPT = st.builds(
    Exempt,
    label=st.sampled_from(("paid", "small")),
    when=conditions(),
    name=st.just(Text("例外", "exception")),
    bases=SEVERAL_BASES,
)
_EXEMPTS = several(_EXEMPT, (0, 0, 0, 0, 0, 1, 2)).map(_exempts)
_MEASURE = st.builds(
    Measure,
    key=st.just("?"),
    effects=_EFFECTS,
    does=st.just(Text("采取虚构措施", "take an invented measure")),
    part=st.sampled_from((None, "二")),
    n=st.just(1),
    heading=st.sampled_from((None, "虚构标题")),
    stance=st.sampled_from(_STANCES),
    target_kinds=st.sampled_from(_TARGETS),
    covers=st.sampled_from((False,) * 5 + (True,)).flatmap({False: st.none(), True: _CLAUSES}.__getitem__),
    lists=st.sampled_from((*(frozenset[str](),) * 3 * len(_LIST_SETS), *_LIST_SETS)),
    when=maybe_conditions(),
    unless=_EXEMPTS,
    units=unit_parts(),
    bases=SEVERAL_BASES,
    duration=st.sampled_from(DURATIONS),
    kinds=st.sampled_from(((), (), (), *((key,) for key in MEASURE_KINDS))),
    checked=st.sampled_from(_CHECKED),
)


def _memorandum(replaces: tuple[int, ...], **parts: object) -> Memorandum:
    memorandum = Memorandum(**parts)  # type: ignore[arg-type]
    measures = (evolve(measure, key=f"m{n}", n=n) for n, measure in enumerate(memorandum.measures, 1))
    return evolve(memorandum, measures=tuple(measures), supersedes=tuple(str(n) for n in replaces))


_MEMORANDUM = st.builds(
    _memorandum,
    replaces=several(st.sampled_from((0, 1, 2)), (0, 0, 1, 2)),
    key=st.just("?"),
    doc_no=st.just("?"),
    title=st.just(Text()),
    since=st.sampled_from((*EARLY_BOUNDS * 2, *ANY_BOUNDS[:4], None)),
    until=st.sampled_from((None,) * 9 * len(ANY_BOUNDS) + ANY_BOUNDS),
    lists=st.sampled_from(_LIST_SETS),
    instrument=st.sampled_from(("memorandum",) * 4 + (STATUTE,)),
    covers=_CLAUSES,
    measures=several(_MEASURE, (2, 1, 3, 3)),
)


_MEMORANDA = several(_MEMORANDUM, (2, 1, 3)).map(lambda drawn: numbered(drawn))


def clauses() -> st.SearchStrategy[tuple[Clause, ...]]:
    """Generate coverage clauses: for several parties, in a capacity or in any, some under a condition."""
    return _CLAUSES


def measures() -> st.SearchStrategy[Measure]:
    """Generate one measure, still without a key of its own."""
    return _MEASURE


def memoranda() -> st.SearchStrategy[tuple[Memorandum, ...]]:
    """Generate the memoranda of a catalogue; none supersedes one that supersedes it, however far round."""
    return _MEMORANDA


def numbered(drawn: Iterable[Memorandum]) -> tuple[Memorandum, ...]:
    """Give memoranda their keys and numbers; each may supersede earlier ones, or one no catalogue holds."""
    made = []
    for number, memorandum in enumerate(drawn):
        named = (_doc_no(int(n)) if int(n) < number else _OTHER for n in memorandum.supersedes)
        made.append(
            evolve(
                memorandum,
                key=f"memo-{number}",
                doc_no=_doc_no(number),
                title=Text(f"虚构备忘录{number}", f"Invented memorandum {number}"),
                supersedes=tuple(dict.fromkeys(named)),
            )
        )
    return tuple(made)


def _doc_no(number: int) -> str:
    return f"虚构〔2016〕{number}号"
