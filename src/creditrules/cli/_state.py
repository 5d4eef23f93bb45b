"""CLI: what every command of one run shares: the language, the command line, the exit code, the clock."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click
from attrs import define, field

from creditrules.deliver.words import LANGUAGES, Words

FINE, FINDINGS, USAGE, INTERNAL = 0, 1, 2, 3
INTERRUPTED = 130  # as a shell reports a program that was interrupted


@define
class State:
    """One run of the program. `code` is raised as findings turn up; it becomes the exit code.

    `stopped` says, when the run is interrupted, how far it came.
    """

    lang: str
    arguments: tuple[str, ...] = ()
    verbose: bool = False
    as_json: bool = False
    code: int = FINE
    stopped: Callable[[], str] | None = None
    words: Words = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.words = Words(self.lang)

    def raise_code(self, code: int) -> None:
        """Remember the worst code so far."""
        self.code = max(self.code, code)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Log how long a step took, to stderr, when `--verbose` asks for it."""
        if not self.verbose:
            yield
            return
        from time import perf_counter

        began = perf_counter()
        yield
        _log(step, round((perf_counter() - began) * 1000, 1))


def _log(step: str, milliseconds: float) -> None:
    import structlog

    logger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[structlog.processors.KeyValueRenderer(key_order=["event", "ms"])],
    )
    logger.info(step, ms=milliseconds)


def state_of(context: click.Context | None = None) -> State:
    """Return the state of the run a command is part of."""
    state = (context or click.get_current_context()).find_object(State)
    assert state is not None  # Program.main always sets it
    return state


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language to speak: as `--lang` says, else Chinese where the locale is, else English."""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[at + 1] if at + 1 < len(arguments) else "")
            if value in LANGUAGES:
                return value
    locale = next((environment[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(n)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
