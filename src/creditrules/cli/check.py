"""CLI: `creditrules check`: load catalogues, say what is wrong with them, and check what they say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve, frozen

from creditrules.cli import _inputs
from creditrules.cli._checks import codes_named, tested
from creditrules.cli._command import Command, Day, OneOf, format_option
from creditrules.cli._output import near_here, span_near
from creditrules.cli._state import FINDINGS, State, state_of
from creditrules.decide.citations import Citation, citations_of, findings_of
from creditrules.deliver import findings as deliver
from creditrules.deliver.citations import for_people, to_data
from creditrules.errors import CatalogueError, FactsError, Finding
from creditrules.model.catalogue import Catalogue

if TYPE_CHECKING:
    from creditrules.policy.checks.run import Found

_SEVERITIES = ("error", "warning", "note")


@frozen
class _Asked:
    """What is asked of the checks, beside the catalogues."""

    on: date | None
    select: frozenset[str]
    ignore: frozenset[str]
    examples: tuple[str, ...]


def _check(
    paths: tuple[str, ...],
    on: date | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    strict: bool,
    examples: tuple[str, ...],
    form: str,
    notes: bool,
    suppressed: bool,
    citations: bool,
) -> None:
    state = state_of()
    for path in examples:
        _inputs.check_there(path)
    asked = _Asked(on, codes_named(select), codes_named(ignore), examples)
    catalogue, found, let_stand = _found(paths, asked, state)
    cited = citations_near(catalogue) if citations and catalogue is not None else ()
    found = [*found, *findings_of(cited)]
    if any(f.severity == "error" or (strict and f.severity == "warning") for f in found):
        state.raise_code(FINDINGS)
    if form == "text":
        shown = _SEVERITIES[: _SEVERITIES.index(severity or ("note" if notes else "warning")) + 1]
        _for_people(found, catalogue, shown, state)
        _say_let_stand(let_stand, state, whole=suppressed)
        if cited and catalogue is not None:
            click.echo("\n" + for_people(cited, catalogue, state.lang))
        return
    wanted = _SEVERITIES[: _SEVERITIES.index(severity or "note") + 1]
    _for_machines([f for f in found if f.severity in wanted], form, to_data(cited) if cited else None, state)


def _found(
    paths: tuple[str, ...], asked: _Asked, state: State
) -> tuple[Catalogue | None, list[Finding], list[tuple[Finding, str]]]:
    """Load and check; what cannot be loaded is not checked. What is let stand comes with its reason."""
    from creditrules.policy.checks.run import check_catalogue

    try:
        catalogue = _inputs.load(paths, state)
    except CatalogueError as error:
        return None, near_here(error.findings), []
    unread: tuple[Finding, ...] = ()
    exercised: frozenset[str] | None = None
    try:
        with state.timed("read examples"):
            exercised = tested(paths, asked.examples)
    except (CatalogueError, FactsError) as error:
        unread = error.findings
    with state.timed("check"):
        done: Found = check_catalogue(
            catalogue, on=asked.on, select=asked.select, ignore=asked.ignore, tested=exercised
        )
    let_stand = [(f, s.reason(state.lang)) for f, s in done.let_stand]
    return catalogue, near_here([*unread, *done.findings]), let_stand


def citations_near(catalogue: Catalogue) -> tuple[Citation, ...]:
    """Check the citations, their places named from the working folder."""
    return tuple(
        evolve(c, basis=evolve(c.basis, span=span_near(c.basis.span))) if c.basis.span else c
        for c in citations_of(catalogue)
    )


def _for_machines(
    found: Sequence[Finding], form: str, citations: dict[str, Any] | None, state: State
) -> None:
    if form == "line":
        said = deliver.for_editors(found, state.lang)
        click.echo(said) if said else None
    elif form == "sarif":
        from creditrules.deliver.sarif import to_sarif

        click.echo(to_sarif(found, state.lang).encode("utf-8"))
    elif citations is None:
        click.echo(deliver.to_json(found).encode("utf-8"))
    else:
        data = {**citations, "findings": deliver.to_data(found)}
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        click.echo(text.encode("utf-8"))


def _for_people(
    found: Sequence[Finding], catalogue: Catalogue | None, shown: Sequence[str], state: State
) -> None:
    """Show findings whole down to a severity, the others by their number."""
    words = state.words
    whole = [f for f in found if f.severity in shown]
    if whole:
        click.echo(deliver.by_file(whole, state.lang) + "\n")
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
    if found:
        click.echo(deliver.by_code(found, state.lang))
    if len(whole) < len(found):
        click.echo(words("checks.more"))


def _say_let_stand(let_stand: Sequence[tuple[Finding, str]], state: State, *, whole: bool) -> None:
    words = state.words
    if let_stand and not whole:
        key = "checks.let_stand_one" if len(let_stand) == 1 else "checks.let_stand"
        click.echo(words(key, n=len(let_stand)))
    elif let_stand:
        click.echo("\n" + words("checks.suppressed"))
        for finding, reason in let_stand:
            click.echo(deliver.for_editors(near_here([finding]), state.lang))
            click.echo(words("checks.reason", reason=deliver.said(reason)))


command = Command(
    "check",
    _check,
    [
        click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
        click.Option(["--on"], type=Day(), metavar="DATE"),
        click.Option(["--select"], multiple=True, metavar="CODES"),
        click.Option(["--ignore"], multiple=True, metavar="CODES"),
        click.Option(["--severity"], type=OneOf(*_SEVERITIES)),
        click.Option(["--strict"], is_flag=True),
        click.Option(["--examples"], multiple=True, metavar="PATH"),
        format_option("text", "line", "json", "sarif"),
        click.Option(["--notes"], is_flag=True),
        click.Option(["--suppressed"], is_flag=True),
        click.Option(["--citations"], is_flag=True),
    ],
)
