"""The public names are what type checkers see, and cost nothing until they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module

import pytest

import creditrules
from creditrules import _public
from tests.support.tree import PACKAGE


def _declared() -> dict[str, str]:
    """Return name → module as `__init__` tells type checkers."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        alias.name: str(node.module)
        for node in imports
        for alias in node.names
        if alias.name in creditrules.__all__
    }


def _run(program: str) -> str:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stderr == ""
    return run.stdout.strip()


def test_type_checkers_and_programs_see_the_same_names() -> None:
    """Every public name is declared once, and found where it is declared."""
    found = {name: f"creditrules.{home}" for name, home in _public._HOME_OF.items()}

    assert set(creditrules.__all__) == set(found)
    assert _declared() == found


@pytest.mark.parametrize("name", creditrules.__all__)
def test_a_public_name_is_what_its_module_calls_so(name: str) -> None:
    """What is imported when it is used is the same thing."""
    assert getattr(creditrules, name) is getattr(import_module(_declared()[name]), name)


def test_importing_the_package_imports_nothing_else() -> None:
    """Whoever only asks for the version waits for nothing."""
    program = (
        "import sys; import creditrules; creditrules.__version__;"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('creditrules', 'attr', 'yaml')))"
    )

    assert _run(program) == "['creditrules', 'creditrules._public']"


@pytest.mark.parametrize(
    "first",
    [
        "import creditrules.decide",
        "import creditrules.decide.decide",
        "from creditrules.decide import case",
        "from creditrules import decide",
        "import creditrules.api",
    ],
)
def test_decide_is_the_function_whatever_was_imported_before(first: str) -> None:
    """The stage of that name does not take its place."""
    program = (
        f"{first}\nimport creditrules, creditrules.decide.decide\nfrom creditrules import decide\n"
        "print(decide.__module__, creditrules.decide is decide)"
    )

    assert _run(program) == "creditrules.decide.decide True"


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    """A slip is an `AttributeError` that names it."""
    with pytest.raises(AttributeError, match="decid"):
        _ = creditrules.decid  # type: ignore[attr-defined]


def test_the_public_names_are_listed() -> None:
    """`dir` and a star import know them before they are used."""
    assert _run("import creditrules; print(set(creditrules.__all__) <= set(dir(creditrules)))") == "True"
    assert _run("from creditrules import *; print(load_catalogue.__name__)") == "load_catalogue"
