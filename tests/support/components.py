"""Support: components that tests need and that Python does not install: a browser, Java, a server.

A test whose component is missing is skipped with the reason `component missing: NAME`; the summary names what
was left out. Where all components must be there (`CREDITRULES_ALL_COMPONENTS=1`) it fails instead.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

import pytest

MISSING = "component missing: "
ALL = "CREDITRULES_ALL_COMPONENTS"
Found = TypeVar("Found")


def needed(name: str, found: Found | None) -> Found:
    """Return what was found of a component, or leave the test out."""
    if found is None:
        pytest.skip(MISSING + name)
    return found


def must_be_there() -> bool:
    """Say whether a missing component is a failure."""
    return os.environ.get(ALL) == "1"


def missing_component(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return the component for want of which a test was left out; empty when it was not."""
    if not report.skipped or not isinstance(report.longrepr, tuple):
        return ""
    reason = str(report.longrepr[2]).removeprefix("Skipped: ")
    return reason.removeprefix(MISSING) if reason.startswith(MISSING) else ""


def told(report: pytest.TestReport) -> pytest.TestReport:
    """Return a report, a failed one where a component that must be there is missing."""
    name = missing_component(report)
    if name and must_be_there():
        report.outcome = "failed"
        report.longrepr = f"{MISSING}{name} ({ALL}=1 asks for every component)"
    return report


def left_out(reports: Iterable[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """Return one line for each component that was missing, with the number of tests left out for it."""
    counted = Counter(name for report in reports if (name := missing_component(report)))
    return [f"{name}: {n} test{'' if n == 1 else 's'} left out" for name, n in sorted(counted.items())]
