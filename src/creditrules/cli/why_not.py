"""CLI: `creditrules why-not`: why a unit does, or does not, take a measure against a person."""

from __future__ import annotations

import json
from datetime import date

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, decision_options, format_option
from creditrules.cli._measures import measure_named
from creditrules.cli._output import write_trees
from creditrules.cli._state import state_of
from creditrules.model.dossier import Dossier


def _why_not(
    dossier: str,
    on: date,
    known: date | None,
    engine: str,
    catalogues: tuple[str, ...],
    recalled: bool,
    unit: str,
    measure: str,
    person: str,
    form: str,
) -> None:
    state = state_of()
    question = _inputs.Question(on, known, engine, catalogues, recalled)
    if dossier != "-":
        _inputs.check_file(dossier)
    book = _inputs.rulebook(question, state)
    _inputs.check_unit(unit, book)
    key = measure_named(measure, book.catalogue)
    read = _inputs.read(dossier, book.catalogue, state)
    decision = _inputs.decided(read, book, question, state)
    tree = decision.why_not(unit=unit, measure=key, person=_person(person, read))
    if form == "json":
        from creditrules.deliver.json import plain

        text = json.dumps(plain(tree), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        click.echo(text.encode("utf-8"))
    else:
        write_trees([tree], state.lang)


def _person(name: str, dossier: Dossier) -> str:
    """Return the id of a subject, which may be named by its name where only one bears it."""
    bearers = [subject.id for subject in dossier.subjects.values() if subject.name == name]
    return bearers[0] if len(bearers) == 1 and name not in dossier.subjects else name


command = Command(
    "why-not",
    _why_not,
    [
        *decision_options(),
        click.Option(["--unit"], required=True, metavar="NAME"),
        click.Option(["--measure"], required=True, metavar="MEASURE"),
        click.Option(["--person"], required=True, metavar="SUBJECT"),
        format_option("tree", "json"),
    ],
)
