"""Load, at the edge: the folder of the user's cache. It is the user's own or it is not used at all.

Everything is opened relative to the folder that was looked at, so nobody can put another in its place between
looking and reading. No failure here is ever more than a catalogue that is not cached.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

from attrs import frozen

OFF = "CREDITRULES_NO_CACHE"
_KEPT = 8  # catalogues; each change of a document makes a new one
_LARGEST = 256 * 1024 * 1024
_SUFFIX = ".catalogue"
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@frozen
class CacheFolder:
    """A folder in which catalogues are kept by key; it need not exist yet."""

    path: Path

    @classmethod
    def of_user(cls, environment: Mapping[str, str] = os.environ) -> CacheFolder | None:
        """Return the folder of the user: `$XDG_CACHE_HOME/creditrules` or `~/.cache/creditrules`.

        None where `CREDITRULES_NO_CACHE` is set, where there is no home, and on systems that do not say who
        owns a file.
        """
        if environment.get(OFF) or not hasattr(os, "geteuid"):
            return None
        base = environment.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # such a value is to be ignored, says the specification
            home = environment.get("HOME") or os.path.expanduser("~")
            base = os.path.join(home, ".cache")
        return cls(Path(base) / "creditrules") if os.path.isabs(base) else None

    def read(self, key: str) -> bytes | None:
        """Return what is kept under a key; None when there is nothing, or nothing that may be trusted."""
        try:
            with self._opened() as folder:
                file = os.open(key + _SUFFIX, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
                with open(file, "rb") as stream:
                    seen = os.fstat(file)
                    if not stat.S_ISREG(seen.st_mode) or not _is_own(seen) or seen.st_size > _LARGEST:
                        return None
                    return stream.read()
        except OSError:
            return None

    def write(self, key: str, data: bytes) -> None:
        """Keep something under a key, at once and whole; the oldest of too many go."""
        with suppress(OSError):
            _make(self.path)
            with self._opened() as folder:
                waiting = f"{key}.{os.getpid()}.{get_ident()}{_SUFFIX}"
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
                try:
                    with open(os.open(waiting, flags, 0o600, dir_fd=folder), "wb") as stream:
                        stream.write(data)
                    os.replace(waiting, key + _SUFFIX, src_dir_fd=folder, dst_dir_fd=folder)
                except BaseException:
                    os.unlink(waiting, dir_fd=folder)
                    raise
                _forget_oldest(folder)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Open the folder.

        Raises:
            OSError: there is none, or it is not the user's alone.
        """
        folder = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if not _is_own(os.fstat(folder)):
                raise PermissionError(self.path)
            yield folder
        finally:
            os.close(folder)


def _is_own(seen: os.stat_result) -> bool:
    return seen.st_uid == os.geteuid() and not seen.st_mode & _OTHERS_WRITE


def _make(folder: Path) -> None:
    """Make a folder and those above it, for the user alone.

    Raises:
        OSError: it cannot be made, or the folder it would lie in belongs to somebody else: who runs as
            another user with the home of the first must not leave there what the first cannot change.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if missing and not missing[-1].parent.stat().st_uid == os.geteuid():
        raise PermissionError(folder)
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)


def _forget_oldest(folder: int) -> None:
    with os.scandir(folder) as entries:
        ages = sorted(
            (
                (e.stat(follow_symlinks=False).st_mtime_ns, e.name)
                for e in entries
                if e.name.endswith(_SUFFIX)
            ),
            reverse=True,
        )
    for _, name in ages[_KEPT:]:
        os.unlink(name, dir_fd=folder)
