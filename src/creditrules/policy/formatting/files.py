"""Policy: the documents at a path, and what formatting does to each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from creditrules.errors import CreditRulesError, Finding, Span, UsageError
from creditrules.load.findings import Findings
from creditrules.load.limits import Limits
from creditrules.load.sources import read_file
from creditrules.policy.formatting.documents import formatted, not_a_document
from creditrules.policy.writing import write_whole

_SUFFIXES = (".yaml", ".yml")
# Folders of programs, in which no document lies.
_ELSEWHERE = frozenset({"node_modules", "__pycache__", "site-packages", "build", "dist"})


@frozen
class Formatted:
    """One file: what it says now and what it would say; with findings it is left as it is."""

    path: Path
    before: str
    after: str
    findings: tuple[Finding, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether formatting changes the file."""
        return self.before != self.after

    def write(self) -> None:
        """Write the file as it should be.

        Raises:
            OSError: it cannot be written; it stays as it was.
        """
        write_whole(self.path, self.after)


def documents_at(path: Path) -> Iterator[Path]:
    """Yield the YAML files at a path: itself, or all below a folder, hidden ones left out."""
    if path.is_file():
        yield path
        return
    for inner in sorted(path.iterdir()):
        if inner.name.startswith(".") or inner.name in _ELSEWHERE:
            continue
        if inner.is_dir() and not inner.is_symlink():
            yield from documents_at(inner)
        elif inner.suffix in _SUFFIXES:
            yield inner


def format_file(path: Path, *, named: bool) -> Formatted | None:
    """Return what formatting does to a file; None for one that is no document, unless it was *named*."""
    found = Findings()
    if path.suffix not in _SUFFIXES:
        # JSON is YAML too, but would be no JSON any more.
        return Formatted(path, "", "", (not_a_document(str(path), Span(str(path))),))
    data = read_file(path, Limits(), found)
    if data is None:
        return Formatted(path, "", "", tuple(found))
    before = data.decode("utf-8", "replace")
    try:
        return Formatted(path, before, formatted(data, str(path)))
    except UsageError as error:
        if not named and any(finding.code == "CR581" for finding in error.findings):
            return None
        return Formatted(path, before, before, error.findings)
    except CreditRulesError as error:
        return Formatted(path, before, before, error.findings)
