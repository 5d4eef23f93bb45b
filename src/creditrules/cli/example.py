"""CLI: `creditrules example`: examples as workbooks, a template, a case from a decision, boundary cases."""

from __future__ import annotations

from collections.abc import Callable

import click
from attrs import frozen

from creditrules.cli._command import Command, OneOf, catalogue_option
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error


@frozen
class Asked:
    """The files of a command line and its options, whichever of the actions they are for."""

    files: tuple[str, ...]
    catalogues: tuple[str, ...]
    mask: bool
    shift: int
    name: str | None
    memorandum: str | None
    answer: str | None
    limit: int
    out: str | None
    force: bool


# The files that an action takes, in their order; those in brackets may be left out.
_FILES = {
    "template": ("MEMORANDUM", "OUT.xlsx"),
    "to-sheet": ("EXAMPLES", "OUT.xlsx"),
    "to-yaml": ("EXAMPLES.xlsx", "OUT.yaml"),
    "from": ("DECISION", "[DOSSIER]", "OUT"),
    "propose": ("EXAMPLES",),
}


def _example(
    what: str,
    files: tuple[str, ...],
    catalogues: tuple[str, ...],
    mask: bool,
    shift: int,
    name: str | None,
    memorandum: str | None,
    answer: str | None,
    limit: int,
    out: str | None,
    force: bool,
) -> None:
    from creditrules.cli import _example_from, _example_propose, _example_sheets

    actions: dict[str, Callable[[Asked], None]] = {
        "template": _example_sheets.template,
        "to-sheet": _example_sheets.to_sheet,
        "to-yaml": _example_sheets.to_yaml,
        "from": _example_from.from_decision,
        "propose": _example_propose.propose,
    }
    wanted = _FILES[what]
    needed = [file for file in wanted if not file.startswith("[")]
    if len(files) < len(needed):
        raise usage_error("CR552", needed[len(files)])
    if len(files) > len(wanted):
        raise usage_error("CR565", files[len(wanted)])
    with state_of().timed(what):
        asked = Asked(files, catalogues, mask, shift, name, memorandum, answer, limit, out, force)
        actions[what](asked)


command = Command(
    "example",
    _example,
    [
        click.Argument(["what"], type=OneOf(*_FILES)),
        click.Argument(["files"], nargs=-1, metavar="FILE..."),
        click.Option(["--mask/--no-mask"], default=True),
        click.Option(["--shift"], type=int, default=0, metavar="DAYS"),
        click.Option(["--name"], metavar="TEXT"),
        click.Option(["--memorandum"], metavar="KEY"),
        click.Option(["--answer"], type=OneOf("yes", "no")),
        click.Option(["--limit"], type=click.IntRange(min=1), default=60, metavar="N"),
        click.Option(["--out"], metavar="FILE"),
        click.Option(["--force"], is_flag=True),
        catalogue_option(),
    ],
)
