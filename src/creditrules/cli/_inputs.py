"""CLI: from paths on a command line to a catalogue, a dossier, a decision."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from creditrules.cli._state import State
from creditrules.cli._usage import nearest, usage_error
from creditrules.errors import FactsError, Finding, Span

if TYPE_CHECKING:
    from creditrules.load.sources import CatalogueSource
    from creditrules.model.catalogue import Catalogue
    from creditrules.model.decision import Decision
    from creditrules.model.dossier import Dossier
    from creditrules.model.rulebook import Rulebook

STDIN = "<stdin>"
SHIPPED = "default"


@frozen
class Question:
    """What `decide`, `why` and `why-not` ask alike: which day, as known when, by which engine."""

    on: date
    known: date | None = None
    engine: str = "checked"
    catalogues: tuple[str, ...] = ()
    recalled: bool = False


def load(paths: Sequence[str], state: State) -> Catalogue:
    """Load the catalogues at the paths, the first at the bottom; `default` names the shipped one.

    What is no path may be the name under which an installed package offers a catalogue. Such a catalogue
    stands on the shipped one, unless another is named before it.

    Raises:
        UsageError: CR557, there is nothing at a path.
        CatalogueError: the documents have findings.
    """
    from creditrules import load_catalogue

    sources = sources_of(paths)
    with state.timed("load catalogue"):
        return load_catalogue(*sources)


def sources_of(paths: Sequence[str]) -> list[str | CatalogueSource]:
    """Return the catalogues that paths and names on a command line mean, the first at the bottom.

    Raises:
        UsageError: CR557, there is nothing at a path, and no package offers a catalogue of that name.
    """
    below = [SHIPPED] if paths and paths[0] != SHIPPED and not Path(paths[0]).exists() else []
    return [_source(path) for path in (*below, *paths)]


def _source(path: str) -> str | CatalogueSource:
    from creditrules.load.shipped import default_source

    if path == SHIPPED:
        return default_source()
    if Path(path).exists():
        return path
    from creditrules.load.plugins import installed_names, installed_sources

    if path in installed_names():
        return installed_sources(path)[0]
    raise usage_error("CR557", path)


def rulebook(question: Question, state: State) -> Rulebook:
    """Make the rulebook of the day."""
    catalogue = load(question.catalogues, state)
    with state.timed("make rulebook"):
        return catalogue.rulebook(on=question.on, recalled=question.recalled)


def read(path: str, catalogue: Catalogue, state: State) -> Dossier:
    """Read the dossier at a path, or from standard input for `-`.

    Raises:
        UsageError: CR557 or CR558, there is no file to read.
        FactsError: the dossier has findings.
    """
    from creditrules import read_dossier

    with state.timed("read dossier"):
        if path == "-":
            return read_text(sys.stdin.buffer.read(), catalogue, STDIN)
        check_file(path)
        return read_dossier(path, catalogue)


def read_text(data: bytes, catalogue: Catalogue, file: str) -> Dossier:
    """Read a dossier from bytes that came from *file*.

    Raises:
        FactsError: CR559, they are not UTF-8 text; or the dossier has findings.
    """
    from creditrules.load.dossier import read_dossier_text

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        column = len(data[: error.start].rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        line = data[: error.start].count(b"\n") + 1
        span = Span(file, line, column, column + 1)
        raise FactsError([Finding("CR559", span, {"byte": f"0x{data[error.start]:02x}"})]) from None
    return read_dossier_text(text, catalogue, file=file)


def check_file(path: str) -> None:
    """Say so when a path is no file that can be read.

    Raises:
        UsageError: CR557, there is nothing; CR558, it is a folder or may not be read.
    """
    found = Path(path)
    if not found.exists():
        raise usage_error("CR557", path)
    try:
        found.open("rb").close()
    except OSError:
        raise usage_error("CR558", path) from None


def check_there(path: str) -> None:
    """Say so when there is nothing at a path.

    Raises:
        UsageError: CR557.
    """
    if not Path(path).exists():
        raise usage_error("CR557", path)


def decided(dossier: Dossier, book: Rulebook, question: Question, state: State) -> Decision:
    """Decide a dossier."""
    from creditrules import decide

    with state.timed("decide"):
        return decide(book, dossier, known=question.known, engine=question.engine)


def check_unit(unit: str | None, book: Rulebook) -> None:
    """Say so when no unit of the day has a name.

    Raises:
        UsageError: CR532, with the nearest names.
    """
    from creditrules.decide.unit_names import all_names, units_called

    if unit is not None and not units_called(unit, book):
        raise usage_error("CR532", unit, **nearest(unit, all_names(book)))
