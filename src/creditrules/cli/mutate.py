"""CLI: `creditrules mutate`: change the rules of a memorandum, and say which changes no example notices."""

from __future__ import annotations

import sys

import click

from creditrules.cli import _inputs
from creditrules.cli._bench import Number, examples_named, memorandum_meant, near
from creditrules.cli._command import Command, OneOf, catalogue_option, format_option
from creditrules.cli._state import FINDINGS, state_of
from creditrules.deliver.progress import counting

# The operators by name, here too so that the help need not load them; a test keeps the two alike.
OPERATORS = (
    *("drop_measure", "drop_clause", "drop_role", "drop_finding", "change_held", "widen_targets"),
    *("drop_condition", "negate_condition", "move_threshold", "drop_exception", "drop_unit", "drop_matter"),
    *("change_discretion", "change_period", "drop_basis", "move_basis", "move_in_force", "drop_list"),
)


def _mutate(
    memorandum: str,
    paths: tuple[str, ...],
    operators: tuple[str, ...],
    each_measure: bool,
    most: int | None,
    jobs: int | None,
    form: str,
    fail_under: float | None,
    catalogues: tuple[str, ...],
) -> None:
    state = state_of()
    catalogue = _inputs.load(catalogues, state)
    document = memorandum_meant(memorandum, catalogue)
    examples = examples_named(paths, catalogues, state)
    from creditrules.policy.mutation.run import mutate
    from creditrules.policy.running import processors

    with state.timed("mutate"), counting(sys.stderr, state.words("mutation.running")) as told:
        found = mutate(
            catalogue,
            document.key,
            examples,
            operators=operators or OPERATORS,
            each_measure=each_measure,
            most=most,
            jobs=jobs or processors(),
            told=told,
        )
    if form == "json":
        from creditrules.policy.mutation.data import to_json

        click.echo((to_json(found, document, near) + "\n").encode("utf-8"), nl=False)
    else:
        from creditrules.cli._mutation_page import print_report
        from creditrules.deliver.table import console_for

        print_report(found, document, console_for(sys.stdout), state.lang, near)
    if found.failing:
        state.raise_code(FINDINGS)
    if fail_under is not None and found.share < fail_under:
        click.echo(state.words("mutation.below", under=f"{fail_under:g}"), err=True)
        state.raise_code(FINDINGS)


command = Command(
    "mutate",
    _mutate,
    [
        click.Argument(["memorandum"], metavar="MEMORANDUM"),
        click.Argument(["paths"], nargs=-1, metavar="[EXAMPLES]..."),
        click.Option(["--operator", "operators"], type=OneOf(*OPERATORS), multiple=True),
        click.Option(["--each-measure"], is_flag=True),
        click.Option(["--max", "most"], type=Number(1, None, whole=True), metavar="N"),
        click.Option(["--jobs"], type=Number(1, None, whole=True), metavar="N"),
        format_option("text", "json"),
        click.Option(["--fail-under"], type=Number(0, 100), metavar="PERCENT"),
        catalogue_option(),
    ],
)
