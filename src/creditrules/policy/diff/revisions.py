"""Policy: a catalogue as version control has it at a revision, read without touching the working tree."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator

from attrs import frozen

from creditrules.errors import Finding, Span, UsageError
from creditrules.load.sources import MANIFEST, STATUTES, Document

_FOLDERS = ("memoranda/", "rules/")
_LONGEST = 300


@frozen
class RevisionSource:
    """A catalogue of a revision; its documents are named after it."""

    name: str
    files: tuple[Document, ...]

    def documents(self) -> Iterator[Document]:
        """Give the documents of the revision."""
        yield from self.files


def at_revision(revision: str) -> RevisionSource:
    """Read a catalogue of a revision: `HEAD~1` (the catalogue one stands in), or `HEAD~1:path/to/catalogue`.

    Raises:
        UsageError: CR586, there is no such revision, no catalogue in it, or no version control here.
    """
    if revision.startswith("-"):
        raise _refused(revision, "a revision does not begin with a dash")
    top = _git(revision, "rev-parse", "--show-toplevel").decode("utf-8", "replace").strip()
    tree = _tree(revision)
    files = dict(_unpacked(_git(revision, "-C", top, "archive", "--format=tar", tree)))
    if MANIFEST not in files:
        raise _refused(revision, f"no {MANIFEST} there")
    origin = f"{tree}/" if ":" in tree else f"{tree}:"
    return RevisionSource(
        revision,
        tuple(
            Document(name, data, origin + name) for name, data in sorted(files.items()) if _is_document(name)
        ),
    )


def _is_document(name: str) -> bool:
    wanted = name.startswith(_FOLDERS) and name.endswith((".yaml", ".yml"))
    return wanted or name in (MANIFEST, STATUTES)


def _tree(revision: str) -> str:
    """Return the folder of the revision that holds the catalogue."""
    name, colon, path = revision.partition(":")
    if colon:
        return f"{name}:{path.rstrip('/')}"
    prefix = _git(revision, "rev-parse", "--show-prefix").decode("utf-8", "replace").strip()
    is_here = bool(prefix) and _run("cat-file", "-e", f"{name}:{prefix}{MANIFEST}").returncode == 0
    return f"{name}:{prefix.rstrip('/')}" if is_here else name


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    # Only plain files are read, and nothing is written: a link in an archive leads nowhere.
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield member.name, file.read()


def _git(revision: str, *arguments: str) -> bytes:
    done = _run(*arguments)
    if done.returncode:
        problem = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise _refused(revision, problem.removeprefix("fatal: ")[:_LONGEST])
    return done.stdout


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(arguments, 1, b"", str(error).encode())


def _refused(revision: str, problem: str) -> UsageError:
    return UsageError([Finding("CR586", Span(""), {"given": revision, "problem": problem})])
