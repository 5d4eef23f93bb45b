"""CLI, part of `coverage` and `mutate`: which examples are meant, numbers within bounds, and a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from creditrules.cli._inputs import SHIPPED, sources_of
from creditrules.cli._output import span_near
from creditrules.cli._state import State
from creditrules.cli._usage import nearest, usage_error
from creditrules.errors import Finding, Span

if TYPE_CHECKING:
    from creditrules.model.catalogue import Catalogue
    from creditrules.model.memorandum import Memorandum
    from creditrules.policy.examples import Example

    _NumberParam = click.ParamType[float]
else:  # older releases of click have no parameter here
    _NumberParam = click.ParamType


class Number(_NumberParam):
    """A number between two bounds, both included; `whole` for one that counts something."""

    name = "number"

    def __init__(self, least: int, most: int | None, *, whole: bool = False) -> None:
        self.least, self.most, self.whole = least, most, whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number.

        Raises:
            UsageError: CR593, it is none, or lies outside.
        """
        try:
            number = int(value) if self.whole else float(value)
        except ValueError:
            number = float("nan")
        if self.least <= number and (self.most is None or number <= self.most):
            return number
        option = param.opts[0] if param is not None else ""
        zh, en = self._taken
        raise usage_error("CR593", str(value), option=option, takes_zh=zh, takes_en=en)

    @property
    def _taken(self) -> tuple[str, str]:
        if self.most is None:
            return f"不小于 {self.least} 的整数", f"a whole number, {self.least} or more"
        return f"{self.least} 至 {self.most} 之间的数", f"a number from {self.least} to {self.most}"


def examples_named(paths: Sequence[str], catalogues: Sequence[str], state: State) -> list[Example]:
    """Return the cases at paths, or else those beside the catalogues.

    Raises:
        UsageError: CR557, there is nothing at a path; CR590, there are no examples.
        CatalogueError, FactsError: a file cannot be read as examples.
    """
    from creditrules.errors import FactsError
    from creditrules.policy.gathering import gathered

    for path in paths:
        if not Path(path).exists():
            raise usage_error("CR557", path)
    places = [Path(path) for path in paths] or list(_beside(catalogues))
    with state.timed("read examples"):
        files = gathered(places)
    findings: list[Finding] = [finding for file in files for finding in file.findings]
    if findings:
        raise FactsError(findings)
    examples = [example for file in files for example in file.examples]
    if not examples:
        raise usage_error("CR590", ", ".join(paths) or ", ".join(map(str, places)) or "examples")
    return examples


def _beside(catalogues: Sequence[str]) -> Iterator[Path]:
    """Yield the folders `examples` in the folders of catalogues, or beside a folder `catalogue`."""
    for source in sources_of(catalogues or (SHIPPED,)):
        folder = Path(source) if isinstance(source, str) else getattr(source, "path", None)
        if folder is not None:
            above = [folder.parent] if folder.name == "catalogue" else []
            yield from (each / "examples" for each in (folder, *above) if (each / "examples").is_dir())


def memorandum_meant(name: str, catalogue: Catalogue) -> Memorandum:
    """Return the memorandum a name means: its key, number or title.

    Raises:
        UsageError: CR561, there is none.
    """
    from creditrules.cli._measures import memorandum_called

    found = memorandum_called(name, catalogue)
    if found is None:
        known = [n for m in catalogue.memoranda.values() for n in (m.key, m.doc_no, m.title.zh)]
        raise usage_error("CR561", name, **nearest(name, known))
    return found


def near(file: str) -> str:
    """Name a file by its path from the working folder where it lies below it."""
    return span_near(Span(file)).file
