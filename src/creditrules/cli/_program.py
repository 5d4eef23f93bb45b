"""CLI: the program: finds its commands, speaks the reader's language, and turns every ending into a code.

Exit codes: 0 fine, 1 findings or failing examples, 2 usage, 3 internal, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from creditrules import _interrupts
from creditrules.cli import _usage
from creditrules.cli._command import lang_option
from creditrules.cli._folder import CommandFolder
from creditrules.cli._output import near_here
from creditrules.cli._state import FINDINGS, INTERNAL, INTERRUPTED, USAGE, State, language
from creditrules.errors import CreditRulesError, EngineError, Finding, UsageError


class Program(CommandFolder):
    """The command `creditrules`."""

    def __init__(self, name: str) -> None:
        super().__init__(name, invoke_without_command=True, callback=_without_command)
        self.params.append(lang_option())
        self.params.append(
            click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version)
        )

    def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run as a process of its own."""
        # What has been imported lives as long as the process, and a catalogue is many small objects without
        # cycles: looking for garbage among them took a sixth of the time of a decision.
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        _interrupts.listen()
        try:
            self.main(*args, **kwargs)
        finally:
            _interrupts.let_go()

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run the program and leave with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        state = State(language(arguments, os.environ), tuple(arguments))
        if "_CREDITRULES_COMPLETE" in os.environ:
            super().main(arguments, _usage.PROGRAM, obj=state)
        for stream in (sys.stdout, sys.stderr):
            # A terminal of another encoding shows what it can instead of failing.
            getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
        try:
            self._run(arguments, state)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has had enough. What was found until then still counts; Python's own flush at
            # exit must not complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(state.code)

    def _run(self, arguments: list[str], state: State) -> None:
        try:
            try:
                with self.make_context(_usage.PROGRAM, arguments, obj=state) as context:
                    self.invoke(context)
            except click.exceptions.Exit as leaving:
                state.raise_code(leaving.exit_code)
            except click.UsageError as error:
                _report(_usage.of_click(error), state)
            except CreditRulesError as error:
                _report(error, state)
        except (BrokenPipeError, SystemExit):
            raise
        except BaseException as error:
            # A library that was interrupted at its work may raise anything.
            if isinstance(error, (KeyboardInterrupt, click.Abort)) or _interrupts.came():
                _stopped(state)
            else:
                _internal(error, state)


def _report(error: CreditRulesError, state: State) -> None:
    from creditrules.deliver import findings

    # What stopped the command is shown; `check` shows the notes beside it.
    found: Sequence[Finding] = [f for f in error.findings if f.severity == "error"] or error.findings
    if isinstance(error, UsageError):
        found = [_usage.placed(finding, state.arguments) for finding in found]
    else:
        found = near_here(found)
    # Two engines that disagree are never the fault of whoever asked.
    code = {UsageError: USAGE, EngineError: INTERNAL}.get(type(error), FINDINGS)
    state.raise_code(code)
    said = findings.to_json(found) if state.as_json else findings.for_people(found, state.lang)
    click.echo(said, err=True)


def _stopped(state: State) -> None:
    state.code = INTERRUPTED
    click.echo(state.words("cli.interrupted") if state.stopped is None else state.stopped(), err=True)


def _internal(error: BaseException, state: State) -> None:
    """Say in one line that this is our fault; nothing of the input is repeated, it may concern persons."""
    state.code = INTERNAL
    if os.environ.get("CREDITRULES_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_globals.get('__name__')}:{place.tb_lineno}" if place is not None else "?"
    click.echo(state.words("cli.internal", kind=type(error).__name__, where=where), err=True)


def _without_command() -> None:
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(USAGE)


def _version(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    if asked:
        from creditrules import __version__

        click.echo(f"creditrules {__version__}")
        context.exit()
