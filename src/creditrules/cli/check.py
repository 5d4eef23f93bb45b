"""CLI: `creditrules check`: load catalogues; show what was found in their documents, and how they cite."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click
from attrs import evolve

from creditrules.cli import _inputs
from creditrules.cli._command import Command, format_option
from creditrules.cli._output import near_here, span_near
from creditrules.cli._state import FINDINGS, State, state_of
from creditrules.decide.citations import Citation, citations_of, findings_of
from creditrules.deliver import findings as deliver
from creditrules.deliver.citations import for_people, to_data
from creditrules.errors import CatalogueError, Finding, finding_texts
from creditrules.model.catalogue import Catalogue


def _check(paths: tuple[str, ...], form: str, notes: bool, citations: bool) -> None:
    state = state_of()
    catalogue: Catalogue | None = None
    try:
        catalogue = _inputs.load(paths, state)
        found: Sequence[Finding] = near_here(catalogue.notes)
    except CatalogueError as error:
        found = near_here(error.findings)
        state.raise_code(FINDINGS)
    cited = citations_near(catalogue) if citations and catalogue is not None else ()
    found = [*found, *findings_of(cited)]
    if form == "json":
        data = to_data(cited) if catalogue is not None and citations else None
        click.echo(_as_json(found, data).encode("utf-8"))
    elif form == "line":
        said = deliver.for_editors(found, state.lang)
        click.echo(said) if said else None
    else:
        _for_people(found, catalogue, notes, state)
        if cited and catalogue is not None:
            click.echo("\n" + for_people(cited, catalogue, state.lang))


def _as_json(found: Sequence[Finding], citations: dict[str, Any] | None) -> str:
    """Return findings as JSON, and in the same object how the citations came out."""
    if citations is None:
        return deliver.to_json(found)
    data = {**citations, "findings": deliver.to_data(found)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def citations_near(catalogue: Catalogue) -> tuple[Citation, ...]:
    """Check the citations, their places named from the working folder."""
    return tuple(
        evolve(c, basis=evolve(c.basis, span=span_near(c.basis.span))) if c.basis.span else c
        for c in citations_of(catalogue)
    )


def _for_people(found: Sequence[Finding], catalogue: Catalogue | None, all_notes: bool, state: State) -> None:
    """Show errors and warnings whole, notes by their number unless all are asked for."""
    words = state.words
    whole = [f for f in found if all_notes or f.severity != "note"]
    if whole:
        click.echo(deliver.for_people(whole, state.lang) + "\n")
    if catalogue is not None:
        click.echo(
            words(
                "cli.check.counted",
                catalogue=", ".join(f"{m.id} {m.version}" for m in catalogue.manifests),
                memoranda=len(catalogue.memoranda),
                measures=sum(len(m.measures) for m in catalogue.memoranda.values()),
                units=len(catalogue.units.by_key),
                lists=len(catalogue.lists),
                digest=catalogue.digest[:12],
            )
        )
    click.echo(deliver.summary(found, state.lang))
    counted = Counter(f.code for f in found if f.severity == "note" and f not in whole)
    for code, number in sorted(counted.items()):
        title = finding_texts().get(code, {}).get("title", {}).get(state.lang, "")
        click.echo(f"  {number:>4} × {code} {title}")


command = Command(
    "check",
    _check,
    [
        click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
        format_option("human", "line", "json"),
        click.Option(["--notes"], is_flag=True),
        click.Option(["--citations"], is_flag=True),
    ],
)
