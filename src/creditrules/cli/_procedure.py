"""CLI: what the commands about procedure share: proceedings, bodies by name, and a file to write to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from creditrules.cli._inputs import Question
from creditrules.cli._state import State
from creditrules.cli._usage import nearest, usage_error
from creditrules.model.dossier import Dossier
from creditrules.model.procedure import Duty, Proceedings
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text

if TYPE_CHECKING:
    from creditrules.deliver.timeline_view import Timeline


def proceedings(dossier: Dossier, book: Rulebook, question: Question, state: State) -> Proceedings:
    """Return the duties and the ways out of a dossier, and show what is odd in the order of its events."""
    from creditrules.procedure.proceed import proceed

    show_notes(dossier, state)
    with state.timed("proceed"):
        return proceed(book, dossier, known=question.known)


def show_notes(dossier: Dossier, state: State) -> None:
    """Show the warnings of a dossier on standard error; they stop nothing."""
    if dossier.notes:
        from creditrules.cli._output import near_here
        from creditrules.deliver import findings

        found = near_here(dossier.notes)
        said = findings.to_json(found) if state.as_json else findings.for_people(found, state.lang)
        click.echo(said, err=True)


def of_body(found: Proceedings, dossier: Dossier, book: Rulebook, name: str) -> tuple[Duty, ...]:
    """Return the duties of a body, by its key, by its name in either language, or by that of an authority.

    Raises:
        UsageError: CR570, nobody in the procedure bears the name.
    """
    keys = {key for key, text in book.catalogue.procedure.bodies.items() if name in (key, *_names(text))}
    authorities = {v.id for v in dossier.listings if v.authority == name}
    if not keys and not authorities:
        raise usage_error("CR570", name, **nearest(name, _known(dossier, book)))
    return tuple(
        d for d in found.duties if d.who in keys or (d.who == "authority" and d.listing in authorities)
    )


def _known(dossier: Dossier, book: Rulebook) -> Iterator[str]:
    for key, text in book.catalogue.procedure.bodies.items():
        yield from (*_names(text), key)
    yield from (v.authority for v in dossier.listings if v.authority)


def _names(text: Text) -> tuple[str, ...]:
    """Return the ways a body may be called: 认定部门（单位） is also 认定部门."""
    return tuple(n for full in (text.zh, text.en) for n in (full, full.split("（")[0]) if n)


def narrowed(found: Proceedings, duties: tuple[Duty, ...]) -> Proceedings:
    """Return proceedings with these duties alone."""
    return evolve(found, duties=duties, exits=())


def last_recorded_day(dossier: Dossier) -> date | None:
    """Return the last day on which anything happened around the listings of a dossier."""
    from creditrules.procedure.events import events_of

    return max((event.on for v in dossier.listings for event in events_of(v)), default=None)


def timeline(dossier: Dossier, book: Rulebook, question: Question, state: State) -> Timeline:
    """Return the timeline of a dossier, as known on the day the question names."""
    from creditrules.cli._inputs import decided
    from creditrules.deliver.timeline_view import timeline_of

    found = proceedings(dossier, book, question, state)
    decision = decided(dossier, book, question, state)
    return timeline_of(decision, dossier.as_known(question.known), book.catalogue, found)


def write_to(output: str | None, text: str) -> None:
    """Write a text to a file, or to standard output, in UTF-8 whatever the locale.

    Raises:
        UsageError: CR569, the file cannot be written.
    """
    if output is None:
        click.echo(text.encode("utf-8"), nl=False)
        return
    try:
        Path(output).write_bytes(text.encode("utf-8"))
    except OSError:
        raise usage_error("CR569", output) from None
