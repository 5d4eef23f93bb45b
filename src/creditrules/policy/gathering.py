"""Policy: gather the cases of a run from files and folders, and choose among them by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve, frozen

from creditrules.errors import CreditRulesError, Finding
from creditrules.load.example_files import example_files
from creditrules.policy.examples import Example, examples_in


@frozen
class Gathered:
    """One file: its cases, or the findings because of which it has none."""

    path: Path
    examples: tuple[Example, ...] = ()
    findings: tuple[Finding, ...] = ()


def gathered(paths: Iterable[Path]) -> list[Gathered]:
    """Read every file of examples at or below the paths, each once; what one lacks concerns no other."""
    files = dict.fromkeys(file for path in paths for file in example_files(path))
    return [gathered_file(file) for file in files]


def gathered_file(path: Path) -> Gathered:
    """Read one file of examples."""
    try:
        return Gathered(path, examples_in(path))
    except CreditRulesError as error:
        return Gathered(path, findings=error.findings)


def chosen(files: Sequence[Gathered], words: Sequence[str]) -> list[Gathered]:
    """Return the files with those cases alone that all the words occur in: in name, file or memorandum."""
    if not words:
        return list(files)
    asked = [word.casefold() for word in words]
    kept = [evolve(f, examples=tuple(e for e in f.examples if _has(e, asked))) for f in files]
    # A file nobody asked for by its cases is not asked about its findings either.
    return [f for f in kept if f.examples or (f.findings and _all_in(f.path.name, asked))]


def _has(example: Example, asked: Sequence[str]) -> bool:
    return _all_in(f"{example.name}\n{Path(example.file).name}\n{example.memorandum}", asked)


def _all_in(text: str, asked: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in asked)


def names_of(files: Iterable[Gathered]) -> list[str]:
    """Return the names of all cases."""
    return [example.name for file in files for example in file.examples]
