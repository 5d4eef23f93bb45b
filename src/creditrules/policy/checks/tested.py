"""Policy, checks: which measures the examples of a folder exercise, as far as their expectations say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from creditrules.load.example_docs import ExampleDoc, read_examples
from creditrules.load.expectation_docs import Expectation


def exercised_by(paths: Iterable[Path]) -> frozenset[str]:
    """Return `memorandum#measure` for each measure that an example expects to do something.

    Raises:
        CatalogueError, FactsError: a file cannot be read as examples.
    """
    files = (file for path in paths for file in example_files(path))
    docs = (read_examples(file.read_bytes(), str(file)).doc for file in dict.fromkeys(files))
    return frozenset(named for doc in docs for named in measures_in(doc))


def example_files(path: Path) -> list[Path]:
    """Return a file of examples, or those below a folder."""
    return sorted(path.rglob("*.examples.yaml")) if path.is_dir() else [path]


def measures_in(doc: ExampleDoc) -> Iterator[str]:
    """Yield the measures that a file of examples expects to act, to be open or to be set aside."""
    for case in doc.cases:
        for step in case.steps:
            for named in _measures(step.expect):
                yield named if "#" in named else f"{doc.examples}#{named}"


def _measures(expect: Expectation) -> Iterator[str]:
    for action in expect.actions:
        yield from (name for name in (action.measure, *action.reasons) if name is not None)
    yield from (point.measure for point in expect.undetermined)
    yield from (gone.measure for gone in expect.set_aside)
