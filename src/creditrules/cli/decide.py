"""CLI: `creditrules decide`: what each unit must or may do about the subjects of a dossier on a day."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from typing import BinaryIO

import click
from attrs import evolve

from creditrules.cli import _inputs
from creditrules.cli._command import Command, decision_options, format_option
from creditrules.cli._output import write_json, write_page, write_procedure
from creditrules.cli._procedure import proceedings
from creditrules.cli._state import FINDINGS, INTERNAL, State, state_of
from creditrules.errors import CreditRulesError, EngineError, Finding
from creditrules.model.rulebook import Rulebook


def _decide(
    dossier: str,
    on: date,
    known: date | None,
    engine: str,
    catalogues: tuple[str, ...],
    recalled: bool,
    unit: str | None,
    form: str,
    reasons: bool,
    procedure: bool,
    stream: bool,
) -> None:
    state = state_of()
    question = _inputs.Question(on, known, engine, catalogues, recalled)
    is_stream = stream or dossier.endswith(".jsonl")
    state.as_json |= is_stream
    if dossier != "-":
        _inputs.check_file(dossier)
    book = _inputs.rulebook(question, state)
    _inputs.check_unit(unit, book)
    if is_stream:
        _each_line(dossier, book, question, unit, reasons, procedure, state)
        return
    read = _inputs.read(dossier, book.catalogue, state)
    decision = _inputs.decided(read, book, question, state)
    found = proceedings(read, book, question, state) if procedure else None
    with state.timed("deliver"):
        if form == "json":
            write_json(decision, reasons=reasons, unit=unit, procedure=found)
        else:
            write_page(decision, book.catalogue, form, state.lang, reasons=reasons, unit=unit)
            if found is not None:
                write_procedure(found, read, book.catalogue, on, form, state.lang)


def _each_line(
    path: str,
    book: Rulebook,
    question: _inputs.Question,
    unit: str | None,
    reasons: bool,
    procedure: bool,
    state: State,
) -> None:
    """Decide one dossier a line; a line with findings gives them in its place, and the others go on."""
    name = _inputs.STDIN if path == "-" else path
    with nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as lines:
        for number, line in _numbered(lines):
            try:
                dossier = _inputs.read_text(line.strip(b"\r\n"), book.catalogue, name)
                decision = _inputs.decided(dossier, book, question, state)
                found = proceedings(dossier, book, question, state) if procedure else None
            except CreditRulesError as error:
                state.raise_code(INTERNAL if isinstance(error, EngineError) else FINDINGS)
                _write_findings(number, error.findings)
            else:
                write_json(decision, reasons=reasons, unit=unit, procedure=found)
            sys.stdout.flush()


def _numbered(lines: BinaryIO) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _write_findings(number: int, found: tuple[Finding, ...]) -> None:
    from creditrules.deliver import findings

    # The line was read as a text of its own; its place is in the stream.
    moved = [evolve(f, span=evolve(f.span, line=number)) for f in found]
    data = {"line": number, "findings": findings.to_data(moved)}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    click.echo(text.encode("utf-8"))


command = Command(
    "decide",
    _decide,
    [
        *decision_options(),
        click.Option(["--unit"], metavar="NAME"),
        format_option("table", "json", "markdown"),
        click.Option(["--reasons"], is_flag=True),
        click.Option(["--procedure"], is_flag=True),
        click.Option(["--stream"], is_flag=True),
    ],
)
