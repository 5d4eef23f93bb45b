"""Policy, checks: the table of checks, collected from the files of this folder."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from creditrules.policy.checks.check import Check

PACKAGE = "creditrules.policy.checks"


@cache
def checks() -> Mapping[str, Check]:
    """Return every check by its code."""
    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules(import_module(PACKAGE).__path__):
        if module.name.startswith("cr"):
            check = import_module(f"{PACKAGE}.{module.name}").CHECK
            assert isinstance(check, Check)
            found[check.code] = check
    return found
