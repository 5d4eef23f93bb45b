"""Load: what a sheet of a workbook of examples is: columns that are found by their header, in any order."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen
class Column:
    """A column: its key in the format of examples, its names, what stands in it, whether it must be there."""

    key: str
    zh: str
    en: str
    kind: str = "text"
    words: Mapping[str, tuple[str, str]] | None = None
    required: bool = False
    # Whether a template and a workbook show it though nothing stands in it.
    core: bool = True

    def title(self, lang: str) -> str:
        """Return the header in one language."""
        return self.zh if lang == "zh" else self.en


@frozen
class Sheet:
    """A sheet: its key, its names, its columns; `part` is the key of what its rows are in a dossier."""

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]

    def title(self, lang: str) -> str:
        """Return the name in one language."""
        return self.zh if lang == "zh" else self.en

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.columns if column.key == key)


def rare(key: str, zh: str, en: str, kind: str = "text") -> Column:
    """Return a column that a workbook shows only when something stands in it."""
    return Column(key, zh, en, kind, core=False)


STEP = Column("step", "步骤", "step", "label", core=False)
SINCE, UNTIL = Column("since", "自", "since", "date"), Column("until", "至", "until", "date")
