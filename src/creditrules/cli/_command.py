"""CLI: a command whose help is in the language of the run, and the options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from creditrules.cli._state import state_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.deliver.plain import wrapped
from creditrules.deliver.words import LANGUAGES, word_table
from creditrules.evaluate.engine_names import NAMES

if TYPE_CHECKING:
    _DayParam = click.ParamType[date]
    _WordParam = click.ParamType[str]
else:  # older releases of click have no parameter here
    _DayParam = _WordParam = click.ParamType

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", re.ASCII)


class Day(_DayParam):
    """A day in the form 2018-12-20."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day.

        Raises:
            UsageError: CR554, it is none.
        """
        if isinstance(value, date):
            return value
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise usage_error("CR554", value, option=_option(param))


class DayOrMonth(Day):
    """A day, or the month or year that is all a document says, as it is written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what was written.

        Raises:
            UsageError: CR554, it is no day, month or year.
        """
        if isinstance(value, str) and _MONTH.fullmatch(value):
            return value
        return str(super().convert(value, param, ctx))


class OneOf(_WordParam):
    """One of a few words."""

    name = "word"

    def __init__(self, *words: str, code: str = "CR556") -> None:
        self.words = words
        self.code = code

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the words in the help."""
        return "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word.

        Raises:
            UsageError: it is not among them (CR556, or the code of the option).
        """
        if value in self.words:
            return str(value)
        known = ", ".join(self.words)
        near = nearest(value, self.words)
        raise usage_error(self.code, value, name=value, option=_option(param), known=known, **near)


def _option(param: click.Parameter | None) -> str:
    return param.opts[0] if param is not None else ""


class Command(click.Command):
    """A command whose help is read from the table of words."""

    def __init__(
        self, name: str, callback: Callable[..., None], params: Sequence[click.Parameter], within: str = ""
    ) -> None:
        super().__init__(name, callback=callback, params=[*params, lang_option(), _verbose_option()])
        # Where the words of its help stand: below those of the folder of commands it is in.
        self.key = f"{within}.{name}" if within else name
        self.allow_extra_args = True  # they are refused below, in words of ours

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read a command line.

        Raises:
            UsageError: CR565, it holds more than the command takes.
        """
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise usage_error("CR565", rest[0])
        return rest

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the run."""
        write_help(self, ctx, formatter, self.key, [])


def write_help(
    command: click.Command,
    context: click.Context,
    formatter: click.HelpFormatter,
    key: str,
    commands: Sequence[tuple[str, str]],
) -> None:
    """Write usage, what the command does, its options and its commands."""
    words = state_of(context).words
    pieces = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, pieces, prefix=words("cli.usage"))
    for paragraph in words(f"cli.{key}.about").strip().split("\n\n"):
        formatter.write_paragraph()
        for line in wrapped(" ".join(paragraph.split()), formatter.width - 2):
            formatter.write(f"  {line}\n")
    rows = [(_shape(p, context), words(_help_key(key, p))) for p in command.get_params(context)]
    with formatter.section(words("cli.options")):
        formatter.write_dl(rows)
    if commands:
        with formatter.section(words("cli.commands")):
            formatter.write_dl(commands)


def _shape(parameter: click.Parameter, context: click.Context) -> str:
    if not isinstance(parameter, click.Option):
        return parameter.make_metavar(context)
    record = parameter.get_help_record(context)
    return record[0] if record else ""


def _help_key(command: str, parameter: click.Parameter) -> str:
    # click has a name of its own for the option it adds to every command.
    name = "help" if "--help" in parameter.opts else parameter.name
    # Options that all commands of a folder take are explained once, in the words of the folder.
    places = (f"cli.{command}.{name}", f"cli.{command.partition('.')[0]}.{name}")
    return next((key for key in places if key in word_table()), f"cli.option.{name}")


def lang_option() -> click.Option:
    """Return `--lang`; the program reads it before anything is said."""
    return click.Option(["--lang"], type=OneOf(*LANGUAGES), expose_value=False)


def _verbose_option() -> click.Option:
    return click.Option(["--verbose"], is_flag=True, is_eager=True, expose_value=False, callback=_verbose)


def _verbose(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    state_of(context).verbose = asked


def format_option(*formats: str) -> click.Option:
    """Return `--format` with its words; the first is the default."""
    return click.Option(
        ["--format", "form"], type=OneOf(*formats), default=formats[0], is_eager=True, callback=_format
    )


def _format(context: click.Context, parameter: click.Parameter, form: str) -> str:
    # Whoever reads the answer by machine reads the findings by machine.
    state_of(context).as_json = form == "json"
    return form


def decision_options() -> list[click.Parameter]:
    """Return what every command takes that decides a dossier."""
    return [
        click.Argument(["dossier"]),
        click.Option(["--on"], type=Day(), required=True, metavar="DATE"),
        click.Option(["--known"], type=Day(), metavar="DATE"),
        click.Option(["--engine"], type=OneOf(*NAMES, code="CR531"), default="checked"),
        catalogue_option(),
        click.Option(["--recalled"], is_flag=True),
    ]


def catalogue_option() -> click.Option:
    """Return `--catalogue`; given several times, the catalogues are stacked in that order."""
    return click.Option(["--catalogue", "catalogues"], multiple=True, metavar="PATH")
