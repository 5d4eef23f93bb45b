"""For all tests: what they load is not left in the cache of whoever runs them, what is left out is named."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator

import pytest

from tests.support.components import left_out, told

# What a shell runs in the background is deaf to Ctrl-C, and so would be the programs that tests press it at.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the run, and the programs it starts, a cache folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("CREDITRULES_NO_CACHE", raising=False)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a missing component fail a test where every component must be there."""
    return told((yield))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the components that were missing, so that nobody takes a run for complete that was not."""
    lines = left_out(terminalreporter.stats.get("skipped", []))
    if lines:
        terminalreporter.section("components missing")
        for line in lines:
            terminalreporter.line(line)
