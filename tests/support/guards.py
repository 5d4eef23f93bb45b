"""Guards, rows and their plain meaning, for the engines that match guards; no catalogue is needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any, cast

from hypothesis import strategies as st

from creditrules.errors import Span
from creditrules.evaluate.candidates import Candidates, Row
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import All, Condition, Not, Op, Some, Test, Value, tests_in, truth_of
from creditrules.model.memorandum import Effect, Measure
from creditrules.model.rulebook import Guard, Rule, Rulebook
from creditrules.model.text import Text
from creditrules.model.time import Period

ON = date(2018, 12, 20)
SPAN = Span("memoranda/invented.yaml", 7, 5, 9)
_serial = count()


def rulebook_of(*conditions: Condition, lists: Mapping[str, tuple[int, ...]] | None = None) -> Rulebook:
    """Make a rulebook of one guard a condition, one rule a guard; without *lists* all stand on list `a`."""
    rules = tuple(_rule(n) for n in range(len(conditions)))
    guards = tuple(Guard(n, condition, (n,)) for n, condition in enumerate(conditions))
    by_list = {"a": tuple(range(len(guards)))} if lists is None else lists
    nothing = cast(Catalogue, None)
    key = f"test-{next(_serial)}"
    return Rulebook(nothing, ON, False, rules, guards, by_list, (), (), key=key)


def _rule(number: int) -> Rule:
    effect = Effect("restrict")
    measure = Measure(str(number), (effect,), Text("措施", "measure"), span=SPAN)
    bases: tuple[Basis, ...] = ()
    return Rule(number, f"invented/{number}", None, measure, effect, frozenset({"a"}), (), (), bases)


def candidates_of(rulebook: Rulebook, *rows: Mapping[str, Value | None], on_list: str = "a") -> Candidates:
    """Make candidates from mappings of the fields that the guards test; what one leaves out is unknown."""
    fields = tuple(sorted({t.path for guard in rulebook.guards for t in tests_in(guard.condition)}))
    made = (Row(0, n - 1, on_list, tuple(row.get(path) for path in fields)) for n, row in enumerate(rows))
    return Candidates(fields, tuple(made))


def meaning(rulebook: Rulebook, candidates: Candidates) -> list[tuple[int, int, int]]:
    """Return the hits that the definition of conditions gives."""
    return sorted(
        (guard, number, int(truth))
        for number, row in enumerate(candidates.rows)
        for guard in rulebook.guards_for(row.list_key)
        if (truth := truth_of(rulebook.guards[guard].condition, _lookup(candidates, row), rulebook.on))
    )


def _lookup(candidates: Candidates, row: Row) -> Any:
    return dict(zip(candidates.fields, row.values, strict=True)).get


# What durable-rules confuses: prefixes and blanks, quotes, escapes, a NUL, one hash, long and lone ones.
TEXTS = (
    *("", "a", "a ", "a!", "Li", "Li Wei", "丹东", "😀", "'", '"', 'q"x', "b\\n", "\n", "\x00", "true", "5"),
    *("pijp3tw243", "pmypz73vb0", "x" * 10, "x" * (65536 + 10), "\ud800"),
)
NUMBERS = (True, False, -1, 0, 1, 5, 64, 10**12, 2**53 - 1, 2**53, -(2**53))
DAYS = (
    date.min,
    date.max,
    *(ON + timedelta(n) for n in (-2000, -1827, -1826, -366, -365, -31, -1, 0, 1, 30)),
)

# The first letter of a field says what it holds; `t` texts are compared for order too, `w` texts never.
FIELDS = ("b", "d", "e", "m", "n", "t", "w", "x")
_YES_NO = st.sampled_from((True, False))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "b": _YES_NO,
    **dict.fromkeys("de", st.sampled_from(DAYS)),
    **dict.fromkeys("mn", st.sampled_from(NUMBERS) | st.integers(-(2**53), 2**53)),
    **dict.fromkeys("twx", st.sampled_from(TEXTS) | st.text(max_size=3)),
}
_ORDER = (Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN)
_OPS = {"b": (Op.IS, Op.IN, Op.EXISTS), **dict.fromkeys("wx", (Op.IS, Op.IN, Op.EXISTS))}
PERIODS = st.builds(Period, st.integers(0, 5), st.integers(0, 11), st.integers(0, 40))


@st.composite
def a_test(draw: st.DrawFn) -> Test:
    """Draw one test of a field, with every operator that fits what it holds."""
    path = draw(st.sampled_from(FIELDS))
    more = (Op.WITHIN,) if path in "de" else ()
    op = draw(st.sampled_from(_OPS.get(path, (Op.IS, Op.IN, Op.EXISTS, *_ORDER, *more))))
    match op:
        case Op.EXISTS:
            return Test(path, op)
        case Op.WITHIN:
            return Test(path, op, draw(PERIODS))
        case Op.IN:
            return Test(path, op, tuple(draw(st.lists(VALUES[path], min_size=1, max_size=5))))
        case _:
            return Test(path, op, draw(VALUES[path]))


def conditions() -> st.SearchStrategy[Condition]:
    """Draw conditions, nested, the empty ones included."""
    return st.recursive(
        cast(st.SearchStrategy[Condition], a_test()),
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(All, st.lists(inner, max_size=4).map(tuple))
            | st.builds(Some, st.lists(inner, max_size=4).map(tuple))
        ),
        max_leaves=12,
    )


def rows() -> st.SearchStrategy[dict[str, Value | None]]:
    """Draw what is known of a candidate; a third of it is not."""
    return st.fixed_dictionaries(
        {path: st.none() | VALUES[path] | VALUES[path] for path in FIELDS},
    )
