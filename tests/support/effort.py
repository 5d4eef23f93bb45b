"""How long properties are tried: briefly in `make test`, at length in `make test-all`."""

from __future__ import annotations

import os

# Set by `make test-all`; a function of the environment, since decorators ask while modules are read.
_LONG = os.environ.get("CREDITRULES_TEST_AT_LENGTH") == "1"
_SHARE = 4
_LEAST = 20


def many(examples: int) -> int:
    """Return how many examples a property gets in this run, of those it gets at length."""
    return examples if _LONG else max(min(examples, _LEAST), examples // _SHARE)
