"""Population: tables of answers that are laid out when they are read, and only the columns asked for.

What was decided is short: candidates, the pattern of each, and the slots of each pattern. Laid out it is rows
by the million whose columns mostly repeat one another; so that waits until somebody wants to see them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from creditrules.population.memory import kept_memory

# Makes some columns of a table, all of them for None.
Maker = Callable[[Collection[str] | None], Any]


class Laid(Mapping[str, Any]):
    """Tables of Arrow by name, each laid out once, when it is first read."""

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return a table with all its columns."""
        if name not in self._made:
            with kept_memory():
                self._made[name] = self._makers[name](None)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def columns(self, name: str, wanted: Collection[str]) -> Any:
        """Return some columns of a table, in its own order; of a table not read yet no others are made."""
        table = self._made.get(name)
        if table is not None and set(wanted) <= set(table.column_names):
            return chosen(table, wanted)
        with kept_memory():
            return self._makers[name](wanted)


def made(columns: Mapping[str, Callable[[], Any]], wanted: Collection[str] | None) -> dict[str, Any]:
    """Make those columns that are wanted."""
    return {name: make() for name, make in columns.items() if wanted is None or name in wanted}


def columns_of(tables: Mapping[str, Any], name: str, wanted: Collection[str]) -> Any:
    """Return some columns of one of several tables."""
    return tables.columns(name, wanted) if isinstance(tables, Laid) else chosen(tables[name], wanted)


def chosen(table: Any, wanted: Collection[str] | None) -> Any:
    """Return those columns of a table that are wanted, in its own order."""
    if wanted is None:
        return table
    return table.select([name for name in table.column_names if name in wanted])
