"""Policy: which files of examples a change of files concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from creditrules.load.example_files import is_example_file
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.examples import Example
from creditrules.policy.gathering import Gathered


def concerned(
    files: Sequence[Gathered],
    changed: Iterable[Path],
    catalogues: Sequence[Catalogue],
) -> list[Path]:
    """Return the files of examples to run again, in order.

    A file of examples concerns itself, a dossier those that are based on it, a memorandum those that name it
    or have a listing on its lists; anything else of a catalogue concerns all. A file nobody could read is
    tried again whatever was changed.

    Args:
        files: what was run.
        changed: what was changed, added or taken away.
        catalogues: as they were before the change and after it, as far as they could be loaded.
    """
    found: dict[Path, None] = {}
    paths = [path.resolve() for path in changed]
    for path in paths:
        if is_example_file(path):
            found[path] = None
        elif users := [f.path.resolve() for f in files if path in bases_of(f)]:
            found |= dict.fromkeys(users)
        elif (documents := _documents(path, catalogues)) is not None:
            found |= dict.fromkeys(f.path.resolve() for f in files if _is_about(f, documents, catalogues))
        elif path.suffix in (".yaml", ".yml", ".csv"):
            found |= dict.fromkeys(f.path.resolve() for f in files)
    if paths:
        found |= dict.fromkeys(f.path.resolve() for f in files if f.findings)
    return sorted(found)


def bases_of(file: Gathered) -> set[Path]:
    """Return the paths of the dossiers that the cases of a file are based on."""
    given = {
        each
        for example in file.examples
        for each in (example.source.doc.given, example.doc.given)
        if isinstance(each, str)
    }
    return {(file.path.parent / each).resolve() for each in given}


def _documents(path: Path, catalogues: Iterable[Catalogue]) -> list[Memorandum] | None:
    """Return the memoranda that stand, or stood, in a file of documents; None when it is none of them."""
    found = [
        memorandum
        for catalogue in catalogues
        for memorandum in catalogue.memoranda.values()
        if memorandum.span is not None and Path(memorandum.span.file).resolve() == path
    ]
    return found or None


def _is_about(file: Gathered, documents: Sequence[Memorandum], catalogues: Sequence[Catalogue]) -> bool:
    keys = {memorandum.key for memorandum in documents}
    lists = {key for m in documents for key in (*m.lists, *(k for x in m.measures for k in x.lists))}
    names = {name for key in lists for catalogue in catalogues for name in _names(key, catalogue)}
    return any(
        example.memorandum in keys or names & set(_lists(example)) or _speaks_of(example, keys)
        for example in file.examples
    )


def _names(key: str, catalogue: Catalogue) -> Iterator[str]:
    kind = catalogue.lists.get(key)
    yield from (key, *((kind.title.zh, kind.title.en, *kind.aliases) if kind else ()))


def _lists(example: Example) -> Iterator[str]:
    for step in example.steps:
        for subject in step.given.get("subjects") or ():
            if isinstance(subject, dict):
                yield from (str(each.get("list")) for each in subject.get("listings") or ())


def _speaks_of(example: Example, keys: set[str]) -> bool:
    said = " ".join(str(step.expect) for step in example.steps)
    return any(f"{key}#" in said for key in keys)
