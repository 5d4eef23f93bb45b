"""CLI: `creditrules why`: the reasons of actions, as trees down to listing, role, measure and basis."""

from __future__ import annotations

import json
from datetime import date

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, decision_options, format_option
from creditrules.cli._output import write_trees
from creditrules.cli._state import state_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.model.decision import Action, Decision


def _why(
    dossier: str,
    on: date,
    known: date | None,
    engine: str,
    catalogues: tuple[str, ...],
    recalled: bool,
    actions: tuple[str, ...],
    form: str,
) -> None:
    state = state_of()
    question = _inputs.Question(on, known, engine, catalogues, recalled)
    if dossier != "-":
        _inputs.check_file(dossier)
    book = _inputs.rulebook(question, state)
    decision = _inputs.decided(_inputs.read(dossier, book.catalogue, state), book, question, state)
    asked = [_action(decision, name) for name in actions] or list(decision.actions)
    trees = [decision.why(action) for action in asked]
    if form == "json":
        from creditrules.deliver.json import plain

        text = json.dumps(plain(trees), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        click.echo(text.encode("utf-8"))
    elif trees:
        write_trees(trees, state.lang)
    else:
        click.echo(state.words("table.no_actions"))


def _action(decision: Decision, name: str) -> Action:
    """Return an action by number or key.

    Raises:
        UsageError: CR560, the decision has none of that name.
    """
    try:
        return decision.action(name)
    except KeyError:
        near = nearest(name, [action.key for action in decision.actions])
        raise usage_error("CR560", name, n=str(len(decision.actions)), **near) from None


command = Command(
    "why",
    _why,
    [
        *decision_options(),
        click.Argument(["actions"], nargs=-1, metavar="[ACTION]..."),
        format_option("tree", "json"),
    ],
)
