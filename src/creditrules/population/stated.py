"""Population: facts, each read by the type it is declared with, and what is stated of each on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.load.dossier_facts import LARGEST
from creditrules.load.forbidden import is_forbidden_category
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import FactDeclaration
from creditrules.population.arrays import by_word
from creditrules.population.columns import converted
from creditrules.population.encoded import Stated
from creditrules.population.ledger import Ledger

# Where the value of a fact of each type may stand, besides `value`.
_COLUMN = {
    "boolean": "value_boolean",
    "integer": "value_number",
    "money": "value_number",
    "share": "value_number",
    "date": "value_date",
    "choice": "value_text",
    "text": "value_text",
}
_HOLDS = {"boolean": "yes_no", "date": "day", "choice": "text", "text": "text"}


@frozen(eq=False)
class Named:
    """Rows of one fact: the places of the rows, and their values."""

    rows: Any
    values: pl.Series


def read_facts(
    frame: pl.DataFrame, declared: Mapping[str, FactDeclaration], ledger: Ledger
) -> dict[str, Named]:
    """Return the rows of every declared fact with their values.

    Rejected are facts nobody may collect (CR410), built-in ones (CR429), undeclared ones (CR421), and values
    that do not fit (CR424 to CR427).
    """
    found: dict[str, Named] = {}
    for name, rows in _by_name(frame["name"]):
        code = _fault(name, declared)
        if code is None:
            found[name] = _read(frame[rows], rows, declared[name], ledger)
        else:
            # The name of what nobody may collect is not repeated either.
            shown = None if code == "CR410" else frame["name"]
            ledger.reject("facts", _mask(rows, frame.height), code, "name", shown)
    return found


def _by_name(names: pl.Series) -> Iterator[tuple[str, Any]]:
    """Yield every name with the rows that bear it."""
    words: list[str] = []

    def numbered(distinct: list[str | None]) -> Any:
        numbers = [-1 if word is None else len(words) + n for n, word in enumerate(distinct)]
        words.extend(word for word in distinct if word is not None)
        return np.array(numbers, np.int32)

    if not len(names):
        return
    numbers = by_word(names, numbered)
    rows = np.argsort(numbers, kind="stable")
    first = np.searchsorted(numbers[rows], np.arange(len(words) + 1))
    for n in sorted(range(len(words)), key=words.__getitem__):
        if first[n] < first[n + 1]:
            yield words[n], rows[first[n] : first[n + 1]]


def _fault(name: str, declared: Mapping[str, FactDeclaration]) -> str | None:
    if is_forbidden_category(name):
        return "CR410"
    if name in BUILTIN_FACTS:
        return "CR429"
    return None if name in declared else "CR421"


def _read(frame: pl.DataFrame, rows: Any, fact: FactDeclaration, ledger: Ledger) -> Named:
    stated = frame[_COLUMN[fact.type]]
    if stated.null_count() and frame["value"].null_count() < frame.height:
        text = frame["value"]
        stated = _first(converted(text, _HOLDS.get(fact.type, "number")), stated)
    values, code = value_of(stated, fact)
    if values.null_count():
        size = len(ledger.fates["facts"])
        shown = pl.Series("value", [None], pl.String).new_from_index(0, size)
        shown = shown.scatter(rows, _first(frame["value"], stated.cast(pl.String)))
        ledger.reject("facts", _mask(rows[values.is_null().to_numpy()], size), code, "value", shown)
    return Named(rows, values)


def _first(one: pl.Series, two: pl.Series) -> pl.Series:
    """Return the first of two values that is given."""
    frame = pl.DataFrame([one.alias("one"), two.alias("two")])
    return frame.select(pl.coalesce("two", "one")).to_series()


def value_of(stated: pl.Series, fact: FactDeclaration) -> tuple[pl.Series, str]:
    """Return values as the kernel compares them (money in fen), null where one does not fit, and the code."""
    match fact.type:
        case "boolean":
            return converted(stated, "yes_no"), "CR424"
        case "date":
            return converted(stated, "day"), "CR424"
        case "choice":
            meant = {name: key for key, text in fact.choices.items() for name in (text.zh, text.en) if name}
            meant |= {key: key for key in fact.choices}
            if isinstance(stated.dtype, pl.Enum) and set(stated.dtype.categories) <= set(fact.choices):
                return stated, "CR425"
            words = stated.cast(pl.String)
            return words.replace_strict(meant, default=None, return_dtype=pl.String), "CR425"
        case "text":
            return converted(stated, "text").cast(pl.String), "CR424"
    scale = 1 if fact.type == "integer" else 100
    if stated.dtype.is_integer():
        return _whole(stated.cast(pl.Int64, strict=False), scale)
    numbers = converted(stated, "number")
    whole = (numbers * scale).cast(pl.Int64, strict=False)
    frame = pl.DataFrame([numbers.alias("number"), whole.alias("whole")])
    exact = (pl.col("whole").cast(pl.Decimal(38, 6)) == pl.col("number") * scale) & (
        pl.col("whole").abs() <= LARGEST
    )
    return frame.select(pl.when(exact).then("whole")).to_series(), "CR426" if scale == 100 else "CR424"


def _whole(numbers: pl.Series, scale: int) -> tuple[pl.Series, str]:
    most = LARGEST // scale
    if len(numbers) and ((numbers.max() or 0) > most or (numbers.min() or 0) < -most):  # type: ignore[operator]
        numbers = numbers.set((numbers.abs() > most).fill_null(False), None)
    return numbers * scale, "CR427"


def wide_facts(
    table: str, frame: pl.DataFrame, declared: Mapping[str, FactDeclaration], ledger: Ledger
) -> dict[str, pl.Series]:
    """Return the columns of a table that state facts; a value that does not fit rejects its row."""
    found = {}
    for name in frame.columns:
        fact = declared.get(name)
        if fact is None:
            continue
        if (fact.about == "listing") != (table == "listings"):
            ledger.reject(table, frame[name].is_not_null().to_numpy(), "CR423", name)
            continue
        values, code = value_of(frame[name], fact)
        if values.null_count() > frame[name].null_count():
            lost = values.is_null() & frame[name].is_not_null()
            ledger.reject(table, lost.to_numpy(), code, name, frame[name])
        found[name] = values
    return found


def on_the_day(frame: pl.DataFrame, named: Named, about: str, owners: Any, used: Any, today: Any) -> Stated:
    """Return what is stated of a fact on a day: of each owner the statement recorded last that covers it."""
    rows = named.rows
    part = pl.DataFrame(
        {
            "owner": owners[rows],
            "value": named.values,
            "since": frame["since"][rows],
            "until": frame["until"][rows],
            "recorded": frame["recorded"][rows],
            "used": used[rows],
        }
    )
    covers = (pl.col("since").is_null() | (pl.col("since") <= today)) & (
        pl.col("until").is_null() | (today <= pl.col("until"))
    )
    kept = part.filter("used", covers)
    if kept["owner"].n_unique() < kept.height:
        kept = kept.sort("recorded", "since", descending=True, nulls_last=True, maintain_order=True)
        kept = kept.unique("owner", keep="first", maintain_order=True)
    return Stated(about, kept["owner"].to_numpy(), kept["value"])


def check_contradictions(frame: pl.DataFrame, named: Named, ledger: Ledger) -> None:
    """Reject statements recorded together that give one fact two values on one day (CR428)."""
    rows = named.rows
    part = pl.DataFrame(
        {
            "row": rows,
            "owner": frame["owner"][rows],
            "version": frame["version"][rows],
            "recorded": frame["recorded"][rows],
            "since": frame["since"][rows],
            "until": frame["until"][rows],
            "value": named.values.cast(pl.String),
        }
    )
    keys = ["owner", "version", "recorded"]
    part = part.filter(pl.Series(ledger.is_used("facts")[rows]))
    if part.height == part.select(keys).n_unique():
        return
    part = part.filter(pl.struct(keys).is_duplicated()).sort(*keys, "since", nulls_last=False)
    bad: list[int] = []
    for _, group in part.group_by(keys, maintain_order=True):
        if _contradicts(group):
            bad += group["row"].to_list()
    ledger.reject("facts", _mask(np.array(bad, np.int64), frame.height), "CR428", "value")


def _contradicts(group: pl.DataFrame) -> bool:
    entries = group.select("since", "until", "value").rows()
    for n, (since, until, value) in enumerate(entries):
        for later_since, later_until, other in entries[n + 1 :]:
            apart = (until is not None and later_since is not None and until < later_since) or (
                later_until is not None and since is not None and later_until < since
            )
            if value != other and not apart:
                return True
    return False


def _mask(rows: Any, size: int) -> Any:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return mask
