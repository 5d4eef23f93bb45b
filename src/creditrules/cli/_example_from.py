"""CLI: `creditrules example from`: a case made of a real decision, masked, written only when it passes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from creditrules.cli import _inputs
from creditrules.cli._example_sheets import is_sheet, write_doc
from creditrules.cli._state import FINDINGS, state_of

if TYPE_CHECKING:
    from creditrules.cli.example import Asked
    from creditrules.load.example_docs import ExampleDoc
    from creditrules.model.catalogue import Catalogue
    from creditrules.policy.decided_case import Decided


def from_decision(asked: Asked) -> None:
    """Write the case of a decision."""
    from creditrules.load.example_base import in_english
    from creditrules.policy import decided_case

    state = state_of()
    source, *between, out = asked.files
    _inputs.check_file(source)
    decided = decided_case.read_decision(Path(source).read_bytes(), source)
    if not between and decided.dossier is None:
        raise decided_case.no_dossier(source)
    catalogue = _inputs.load(asked.catalogues, state)
    if between:
        dossier = _inputs.read(between[0], catalogue, state)
        decided_case.check_same(decided, dossier, between[0])
        tree = in_english(_tree(between[0]))
    else:
        from creditrules.load.dossier import read_dossier

        dossier = read_dossier(dict(decided.dossier or {}), catalogue, file=source)
        tree = in_english(dict(decided.dossier or {}))
    name = asked.name or state.words("example.default_name", on=decided.on)
    doc = decided_case.case_of(
        decided, tree, catalogue, dossier, name=name, mask=asked.mask, days=asked.shift
    )
    if not _passes(doc, catalogue, out):
        return
    comments = (state.words("example.comment"),) if asked.mask else ()
    write_doc(out, doc, sheet=is_sheet(out), force=asked.force, comments=comments)
    _tell(doc, out, asked.mask, decided)


def _tree(path: str) -> dict[str, Any]:
    """Return a dossier as plain values."""
    from creditrules.errors import FactsError
    from creditrules.load.json_text import read_json
    from creditrules.load.limits import Limits
    from creditrules.load.node import plain
    from creditrules.load.strict_yaml import read_yaml

    data = Path(path).read_bytes()
    if path.lower().endswith(".json"):
        tree = plain(read_json(data.decode("utf-8-sig"), path, Limits(), FactsError))
    else:
        tree = plain(read_yaml(data, path, Limits(), FactsError))
    return dict(tree)


def _passes(doc: ExampleDoc, catalogue: Catalogue, out: str) -> bool:
    """Run the case; say where the catalogue decides otherwise today, when it does."""
    from creditrules.policy.decided_case import differences_now

    state = state_of()
    found = differences_now(doc, catalogue)
    if not found:
        return True
    state.raise_code(FINDINGS)
    click.echo(state.words("example.differs", file=out, n=len(found)), err=True)
    for difference in found:
        click.echo(f"  - {state.words.said(difference)}", err=True)
    return False


def _tell(doc: ExampleDoc, out: str, mask: bool, decided: Decided) -> None:
    words = state_of().words
    expect = doc.cases[0].expect
    actions, still_open = (len(expect.actions), len(expect.undetermined)) if expect else (0, 0)
    click.echo(words("example.case_written", file=out, actions=actions, open=still_open))
    if mask:
        click.echo(words("example.masked"))
