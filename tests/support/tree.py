"""What the structure tests look at: the tracked files of the repository, and the imports of a module."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "creditrules"

_NOT_OURS = {".git", ".venv", "build", "dist", "node_modules"}


def modules() -> list[Path]:
    """Return every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def files_of_tests() -> list[Path]:
    """Return every Python file of the tests."""
    return sorted((ROOT / "tests").rglob("*.py"))


def text_files() -> Iterator[tuple[Path, str]]:
    """Yield every tracked text file; outside a clone every file that is neither hidden nor made by a tool."""
    for path in _tracked() or _present():
        try:
            yield path, path.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def _tracked() -> list[Path]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        return []
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def _present() -> list[Path]:
    files = (p for p in ROOT.rglob("*") if p.is_file())
    return [p for p in files if not any(part in _NOT_OURS or "cache" in part for part in p.parts)]


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> set[str]:
    """Return the dotted names a module imports anywhere in it, those for type checkers included."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the stage they reach into"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def stage(path: Path) -> str:
    """Return the stage a module belongs to: its folder, or its own name at the top of the package."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def shown(path: Path) -> str:
    """Return a path as the tests print it."""
    return path.relative_to(ROOT).as_posix()
