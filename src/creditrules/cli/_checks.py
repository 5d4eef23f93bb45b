"""CLI: which checks a command line names, and which examples a check of catalogues looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from creditrules.cli._inputs import SHIPPED, sources_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.errors import finding_texts

_BESIDE = "examples"


def codes_named(given: Iterable[str]) -> frozenset[str]:
    """Return the codes that `CR301,CR305` or the beginning `CR3` stand for.

    Raises:
        UsageError: CR564, there is no such code.
    """
    names = [name.strip() for each in given for name in each.split(",") if name.strip()]
    if not names:
        return frozenset()
    known = finding_texts()
    found: set[str] = set()
    for name in names:
        meant = {code for code in known if code.startswith(name.upper())}
        if not meant or len(name) < 3:
            raise usage_error("CR564", name, **nearest(name.upper(), known))
        found |= meant
    return frozenset(found)


def tested(catalogues: Iterable[str], given: tuple[str, ...]) -> frozenset[str] | None:
    """Return the measures that examples exercise: those given, else those beside the catalogues.

    None where there are no examples to look at.

    Raises:
        CatalogueError, FactsError: a file cannot be read as examples.
    """
    folders = [Path(path) for path in given] or list(_beside(tuple(catalogues) or (SHIPPED,)))
    if not folders:
        return None
    from creditrules.policy.checks.tested import exercised_by

    return exercised_by(folders)


def _beside(catalogues: tuple[str, ...]) -> Iterator[Path]:
    """Yield the folders of examples that stand in a catalogue's folder, or beside a folder `catalogue`."""
    for source in sources_of(catalogues):
        folder = Path(source) if isinstance(source, str) else getattr(source, "path", None)
        if folder is not None:
            above = [folder.parent] if folder.name == "catalogue" else []
            yield from (each / _BESIDE for each in (folder, *above) if (each / _BESIDE).is_dir())
