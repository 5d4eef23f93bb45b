"""Imports point left, the stages between reading and writing are pure, and each package has its one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tree import PACKAGE, imports, modules, parsed, shown, stage

# Each stage may import its own or one further left; what stands together on top may import everything.
ORDER = ("errors", "model", "load", "compile", "evaluate", "decide", "procedure", "deliver")
TOP = (
    "policy",
    "site",
    "population",
    "desk",
    "gate",
    "testing",
    "cli",
    "api",
    "__init__",
    "__main__",
    "_public",
    "_interrupts",
)
PURE = ("errors", "model", "compile", "evaluate", "decide", "procedure")

# An outside package and the only places (stages or modules) it may be imported in.
HOMES = {
    "chinese_calendar": {"load/holidays.py"},
    "pydantic": {"load", "gate"},
    "structlog": {"cli", "deliver", "load/plugins.py", "gate/http/logs.py"},
    "durable": set(),
    "durable_rules_engine": {"evaluate/durable.py", "testing/peers/durable_rules.py"},
    "zen": {"testing/peers/zen_engine.py"},
    "clips": {"testing/peers/clips.py"},
    "duckdb": {"testing/peers/duckdb.py", "testing/population_baselines.py"},
    "hypothesis": {"testing"},
    "click": {"cli"},
    "rich": {"cli", "deliver", "population"},
    "openpyxl": {"deliver", "load", "policy", "desk"},
    "docxtpl": {"deliver"},
    "jinja2": {"deliver/letter_file.py", "policy", "site", "cli"},
    "markupsafe": {"policy", "site"},
    "sqlalchemy": {"desk", "gate", "population"},
    "alembic": {"desk"},
    "cryptography": {"desk"},
    "fastapi": {"gate"},
    "starlette": {"gate"},
    "anyio": {"gate/http/app.py"},
    "uvicorn": {"gate/http/server.py"},
    "prometheus_client": {"gate/http/metrics.py"},
    "httpx": {"desk"},
    "polars": {"population", "testing"},
    "numpy": {"population", "testing"},
    "pyarrow": {"population", "testing/population_baselines.py"},
    "matplotlib": {"population/impact/charts.py"},
    "watchfiles": {"policy/watching.py"},
    "pytest": {"policy/pytest_plugin.py"},
    "ruamel": {"policy"},
    "yaml": {"load", "deliver", "errors", "policy", "cli", "testing", "gate"},
}
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
RANDOM = {"random", "secrets", "uuid"}
CLOCK_MODULES = {"time"}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp"}
SURROUNDINGS = {"environ", "environb", "getenv", "getenvb", "getcwd", "urandom"}
# What a pure stage may not do with files: it is given what it needs. Texts of findings are read when shown.
FILES = {"open()", "read_text", "read_bytes", "write_text", "write_bytes"}


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _modules_of(stages: tuple[str, ...]) -> list[Path]:
    return [path for path in modules() if stage(path) in stages]


def test_every_module_belongs_to_a_stage_that_has_a_place_in_the_order() -> None:
    """A new folder is given its place in the flow before anything is put into it."""
    strange = {shown(path) for path in modules() if stage(path) not in ORDER + TOP}

    assert strange == set()


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_imports_point_left(path: Path) -> None:
    """A module imports its own stage or an earlier one, never a later one."""
    mine = _rank(stage(path))
    inside = {name.split(".")[1] for name in imports(path) if name.startswith("creditrules.")}

    later = {name for name in inside if _rank(name) > mine and name not in ("__version__",)}

    assert later == set()


@pytest.mark.parametrize("package", HOMES)
def test_an_outside_package_stays_at_home(package: str) -> None:
    """A package that shapes a stage is imported in that stage alone."""
    users = {path for path in modules() if package in {name.split(".")[0] for name in imports(path)}}

    homes = HOMES[package]
    strays = {
        shown(p) for p in users if stage(p) not in homes and p.relative_to(PACKAGE).as_posix() not in homes
    }

    assert strays == set()


@pytest.mark.parametrize("path", _modules_of((*PURE, "load")), ids=shown)
def test_no_stage_before_deliver_asks_the_clock_the_network_or_chance(path: Path) -> None:
    """The day is an argument, so the same input gives the same answer tomorrow and elsewhere."""
    outside = {name.split(".")[0] for name in imports(path)}

    assert outside & (NETWORK | RANDOM | CLOCK_MODULES) == set()
    assert list(_clocks(path)) == []


@pytest.mark.parametrize("path", _modules_of(PURE), ids=shown)
def test_the_pure_stages_ask_nothing_of_their_surroundings(path: Path) -> None:
    """Neither the environment nor a file is looked at between reading and writing."""
    forbidden = SURROUNDINGS if stage(path) == "errors" else SURROUNDINGS | FILES

    assert set(_attributes(path)) & forbidden == set()


def test_no_text_is_ever_evaluated() -> None:
    """Nothing in a document or a dossier can become code."""
    calls = {
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("eval", "exec", "compile")
    }

    assert calls == set()


def _clocks(path: Path) -> Iterator[str]:
    """Yield every place where a clock is read or handed on; a field may be called `today`."""
    tree = parsed(path)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            of_a_day = isinstance(node.value, ast.Name | ast.Attribute) and "date" in ast.unparse(node.value)
            if id(node) in called or of_a_day:
                yield f"{shown(path)}:{node.lineno}"


def _attributes(path: Path) -> Iterator[str]:
    """Yield every attribute and every bare name a module uses, and `open()` where that is called."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield f"{node.func.id}()"
        elif isinstance(node, ast.Name):
            yield node.id
