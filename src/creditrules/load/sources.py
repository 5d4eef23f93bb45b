"""Load: where documents come from: a folder, or a package that offers one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from attrs import frozen

from creditrules.errors import CatalogueError, Span
from creditrules.load.findings import Findings
from creditrules.load.limits import Limits
from creditrules.load.node import Source

MANIFEST = "catalogue.yaml"
STATUTES = "rules/statutes.csv"
_FOLDERS = ("memoranda", "rules")
_SUFFIXES = (".yaml", ".yml")
_MOST_FILES = 20_000


@frozen
class Document:
    """One file of a source: its name in the source, its bytes or text, and what findings call it."""

    name: str
    data: bytes | str
    origin: str


@runtime_checkable
class CatalogueSource(Protocol):
    """Anything that gives documents: `catalogue.yaml`, and files under `memoranda/` and `rules/`."""

    @property
    def name(self) -> str:
        """What the source is called in findings."""
        ...

    def documents(self) -> Iterable[Document]:
        """Give every document of the source.

        Raises:
            CatalogueError: the source cannot be read.
        """
        ...


@frozen
class FolderSource:
    """A folder with `catalogue.yaml`, `memoranda/` and `rules/`; other files in it are left alone."""

    path: Path
    limits: Limits = Limits()

    @property
    def name(self) -> str:
        """The path of the folder."""
        return str(self.path)

    def documents(self) -> Iterator[Document]:
        """Give the documents in the order of their names.

        Raises:
            CatalogueError: no manifest (CR141), a file that cannot be read, leads outside the folder or in
                a circle (CR142), too big (CR102), or more files than anyone wrote (CR142).
        """
        found = Findings()
        root = Path(os.path.realpath(self.path))
        if not (self.path / MANIFEST).is_file():
            found.on("CR141", Source(self.name, ""), Span(str(self.path / MANIFEST)), {"name": self.name})
            raise CatalogueError(found)
        paths = [self.path / MANIFEST]
        for folder in _FOLDERS:
            if (self.path / folder).is_dir():
                paths += self._files(self.path / folder, root, (), found)
        documents = [self._document(path, found) for path in paths[:_MOST_FILES]]
        if len(paths) > _MOST_FILES:
            _refuse(self.path, "too_many", found)
        if found:
            raise CatalogueError(found)
        yield from (document for document in documents if document is not None)

    def _files(self, folder: Path, root: Path, above: tuple[str, ...], found: Findings) -> list[Path]:
        real = os.path.realpath(folder)
        if real in above or not Path(real).is_relative_to(root):
            _refuse(folder, "circle" if real in above else "outside", found)
            return []
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            _refuse(folder, "unreadable", found)
            return []
        files: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if entry.is_dir():
                files += self._files(path, root, (*above, real), found)
            elif path.suffix in _SUFFIXES or path == self.path / STATUTES:
                if entry.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
                    _refuse(path, "outside", found)
                else:
                    files.append(path)
        return files

    def _document(self, path: Path, found: Findings) -> Document | None:
        data = read_file(path, self.limits, found)
        return None if data is None else Document(path.relative_to(self.path).as_posix(), data, str(path))


def read_file(path: Path, limits: Limits, found: Findings) -> bytes | None:
    """Return a file's bytes, its size being looked at first; None with a finding (CR102, CR142)."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= limits.size:
                # A pipe or a growing file says nothing of its size beforehand.
                data = file.read(limits.size + 1)
                if len(data) <= limits.size:
                    return data
                size = len(data)
    except OSError:
        _refuse(path, "unreadable", found)
        return None
    words = {"size": f"{size / 2**20:.1f} MiB", "limit": f"{limits.size / 2**20:.1f} MiB"}
    found.on("CR102", Source(str(path), ""), Span(str(path)), words)
    return None


_REASONS = {
    "circle": ("a link leads back to a folder above it", "链接指回上层文件夹"),
    "outside": ("a link leads out of the catalogue's folder", "链接指向目录文件夹之外"),
    "unreadable": ("it cannot be opened", "无法打开"),
    "too_many": (f"it holds more than {_MOST_FILES} files", f"文件超过 {_MOST_FILES} 个"),
}


def _refuse(path: Path, reason: str, found: Findings) -> None:
    en, zh = _REASONS[reason]
    words = {"path": str(path), "reason_en": en, "reason_zh": zh}
    found.on("CR142", Source(str(path), ""), Span(str(path)), words)


def is_source(candidate: Any) -> bool:
    """Say whether something has what a source needs: a `name` that is text, and `documents()`."""
    return isinstance(getattr(candidate, "name", None), str) and callable(
        getattr(candidate, "documents", None)
    )


def documents_of(source: CatalogueSource, found: Findings) -> tuple[Document, ...]:
    """Return what a source gives; findings for one that fails (CR544) or gives anything else (CR545).

    A `CatalogueError` of the source keeps its own findings.
    """
    if not is_source(source):
        report(
            "CR543", type(source).__name__, found, offered=type(source).__name__, got=type(source).__name__
        )
        return ()
    try:
        documents: Iterable[Any] = tuple(source.documents())
    except CatalogueError as error:
        found.extend(error.findings)
        return ()
    except Exception as error:  # whatever a source of others raises is its fault, and said so
        report("CR544", source.name, found, error=f"{type(error).__name__}: {error}")
        return ()
    good = tuple(d for d in documents if isinstance(d, Document) and isinstance(d.data, bytes | str))
    for odd in documents:
        if odd not in good:
            report("CR545", source.name, found, got=type(odd).__name__)
    return good


def report(code: str, name: str, found: Findings, **words: str) -> None:
    """Add a finding about a source as a whole."""
    found.on(code, Source(name, ""), Span(name), {"name": name, **words})
