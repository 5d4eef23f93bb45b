"""What the pages show is what happens: every block of Python and every command on them runs.

A block `python` runs in the folder of its page's files, with the names of the blocks before it. A block
`console` holds commands after `$`, and below each what it prints; `…` stands for what is left out. A block
whose first line says `file=NAME` becomes a file for the blocks that follow; `adds=NAME` is put at its end,
and `shows=NAME` is what it holds, `…` standing for lines left out. A table below the comment
`<!-- sheet FILE.xlsx NAME: from row N -->` is put into that sheet of a workbook, as its reader would.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import pytest

from tests.support.filling import TABLE, fill
from tests.support.tree import ROOT, shown

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").glob("*.md")])
PAGES += sorted((ROOT / "plugins").glob("*/README.md"))
_FENCE = re.compile(r"^```(\w+)?(?: +(file|adds|shows)=(\S+))?[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PROGRAM = [sys.executable, "-c", "from creditrules.cli import main; main()"]
_LEFT_OUT = "…"


class Block(NamedTuple):
    """A fenced block, or a table to fill in: what it is, the file it is about, its text, its first line."""

    language: str
    use: str
    file: str
    text: str
    line: int


def _blocks(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    fences = [
        (m.start(), Block(m[1] or "", m[2] or "", m[3] or "", m[4], text.count("\n", 0, m.start(4))))
        for m in _FENCE.finditer(text)
    ]
    tables = [
        (m.start(), Block(f"{m[2]}:{m[3]}", "sheet", m[1], m[4], text.count("\n", 0, m.start(4))))
        for m in TABLE.finditer(text)
    ]
    return [block for _, block in sorted(fences + tables)]


def _runs(page: Path) -> bool:
    return any(block.language in ("python", "console") for block in _blocks(page))


# What runs every command over the whole catalogue is left to the long runs, and what says a page once more.
LONG = frozenset({"CONTRIBUTING.md", "README.zh.md"})
RUN = [pytest.param(p, marks=pytest.mark.slow) if p.name in LONG else p for p in PAGES if _runs(p)]


@pytest.mark.parametrize("page", RUN, ids=lambda page: shown(page))
def test_a_page_shows_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks run in their order, and commands print what stands below them."""
    monkeypatch.chdir(tmp_path)
    for folder in ("examples", "memoranda", "rules") if page.parent == ROOT else ("examples",):
        (tmp_path / folder).symlink_to(ROOT / folder, target_is_directory=True)
    names: dict[str, Any] = {"__name__": "page"}
    for block in _blocks(page):
        if block.use == "file":
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, "utf-8")
        elif block.use == "adds":
            with Path(block.file).open("a", encoding="utf-8") as stream:
                stream.write(block.text)
        elif block.use == "shows":
            holds = Path(block.file).read_text("utf-8")
            assert _is_shown(holds, block.text), f"{block.file} holds\n{holds}"
        elif block.use == "sheet":
            sheet, _, row = block.language.rpartition(":")
            fill(block.file, sheet, int(row), block.text)
        elif block.language == "python":
            # The blank lines make a failure point to its line on the page.
            _run_apart(compile("\n" * block.line + block.text, str(page), "exec"), names)
        elif block.language == "console":
            _run_commands(block.text)


def test_the_page_in_chinese_shows_the_same_commands() -> None:
    """In the other language, and with words in it; so running the one in every run tries both."""
    one, other = (
        [
            re.sub(r' *#.*| --lang zh|"application 17"|申请17号', "", line)
            for block in _blocks(ROOT / name)
            for line in block.text.splitlines()
            if line.startswith(("$ ", "creditrules "))
        ]
        for name in ("README.md", "README.zh.md")
    )

    assert len(one) > 15
    assert one == other


def _run_apart(code: CodeType, names: dict[str, Any]) -> None:
    """Run a block in a thread of its own: in this one another test may have left a loop that runs."""
    around = contextvars.copy_context()
    with ThreadPoolExecutor(1) as apart:
        apart.submit(around.run, exec, code, names).result()


def test_a_block_may_run_a_loop_where_one_runs_already() -> None:
    """A page with `asyncio.run` works after tests that leave their loop behind, as a browser does."""
    names: dict[str, Any] = {}
    text = "import asyncio\nasync def said(): return 1\nx = asyncio.run(said())\n"

    async def around() -> None:
        _run_apart(compile(text, "page", "exec"), names)

    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(around())).result()

    assert names["x"] == 1


def _run_commands(text: str) -> None:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        program, *arguments = shlex.split(re.sub(r" +# .*", "", command))
        if program == "make":
            continue  # the targets have a test of their own
        assert program == "creditrules", f"a page shows a command of another program: {command}"
        run = subprocess.run(
            [*_PROGRAM, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=_environment(),
            timeout=60,
        )
        said = run.stdout + run.stderr
        assert run.returncode in (0, 1), said
        if expected.strip():
            assert _is_shown(said, expected), f"$ {command}\n{said}"


def _environment() -> dict[str, str]:
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100", "PYTHONPATH": path, "PYTHONUTF8": "1"}


def _is_shown(said: str, expected: str) -> bool:
    """Compare line by line without blanks at the ends; `…` takes any number of lines, or the rest of one."""
    actual = [line.strip() for line in said.strip().splitlines()]
    parts: list[list[str]] = [[]]
    for line in expected.strip().splitlines():
        if line.strip() == _LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line.strip())
    first, *middle = parts
    if not _same(actual[: len(first)], first) or (not middle and len(actual) != len(first)):
        return False
    at = len(first)
    for part in middle[:-1]:
        starts = (n for n in range(at, len(actual)) if _same(actual[n : n + len(part)], part))
        found = next(starts, None)
        if found is None:
            return False
        at = found + len(part)
    last = middle[-1] if middle else []
    return len(actual) - len(last) >= at and _same(actual[len(actual) - len(last) :], last)


def _same(lines: list[str], expected: list[str]) -> bool:
    """Tell whether lines are those that are shown; one that ends with ` …` need only begin so."""
    return len(lines) == len(expected) and all(
        line.startswith(want.removesuffix(_LEFT_OUT)) if want.endswith(f" {_LEFT_OUT}") else line == want
        for line, want in zip(lines, expected, strict=True)
    )


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link names a file of the repository, and a heading that is there."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)

    broken = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not _leads(page, target)]

    assert broken == []


def _leads(page: Path, target: str) -> bool:
    if re.match(r"[a-z]+://", target):
        return True
    name, _, anchor = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    if not path.exists():
        return False
    return not anchor or anchor in _anchors(path)


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a page, made from its headings as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_index() -> None:
    """No page of the documentation is an island."""
    reached: set[Path] = set()
    waiting = [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8"))
        waiting += [(page.parent / link).resolve() for link in links if "://" not in link]

    assert [shown(p) for p in (ROOT / "docs").rglob("*.md") if p.resolve() not in reached] == []
