"""Every law of this folder once more, on many more worlds."""

from __future__ import annotations

import pytest

from tests.property import test_actions, test_asks, test_decisions, test_reasons, test_rulebooks
from tests.support.laws import LAWS, Law, run

FILES = (test_actions, test_asks, test_decisions, test_reasons, test_rulebooks)


@pytest.mark.slow
@pytest.mark.parametrize("check", LAWS.values(), ids=LAWS)
def test_a_law_holds_for_long(check: Law) -> None:
    """A law holds on eight hundred random worlds."""
    assert FILES

    run(check, 800)()
