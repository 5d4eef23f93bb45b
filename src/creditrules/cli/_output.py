"""CLI: write a decision or a tree to standard output, in the form that was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click
from attrs import evolve

from creditrules.errors import Finding, Span

if TYPE_CHECKING:
    from creditrules.model.catalogue import Catalogue
    from creditrules.model.decision import Decision, Reason
    from creditrules.model.dossier import Dossier
    from creditrules.model.procedure import Proceedings


def near_here(found: Iterable[Finding]) -> list[Finding]:
    """Name files by their path from the working folder where they lie below it."""
    here = f"{os.getcwd()}{os.sep}"
    return [
        evolve(f, span=_near(f.span, here), related=tuple(_near(span, here) for span in f.related))
        for f in found
    ]


def span_near(span: Span) -> Span:
    """Name the file of a place by its path from the working folder where it lies below it."""
    return _near(span, f"{os.getcwd()}{os.sep}")


def _near(span: Span, here: str) -> Span:
    return evolve(span, file=span.file.removeprefix(here))


def write_json(
    decision: Decision, *, reasons: bool, unit: str | None, procedure: Proceedings | None = None
) -> None:
    """Write a decision as one line of JSON, in UTF-8 whatever the locale."""
    from creditrules.deliver.json import to_json

    click.echo(to_json(decision, reasons=reasons, unit=unit, procedure=procedure).encode("utf-8"))


def write_page(
    decision: Decision, catalogue: Catalogue, form: str, lang: str, *, reasons: bool, unit: str | None
) -> None:
    """Write a decision for people, as tables or as Markdown, with the trees of its reasons when asked."""
    from creditrules.deliver.view import page_of

    page = page_of(decision, catalogue, lang, unit=unit)
    actions = decision.actions if unit is None else decision.for_unit(unit)
    trees = [decision.why(action) for action in actions] if reasons else []
    if form == "markdown":
        from creditrules.deliver.markdown import to_markdown, trees_to_markdown

        click.echo(to_markdown(page, lang) + trees_to_markdown(trees, lang), nl=False)
        return
    from creditrules.deliver.table import console_for, print_page

    print_page(page, console_for(sys.stdout), lang)
    if trees:
        click.echo()
        write_trees(trees, lang)


def write_procedure(
    found: Proceedings, dossier: Dossier, catalogue: Catalogue, on: date, form: str, lang: str
) -> None:
    """Write duties and ways out below a decision."""
    from creditrules.deliver.procedure_table import print_section, section_markdown
    from creditrules.deliver.procedure_view import view_of

    page = view_of(found, dossier, catalogue, on, lang)
    if form == "markdown":
        click.echo(section_markdown(page, lang), nl=False)
        return
    from creditrules.deliver.table import console_for

    print_section(page, console_for(sys.stdout), lang)


def write_trees(trees: Iterable[Reason], lang: str) -> None:
    """Write trees of reasons, in colour on a terminal."""
    from creditrules.deliver.tree import plain_tree, rich_tree

    for at, tree in enumerate(trees):
        if at:
            click.echo()
        if sys.stdout.isatty():
            from creditrules.deliver.table import console_for

            console_for(sys.stdout).print(rich_tree(tree, lang))
        else:
            click.echo(plain_tree(tree, lang))
