"""Site: put the files of a site into a folder, and touch nothing there that is not the site's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creditrules.errors import Finding, Span, UsageError

MARK = ".creditrules-site.json"
SCHEMA = "creditrules/site/1"


def check_folder(folder: Path, *, force: bool = False) -> None:
    """Say so when a folder cannot take a site; done before anything is built.

    Raises:
        UsageError: CR595, it holds files that no site of ours put there; CR596, it is no folder or may not be
            looked into.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise _unwritable(folder, "a file of that name is in the way", "同名文件已存在")
        held = next(folder.iterdir(), None) if folder.is_dir() else None
    except OSError as error:
        raise _of_system(folder, error) from None
    if held is not None and not force and _made_before(folder) is None:
        raise UsageError([Finding("CR595", Span(""), {"given": str(folder), "held": held.name})])


def write_site(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> int:
    """Write a site, and take away what an earlier one left; return how many files changed.

    With *force* a folder is used although others put files there; these stay, unless one has the name of a
    page.

    Raises:
        UsageError: as `check_folder`, and CR596, a file cannot be written.
    """
    check_folder(folder, force=force)
    before = _made_before(folder) or ()
    mark = {"schema": SCHEMA, "files": sorted(files)}
    wanted = {**files, MARK: (json.dumps(mark, ensure_ascii=False, indent=0) + "\n").encode("utf-8")}
    try:
        changed = sum(_write(folder / name, data) for name, data in wanted.items())
        for name in set(before) - set(wanted):
            changed += _take_away(folder, name)
    except OSError as error:
        raise _of_system(folder, error) from None
    return changed


def _write(path: Path, data: bytes) -> bool:
    # A page that says the same keeps its day: what copies a site looks at days.
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        path.unlink()  # a link would have us write elsewhere
    path.write_bytes(data)
    return True


def _take_away(folder: Path, name: str) -> bool:
    path = folder / name
    # The mark may have been edited: only what lies inside is the site's.
    inside = path.parent.resolve().is_relative_to(folder.resolve()) and ".." not in Path(name).parts
    if not inside or not path.is_file():
        return False
    path.unlink()
    return True


def _made_before(folder: Path) -> tuple[str, ...] | None:
    """Return the files an earlier site put into a folder; None when there was none."""
    try:
        data: Any = json.loads((folder / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return None
    names = data.get("files")
    return tuple(n for n in names if isinstance(n, str)) if isinstance(names, list) else ()


def _of_system(folder: Path, error: OSError) -> UsageError:
    said = error.strerror or str(error)
    return _unwritable(folder, said.lower(), said)


def _unwritable(folder: Path, en: str, zh: str) -> UsageError:
    words = {"given": str(folder), "why_en": en, "why_zh": zh}
    return UsageError([Finding("CR596", Span(""), words)])
