"""Population: files that are there whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from creditrules.errors import Finding, Span


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file under another name and give it its own when it is complete, on the disk.

    Raises:
        OSError: it could not be written; nothing is left of it, and what was there before stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    try:
        write(draft)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def unwritten(folder: Path | None, error: OSError) -> Finding:
    """Say that results cannot be written, and why (CR489)."""
    said = (error.strerror or str(error)).lower()
    # Polars tells the number of an error in its text only.
    number = error.errno or int(next(iter(re.findall(r"os error (\d+)", said)), 0))
    is_full = number in (errno.ENOSPC, errno.EDQUOT)
    words = {
        "folder": str(folder),
        "given": str(folder),
        "reason_en": "the disk is full" if is_full else said,
        "reason_zh": "磁盘已满" if is_full else said,
    }
    return Finding("CR489", Span(str(folder)), words)


def write_parquet(path: Path, table: Any) -> None:
    """Write an Arrow table.

    Raises:
        OSError: it could not be written.
    """
    import pyarrow.parquet as pq

    write_whole(path, lambda draft: pq.write_table(table, draft, compression="zstd", compression_level=1))


def write_json(path: Path, data: Any) -> None:
    """Write data as JSON.

    Raises:
        OSError: it could not be written.
    """
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_whole(path, lambda draft: _write_text(draft, text))


def _write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
