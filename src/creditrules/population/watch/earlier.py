"""Population, watch: an earlier run, as the folder it was written to: its question, and what it decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.errors import Finding, Span, UsageError
from creditrules.model.catalogue import Catalogue
from creditrules.population.differences import RULES, Side
from creditrules.population.manifest import FORM, NAME
from creditrules.population.sources import Source

# The column that says whom a row is about; a part is about the target of its action.
ABOUT = {
    **{"actions": "target", "undetermined": "target", "set_aside": "target"},
    **{"records": "file_of", "statuses": "listed"},
}


@frozen(eq=False)
class Earlier:
    """A finished run: its folder, what it decided about, and the numbers of its chunks."""

    folder: Path
    about: Mapping[str, Any]
    done: Mapping[int, Mapping[str, Any]]

    @property
    def on(self) -> date:
        """The day it decided for."""
        return date.fromisoformat(self.about["day"])

    @property
    def recalled(self) -> bool:
        """Whether measures known from memory only were applied."""
        return bool(self.about["recalled"])

    def read(self, path: Path, where: pl.Expr | None = None) -> pl.DataFrame:
        """Read a file of answers, all of its rows or some.

        Raises:
            UsageError: CR491, it is missing or broken.
        """
        try:
            rows = pl.scan_parquet(path)
            return (rows if where is None else rows.filter(where)).collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise _unfinished(self.folder, str(error).splitlines()[0][:200]) from None

    def about_some(
        self, targets: pl.Series, name: str, number: int, actions: pl.DataFrame | None
    ) -> pl.DataFrame:
        """Return the rows of a chunk that are about some subjects; parts are those of the actions given."""
        path = self.folder / name / f"{number:05}.parquet"
        if name == "parts":
            assert actions is not None
            return self.read(path, pl.col("action").is_in(actions["action"].implode()))
        return self.read(path, is_about(name, targets, self._ids(path, ABOUT[name])))

    def _ids(self, path: Path, column: str) -> Any:
        try:
            return pl.read_parquet_schema(path)[column]
        except (OSError, KeyError, pl.exceptions.PolarsError) as error:
            raise _unfinished(self.folder, str(error).splitlines()[0][:200]) from None

    def side(self, targets: pl.Series) -> Side:
        """Return the answers about some subjects as one side of a comparison."""
        found: dict[str, list[pl.DataFrame]] = {"actions": [], "parts": [], "undetermined": []}
        for number in sorted(self.done):
            for name, pieces in found.items():
                actions = found["actions"][-1] if name == "parts" else None
                pieces.append(self.about_some(targets, name, number, actions))
        rules = self.read(self.folder / "rules.parquet").select(RULES)
        actions, parts, undetermined = (pl.concat(pieces) for pieces in found.values())
        return Side(actions, parts, undetermined, rules)


def is_about(name: str, targets: pl.Series, kind: Any) -> pl.Expr:
    """Return the condition that a row of answers is about some subjects; *kind* is the type of ids."""
    key = pl.col(ABOUT[name])
    if kind != targets.dtype:
        key, targets = key.cast(pl.String), targets.cast(pl.String)
    return key.is_in(targets.implode()).fill_null(False)


def opened_run(folder: Path) -> Earlier:
    """Open the folder of a run.

    Raises:
        UsageError: CR491, it holds no finished run.
    """
    try:
        data = json.loads((folder / NAME).read_text("utf-8"))
        done = {int(number): chunk for number, chunk in data["done"].items()}
        chunks, about, form = int(data["chunks"]), data["about"], data["form"]
    except FileNotFoundError:
        raise _unfinished(folder, f"no {NAME}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise _unfinished(folder, f"{NAME} cannot be read") from None
    if form != FORM or not isinstance(about, dict) or not {"day", "catalogue", "recalled"} <= about.keys():
        raise _unfinished(folder, f"{NAME} is of another form")
    if len(done) < chunks:
        raise _unfinished(folder, f"{len(done)} of {chunks} chunks are done")
    return Earlier(folder, about, done)


def check_follows(earlier: Earlier, catalogue: Catalogue, on: date) -> None:
    """Say so when what is decided now does not follow from an earlier run.

    Raises:
        UsageError: CR492, the run was made with another catalogue or another version, or as on what was known
            on a day; CR493, the day is before that of the run.
    """
    from creditrules import __version__

    about, found = earlier.about, []
    same = (
        ("catalogue", about["catalogue"], catalogue.digest),
        ("version", about.get("version"), __version__),
        ("known", about.get("known"), None),
    )
    for name, theirs, ours in same:
        if theirs != ours:
            words = {
                "given": str(earlier.folder),
                "what": name,
                "theirs": _short(theirs),
                "ours": _short(ours),
            }
            found.append(Finding("CR492", Span(str(earlier.folder)), words))
    if on < earlier.on:
        words = {"given": str(on), "day": str(earlier.on)}
        found.append(Finding("CR493", Span(str(earlier.folder)), words))
    if found:
        raise UsageError(found)


def check_tables(earlier: Earlier, source: Source) -> None:
    """Say so when tables are not those a run was made from, as far as their files tell by name and size.

    Raises:
        UsageError: CR494.
    """
    theirs, ours = (
        {k: str(v).partition(":")[0] for k, v in each.items()}
        for each in (earlier.about["tables"], source.stamp())
    )
    differing = sorted(name for name in theirs.keys() | ours.keys() if theirs.get(name) != ours.get(name))
    if differing:
        words = {"given": str(earlier.folder), "files": ", ".join(differing)}
        raise UsageError([Finding("CR494", Span(str(earlier.folder)), words)])


def _short(value: object) -> str:
    return "–" if value is None else str(value)[:16]


def _unfinished(folder: Path, problem: str) -> UsageError:
    return UsageError([Finding("CR491", Span(str(folder)), {"given": str(folder), "problem": problem})])
