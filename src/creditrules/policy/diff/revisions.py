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
    """A catalogue of a revision: `HEAD~1` (the folder one stands in), or `HEAD~1:path/to/catalogue`."""

    revision: str

    @property
    def name(self) -> str:
        """The revision as it was named."""
        return self.revision

    def documents(self) -> Iterator[Document]:
        """Give the documents of the revision, each named after it.

        Raises:
            UsageError: CR586, there is no such revision, no catalogue in it, or no version control here.
        """
        tree = self._tree()
        files = dict(_unpacked(_git(self.revision, "archive", "--format=tar", tree)))
        if MANIFEST not in files:
            raise _refused(self.revision, f"no {MANIFEST} there")
        for name, data in sorted(files.items()):
            wanted = name.startswith(_FOLDERS) and name.endswith((".yaml", ".yml"))
            if wanted or name in (MANIFEST, STATUTES):
                yield Document(
                    name, data, f"{tree.rstrip(':')}:{name}" if ":" not in tree else f"{tree}/{name}"
                )

    def _tree(self) -> str:
        """Return the folder of the revision that holds the catalogue."""
        if self.revision.startswith("-"):
            raise _refused(self.revision, "a revision does not begin with a dash")
        revision, colon, path = self.revision.partition(":")
        if colon:
            return f"{revision}:{path.rstrip('/')}"
        prefix = _git(self.revision, "rev-parse", "--show-prefix").decode("utf-8", "replace").strip()
        here = f"{revision}:{prefix}{MANIFEST}"
        is_here = bool(prefix) and _run("cat-file", "-e", here).returncode == 0
        return f"{revision}:{prefix.rstrip('/')}" if is_here else revision


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
