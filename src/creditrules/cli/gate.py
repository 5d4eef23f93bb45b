"""CLI: `creditrules gate`: may this applicant have it, in this matter, on this day?"""

from __future__ import annotations

from datetime import date

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, catalogue_option, format_option
from creditrules.cli._state import state_of
from creditrules.cli.desk._desk import office, store_options


def _gate(
    applicant: str,
    matter: str,
    unit: str | None,
    on: date | None,
    purpose: str,
    dossiers: str | None,
    catalogues: tuple[str, ...],
    form: str,
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    from pathlib import Path

    from creditrules.cli.desk._desk import desk_at
    from creditrules.desk.clock import day_of
    from creditrules.gate.answer_json import answer_data
    from creditrules.gate.desk_source import DeskSource
    from creditrules.gate.gate import Gate, Question
    from creditrules.gate.receipts import LedgerRecorder
    from creditrules.gate.sources import DossierSource, FolderOfDossiers

    desk = desk_at(url, key, catalogues)
    source: DossierSource = DeskSource(desk.store)
    if dossiers is not None:
        _inputs.check_there(dossiers)
        source = FolderOfDossiers(Path(dossiers), desk.catalogue)
    day = on or day_of(desk.store.clock())
    gate = Gate(desk.catalogue, source, LedgerRecorder(desk.store))
    found = gate.check(Question(matter, applicant, day, purpose, office(by).name, unit))
    data = answer_data(found, desk.catalogue)
    if form == "json":
        import json

        said = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        click.echo(said.encode("utf-8"))
        return
    lang = state_of().lang
    words = state_of().words
    click.echo(data["verdict_name"][lang])
    click.echo(data["text"][lang])
    for ground in data["grounds"]:
        click.echo(f"- {ground['sentence'][lang]}")
    for ask in data["asks"]:
        click.echo(f"? {ask['question'][lang]}")
    for because in data["by_commitment"]["because"]:
        click.echo(words("gate.by_commitment", because=because[lang]))
    click.echo(words("gate.receipt", n=found.receipt.number, seal=found.receipt.seal[:16]))


command = Command(
    "gate",
    _gate,
    [
        click.Argument(["applicant"]),
        click.Option(["--matter"], required=True, metavar="KEY"),
        click.Option(["--unit"], metavar="NAME"),
        click.Option(["--on"], type=Day(), metavar="DATE"),
        click.Option(["--purpose"], required=True, metavar="TEXT"),
        click.Option(["--dossiers"], metavar="FOLDER"),
        catalogue_option(),
        format_option("text", "json"),
        *store_options(),
    ],
)
