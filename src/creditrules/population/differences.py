"""Population: where two sets of answers differ: in actions, and in what is undetermined.

An action is known by its target, its unit, its effect and its matter. It is changed when its row differs, or
when its parts do: which measures carry it along which way, on which bases, how strictly, between which days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import polars as pl
from attrs import evolve, frozen

from creditrules.model.rulebook import Rulebook
from creditrules.population.arrow import frame_of
from creditrules.population.marks import mark_of, paired, sums
from creditrules.population.side_tables import bases_digest

GAINED, LOST, CHANGED = "gained", "lost", "changed"
CHANGES = (GAINED, LOST, CHANGED)
RAISED, SETTLED = "raised", "settled"
KEYS = ("unit", "target", "effect", "matter")
_SAID = ("discretion", "since", "until", "review", "local")
ASPECTS = (*_SAID, "measures", "bases", "parts")
RULES = ("rule", "memorandum", "measure", "bases_digest")
_ROUTE = ("listing", "listed", "direction", "role", "organisation")
_IDS = ("listing", "listed", "organisation", "target")
_MARKS = ("measures", "bases", "shares")


@frozen(eq=False)
class Side:
    """The answers of one side, as frames of Polars; `rules` says of each rule its measure and its bases."""

    actions: pl.DataFrame
    parts: pl.DataFrame
    undetermined: pl.DataFrame
    rules: pl.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, Any], rulebook: Rulebook) -> Side:
        """Take the answers of the kernel."""
        actions, parts, undetermined = (
            frame_of(tables[name]) for name in ("actions", "parts", "undetermined")
        )
        return cls(actions, parts, undetermined, rules_of(rulebook))

    @classmethod
    def joined(cls, sides: Iterable[Side]) -> Side:
        """Return the answers of several parts of a population as one; all are of one rulebook."""
        first, *rest = sides
        if not rest:
            return first
        names = ("actions", "parts", "undetermined")
        actions, parts, undetermined = (
            pl.concat([getattr(each, name) for each in (first, *rest)]) for name in names
        )
        return cls(actions, parts, undetermined, first.rules)


@frozen(eq=False)
class Differences:
    """What differs between two sides.

    `actions` has one row for each action that was gained, lost or changed, with what it was (`…_before`) and
    is (`…_after`) and, of a changed one, the `aspects` that differ. `parts` are the parts of these actions on
    either side. `undetermined` are the questions that were raised or settled.
    """

    actions: pl.DataFrame
    parts: pl.DataFrame
    undetermined: pl.DataFrame

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return one of the tables."""
        found: pl.DataFrame = getattr(self, name)
        return found


def rules_of(rulebook: Rulebook) -> pl.DataFrame:
    """Return of each rule its document, its measure, and a digest of its bases."""
    rows = [
        {"rule": r.key, "memorandum": r.document, "measure": r.part, "bases_digest": bases_digest(r.bases)}
        for r in rulebook.rules
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(RULES, pl.String))


# The aspects of each combination: of many rows there are few.
_ASPECTS = pl.Series(
    [[name for n, name in enumerate(ASPECTS) if bits >> n & 1] for bits in range(2 ** len(ASPECTS))]
)


def differences(before: Side, after: Side) -> Differences:
    """Return where two sides differ: first what is lost or changed, then what is gained."""
    with ThreadPoolExecutor(2) as pool:
        was, now = pool.map(_Marked.of, _alike(before, after))
    one, other, lost, gained = paired(was.keys, now.keys)
    differ = was.whole[one] != now.whole[other]
    one, other = one[differ], other[differ]
    rows = np.concatenate([one, lost]), np.concatenate([other, np.full(len(lost), -1)])
    order = np.argsort(rows[0], kind="stable")
    mine = np.concatenate([rows[0][order], np.full(len(gained), -1)])
    theirs = np.concatenate([rows[1][order], gained])
    actions = _rows(was, now, mine, theirs)
    parts = [
        side.parts_of(rows, name) for side, rows, name in ((was, mine, "before"), (now, theirs, "after"))
    ]
    return Differences(actions, pl.concat(parts, how="vertical_relaxed"), _undetermined(was.side, now.side))


