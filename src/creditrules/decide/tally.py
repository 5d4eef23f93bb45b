"""Decide: count the measures of a selection by what they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from creditrules.decide.selection import Found, Selection

# A measure that names two units is counted for both; one of which nothing is known, under the empty key.
_KEYS: Mapping[str, Callable[[Found], Iterable[str]]] = {
    "unit": lambda f: (act.unit for line in f.lines for act in line.acts),
    "matter": lambda f: (matter for line in f.lines for matter in line.effect.matters),
    "list": lambda f: (key for line in f.lines for key in line.lists),
    "effect": lambda f: (line.effect.effect or "" for line in f.lines),
    "kind": lambda f: f.measure.kinds,
    "memorandum": lambda f: (f.memorandum.key,),
    "rank": lambda f: (f.rank.value if f.rank else "",),
}
COUNTS = tuple(_KEYS)


def count_by(selection: Selection, what: str) -> tuple[tuple[str, int], ...]:
    """Return how many measures there are for each key of one of `COUNTS`, the most first.

    Raises:
        KeyError: nothing of that name can be counted.
    """
    counted: Counter[str] = Counter()
    for found in selection.measures:
        counted.update(dict.fromkeys(_KEYS[what](found), 1) or {"": 1})
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
