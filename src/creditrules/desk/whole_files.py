"""Desk: files that are there whole or not at all, whatever stops the machine while they are written."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes, *, mode: int = 0o666, keep: bool = False) -> None:
    """Write a file beside its place and then put it there.

    Args:
        path: where it is to be.
        data: what it holds.
        mode: who may read it, less what the user of the machine takes off.
        keep: leave a file that is there already as it is.

    Raises:
        OSError: it could not be written; nothing was put in its place.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if keep:
            with suppress(FileExistsError):
                os.link(beside, path)
        else:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _fix_names(path.parent)


def _fix_names(folder: Path) -> None:
    """A file outlives a power cut only when its name does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