def _rows(was: _Marked, now: _Marked, mine: Any, theirs: Any) -> pl.DataFrame:
    """Return one row for each difference; -1 stands for an action that is not there."""
    one, two = (
        side.side.actions.drop("parts").with_columns(
            pl.Series(name, marks) for name, marks in side.marks.items()
        )
        for side in (was, now)
    )
    places = [pl.Series(rows).set(pl.Series(rows < 0), None) for rows in (mine, theirs)]
    one, two = (_taken(frame, place) for frame, place in zip((one, two), places, strict=True))
    met = pl.concat([one, two.rename({name: f"{name}_after" for name in two.columns})], how="horizontal")
    told = met.select(*_columns())
    return told.with_columns(told.select(pl.lit(_ASPECTS).gather("aspects").alias("aspects"))).with_row_index(
        "difference"
    )


def _taken(frame: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    return frame.select(pl.all().gather(places)) if frame.height else frame.clear(len(places))


def _columns() -> list[pl.Expr]:
    was, now = pl.col("action").is_not_null(), pl.col("action_after").is_not_null()
    change = pl.when(~was).then(pl.lit(GAINED)).when(~now).then(pl.lit(LOST)).otherwise(pl.lit(CHANGED))
    differ = {name: pl.col(name).ne_missing(pl.col(f"{name}_after")) for name in (*_SAID, *_MARKS)}
    # What a single part says is told when nothing else says what differs.
    differ["parts"] = differ.pop("shares") & ~pl.any_horizontal(differ.values())
    bits = pl.sum_horizontal(each.cast(pl.UInt32) * 2**n for n, each in enumerate(differ.values()))
    return [
        change.cast(pl.Enum(CHANGES)).alias("change"),
        *(pl.coalesce(pl.col(word), pl.col(f"{word}_after")).alias(word) for word in KEYS),
        pl.when(was & now).then(bits).alias("aspects"),
        *(
            pl.col(column).alias(f"{name}_{side}")
            for name in (*_SAID, "action")
            for side, column in (("before", name), ("after", f"{name}_after"))
        ),
    ]


@frozen(eq=False)
class _Marked:
    """A side with marks for its actions and their parts; `owner` is the row of the action of each part."""

    side: Side
    owner: Any
    marks: Mapping[str, Any]
    keys: tuple[Any, pl.Series, Any]
    whole: Any

    @classmethod
    def of(cls, side: Side) -> _Marked:
        """Work out the marks of a side."""
        side, first = _in_order(side)
        actions, parts = side.actions, side.parts
        measure, bases = _by_rule(side)
        route = mark_of([measure, *(parts[name] for name in _ROUTE)])
        shares = mark_of([route, *(parts[name] for name in ("discretion", "since", "until"))])
        found = zip(_MARKS, (route, bases, shares), strict=True)
        marks = {name: sums(each, first) for name, each in found}
        place = _place(actions)
        key = mark_of([actions["target"], place])
        whole = mark_of([key, *(actions[name] for name in _SAID), *marks.values()])
        owner = np.repeat(np.arange(len(first)), np.diff(np.append(first, parts.height)))
        return cls(side, owner, marks, (key, actions["target"], place), whole)

    def parts_of(self, rows: Any, name: str) -> pl.DataFrame:
        """Return the parts of the actions in some rows, with the number of the difference of each."""
        number = np.full(self.side.actions.height, -1)
        there = np.flatnonzero(rows >= 0)
        number[rows[there]] = there
        of_part = number.take(self.owner)
        kept = np.flatnonzero(of_part >= 0)
        rules = self.side.rules.select(
            pl.col("rule").cast(self.side.parts["rule"].dtype), "memorandum", "measure"
        )
        found = self.side.parts[kept].with_columns(pl.Series("difference", of_part[kept], pl.UInt32))
        found = found.join(rules, on="rule", how="left", maintain_order="left").sort(
            "difference", maintain_order=True
        )
        days = ("discretion", "since", "until")
        side = pl.lit(name).cast(_SIDES).alias("side")
        return found.select("difference", side, "memorandum", "measure", "rule", *_ROUTE, *days)


def _in_order(side: Side) -> tuple[Side, Any]:
    """Return a side whose parts stand in the order of the actions, and where those of each action begin."""
    numbers = side.parts["action"].to_numpy()
    first = (
        np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1]))
        if len(numbers)
        else np.zeros(0, np.int64)
    )
    if np.array_equal(numbers[first], side.actions["action"].to_numpy()):
        return side, first
    place = side.actions.select("action").with_row_index("place")
    placed = side.parts.join(place, on="action", how="inner", maintain_order="left")
    placed = placed.sort("place", maintain_order=True)
    return _in_order(evolve(side, parts=placed.drop("place")))


