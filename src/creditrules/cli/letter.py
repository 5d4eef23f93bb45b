"""CLI: `creditrules letter`: a letter as a Word file, with a trace of every field."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, OneOf, decision_options
from creditrules.cli._letter_fields import fields_given
from creditrules.cli._procedure import proceedings
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error
from creditrules.deliver.letter_kinds import KINDS, LetterQuestion
from creditrules.model.dossier import Dossier
from creditrules.model.procedure import Proceedings
from creditrules.model.rulebook import Rulebook
from creditrules.model.status import repaired_on


def _letter(
    kind: str,
    dossier: str,
    on: date,
    known: date | None,
    engine: str,
    catalogues: tuple[str, ...],
    recalled: bool,
    listing: str | None,
    person: str | None,
    actions: tuple[str, ...],
    unit: str | None,
    template: str | None,
    given: tuple[str, ...],
    fields: str | None,
    mask: bool | None,
    output: str,
    trace: str | None,
) -> None:
    from creditrules.deliver.letter import write_letter
    from creditrules.deliver.letter_choice import Matter

    state = state_of()
    office = fields_given(given, fields)
    asked = LetterQuestion(KINDS[kind], on, listing, person, actions, unit, mask, office)
    question = _inputs.Question(on, known, engine, catalogues, recalled)
    if template is not None:
        _inputs.check_file(template)
    book = _inputs.rulebook(question, state)
    _inputs.check_unit(unit, book)
    read = _inputs.read(dossier, book.catalogue, state)
    decision = _inputs.decided(read, book, question, state)
    found = proceedings(read, book, question, state)
    seen = read.as_known(known)
    earlier = _before_repair(seen, book, question) if kind == "repair-confirmation" else None
    matter = Matter(decision, found, seen, book.catalogue, earlier)
    with state.timed("write letter"):
        made = write_letter(asked, matter, Path(template) if template else None)
    for path, data in ((output, made.data), (trace, made.trace_json().encode("utf-8"))):
        if path is None:
            continue
        try:
            Path(path).write_bytes(data)
        except OSError:
            raise usage_error("CR569", path) from None
    title = state.words(f"letter.kind.{kind}")
    click.echo(state.words("letter.written", file=output, kind=title, n=len(made.trace["fields"])))


def _before_repair(
    dossier: Dossier, book: Rulebook, question: _inputs.Question
) -> tuple[date, Proceedings] | None:
    """Return what the procedure said on the last day before a repair, under the law of that day."""
    from creditrules.procedure.proceed import proceed

    days = [day for v in dossier.listings if (day := repaired_on(v, question.on)) is not None]
    if not days:
        return None
    before = max(days) - timedelta(days=1)
    of_day = book.catalogue.rulebook(on=before, recalled=question.recalled)
    return before, proceed(of_day, dossier, known=question.known)


command = Command(
    "letter",
    _letter,
    [
        click.Argument(["kind"], type=OneOf(*KINDS), metavar="KIND"),
        *decision_options(),
        click.Option(["--listing"], metavar="ID"),
        click.Option(["--person"], metavar="ID"),
        click.Option(["--action", "actions"], multiple=True, metavar="ACTION"),
        click.Option(["--unit"], metavar="NAME"),
        click.Option(["--template"], metavar="FILE"),
        click.Option(["--field", "given"], multiple=True, metavar="NAME=VALUE"),
        click.Option(["--fields"], metavar="FILE"),
        click.Option(["--mask/--no-mask"], default=None),
        click.Option(["--output"], required=True, metavar="FILE"),
        click.Option(["--trace"], metavar="FILE"),
    ],
)
