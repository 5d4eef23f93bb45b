"""CLI: `creditrules schema`: the JSON Schemas by which an editor completes and explains documents."""

from __future__ import annotations

from pathlib import Path

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, OneOf, catalogue_option
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error
from creditrules.load.document_kinds import DOCUMENT_KINDS, SECTIONS


def _schema(kind: str | None, catalogues: tuple[str, ...], out: str | None, closed: bool) -> None:
    from creditrules.policy.schema.documents import schema_of
    from creditrules.policy.schema.files import as_text, file_name
    from creditrules.policy.schema.words import of_document
    from creditrules.policy.writing import write_whole

    state = state_of()
    if kind is None and out is None:
        for name in DOCUMENT_KINDS:
            click.echo(f"{name:<12} {of_document(name)(state.lang)}")
        return
    catalogue = _inputs.load(catalogues, state)
    kinds = DOCUMENT_KINDS if kind is None else (kind,)
    with state.timed("make schemas"):
        texts = {name: as_text(schema_of(name, catalogue, closed=closed)) for name in kinds}
    if out is None:
        for text in texts.values():
            click.echo(text.encode("utf-8"), nl=False)
        return
    folder = Path(out)
    for name, text in texts.items():
        path = folder / file_name(name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
        except OSError:
            raise usage_error("CR569", str(path)) from None
        click.echo(state.words("editor.schema.written", file=path))


command = Command(
    "schema",
    _schema,
    [
        click.Argument(["kind"], type=OneOf(*DOCUMENT_KINDS, *SECTIONS), required=False, metavar="[KIND]"),
        catalogue_option(),
        click.Option(["--out"], metavar="FOLDER"),
        click.Option(["--closed"], is_flag=True),
    ],
)