def _by_rule(side: Side) -> tuple[Any, Any]:
    """Return for each part a mark of its measure, and one of the bases of its rule."""
    rules = side.rules
    measure = mark_of([rules["memorandum"], rules["measure"]])
    bases = mark_of([rules["bases_digest"]])
    key = rules["rule"].cast(side.parts["rule"].dtype).to_physical().to_numpy()
    asked = side.parts["rule"].to_physical().to_numpy()
    table = np.zeros((2, int(max(key.max(initial=0), asked.max(initial=0))) + 1), np.uint64)
    table[0, key], table[1, key] = measure, bases
    return table[0].take(asked), table[1].take(asked)


def _place(actions: pl.DataFrame) -> Any:
    """Return unit, effect and matter of each action as one number."""
    place = np.zeros(actions.height, np.uint64)
    for name in ("unit", "effect", "matter"):
        words = actions[name].to_physical().cast(pl.UInt64) + 1
        place = (place << np.uint64(21)) | words.fill_null(0).to_numpy()
    return place


def joined_differences(several: Sequence[Differences]) -> Differences:
    """Return the differences of several parts of a population as one, numbered through."""
    first, actions, parts = 0, [], []
    for each in several:
        add = pl.col("difference") + pl.lit(first, pl.UInt32)
        actions.append(each.actions.with_columns(add))
        parts.append(each.parts.with_columns(add))
        first += each.actions.height
    return Differences(pl.concat(actions), pl.concat(parts), pl.concat([e.undetermined for e in several]))


_SIDES = pl.Enum(["before", "after"])


def _undetermined(before: Side, after: Side) -> pl.DataFrame:
    key = ["what", "memorandum", "measure", "unit", *_ROUTE, "target", "asks"]
    one, two = (_questions(side) for side in _alike(before, after))
    settled = one.join(two, on=key, how="anti", nulls_equal=True)
    raised = two.join(one, on=key, how="anti", nulls_equal=True)
    both = pl.Enum([RAISED, SETTLED])
    told = [
        rows.unique(key, maintain_order=True).select(pl.lit(word).cast(both).alias("change"), *key)
        for rows, word in ((settled, SETTLED), (raised, RAISED))
    ]
    return pl.concat(told, how="vertical_relaxed")


def _questions(side: Side) -> pl.DataFrame:
    rules = side.rules.select(pl.col("rule").cast(side.undetermined["rule"].dtype), "memorandum", "measure")
    rows = side.undetermined.join(rules, on="rule", how="left", maintain_order="left")
    return rows.with_columns(pl.col("facts").list.join(",").alias("asks"))


def _alike(*sides: Side) -> tuple[Side, Side]:
    """Return two sides with ids of one type: as texts where one side has texts."""
    one, two = sides
    kinds = {side.actions["target"].dtype for side in sides} | {side.parts["listing"].dtype for side in sides}
    if len(kinds) == 1 or all(one.parts[c].dtype == two.parts[c].dtype for c in ("listing", "listed")):
        return one, two
    return _as_texts(one), _as_texts(two)


def _as_texts(side: Side) -> Side:
    frames = {}
    for name in ("actions", "parts", "undetermined"):
        frame: pl.DataFrame = getattr(side, name)
        frames[name] = frame.with_columns(pl.col(c).cast(pl.String) for c in _IDS if c in frame.columns)
    return Side(**frames, rules=side.rules)
