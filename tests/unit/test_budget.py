"""Modules stay small enough to be read at one sitting. Raising a number here needs a reason beside it."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.support.tree import PACKAGE, modules, shown

LONGEST = 300
MEDIAN = 120
REFERENCE = 150  # it is the meaning, so it must be checkable by reading
PUBLIC_NAMES = 60


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    """A module that grows beyond the budget is two modules."""
    too_long = {shown(path): _lines(path) for path in modules() if _lines(path) > LONGEST}

    assert too_long == {}


def test_the_median_module_is_short() -> None:
    """Half of the modules stay well below the limit."""
    assert median(_lines(path) for path in modules() if path.name != "__init__.py") < MEDIAN


def test_the_reference_engine_fits_on_three_screens() -> None:
    """The engine that is the meaning stays short."""
    assert _lines(PACKAGE / "evaluate" / "reference.py") < REFERENCE


def test_the_public_names_fit_on_one_screen() -> None:
    """The package's front page names what is public and does nothing else."""
    assert _lines(PACKAGE / "__init__.py") < PUBLIC_NAMES
