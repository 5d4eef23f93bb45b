"""CLI, part of `test`: from paths and words to the cases that are run, and their results."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from attrs import define, evolve, field, frozen

from creditrules.cli import _inputs
from creditrules.cli._state import FINDINGS, FINE, State
from creditrules.cli._usage import nearest, usage_error
from creditrules.model.catalogue import Catalogue
from creditrules.policy.gathering import Gathered, chosen, gathered, names_of
from creditrules.policy.results import RunResult
from creditrules.policy.rulebooks import Rulebooks
from creditrules.policy.running import run_all


@frozen
class Asked:
    """What the command line asks for."""

    paths: tuple[Path, ...]
    catalogues: tuple[str, ...]
    words: tuple[str, ...] = ()
    engine: str = "indexed"
    jobs: int | None = None
    junit: str | None = None
    form: str = "text"

    @classmethod
    def of(cls, paths: Sequence[str], catalogues: tuple[str, ...], words: str | None) -> Asked:
        """Read the paths; without any, the examples beside the catalogue are meant.

        Raises:
            UsageError: CR557, there is nothing at a path.
        """
        for path in paths:
            if not Path(path).exists():
                raise usage_error("CR557", path)
        named = tuple(Path(path) for path in paths)
        return cls(named or _beside(catalogues), catalogues, tuple((words or "").split()))


def _beside(catalogues: Sequence[str]) -> tuple[Path, ...]:
    folders = folders_of(catalogues)
    found = tuple(each / "examples" for each in folders if (each / "examples").is_dir())
    if not found:
        raise usage_error("CR590", str(folders[-1]))
    return found


def folders_of(catalogues: Sequence[str]) -> list[Path]:
    """Return the folders of the catalogues that are folders; the shipped one when none is named."""
    from creditrules.load.shipped import default_source

    folders = [default_source().path if c == _inputs.SHIPPED else Path(c) for c in catalogues]
    return [each for each in folders if each.is_dir()] or [default_source().path]


@define
class Bench:
    """The cases and the catalogue of one call of the program, kept from one run to the next."""

    asked: Asked
    state: State
    catalogue: Catalogue
    files: list[Gathered] = field(factory=list)
    left_out: int = 0
    passed: dict[str, bool] = field(factory=dict)
    rulebooks: Rulebooks = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.rulebooks = Rulebooks(self.catalogue)

    def gather(self) -> None:
        """Read the files and choose among their cases.

        Raises:
            UsageError: CR590, there are none; CR591, no case has the words.
        """
        asked = self.asked
        with self.state.timed("read examples"):
            found = gathered(asked.paths)
        if not found:
            raise usage_error("CR590", ", ".join(map(str, asked.paths)))
        self.files = chosen(found, asked.words)
        if not self.files:
            said = " ".join(asked.words)
            raise usage_error("CR591", said, **nearest(said, names_of(found)))
        self.left_out = len(names_of(found)) - len(names_of(self.files))

    def load(self) -> None:
        """Load the catalogue again.

        Raises:
            CatalogueError: the documents have findings; the catalogue stays what it was.
        """
        self.catalogue = _inputs.load(self.asked.catalogues, self.state)
        self.rulebooks = Rulebooks(self.catalogue)

    def run(self, files: Sequence[Gathered] | None = None) -> RunResult:
        """Run the cases of files, of all by default, and show a bar while it takes long."""
        from creditrules.deliver.progress import counting

        some = self.files if files is None else files
        label = self.state.words("test.page.running")
        with self.state.timed("run examples"), counting(sys.stderr, label) as progress:
            result = run_all(
                some,
                self.catalogue,
                engine=self.asked.engine,
                jobs=self.asked.jobs,
                progress=progress,
                rulebooks=self.rulebooks,
            )
        return evolve(result, left_out=self.left_out)

    def tell(self, result: RunResult) -> None:
        """Write results to standard output, and as JUnit XML where that was asked for.

        Raises:
            UsageError: CR569, the file of the results cannot be written.
        """
        if self.asked.form == "json":
            from creditrules.policy.results_data import result_data

            text = json.dumps(result_data(result), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            click.echo(text.encode("utf-8"))
        else:
            from creditrules.cli._test_page import write_results

            write_results(result, self.state.lang)
        if self.asked.junit is not None:
            _write_junit(result, self.asked.junit, self.state)
        # Where files are run again and again, the last run of each counts.
        self.passed |= {file.file: file.passed for file in result.files}
        self.state.code = FINE if all(self.passed.values()) else FINDINGS


def _write_junit(result: RunResult, name: str, state: State) -> None:
    from creditrules.policy.accept import write_whole
    from creditrules.policy.junit import to_junit

    try:
        write_whole(Path(name), to_junit(result, state.lang))
    except OSError:
        raise usage_error("CR569", name) from None
