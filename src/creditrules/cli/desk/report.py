"""CLI: `creditrules desk report`: feedback by unit, what is overdue, lifted and carried out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from creditrules.cli._command import Day, catalogue_option
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error
from creditrules.cli.desk._desk import desk_at, desk_command, say, table


def _report(
    on: date | None,
    output: str | None,
    catalogues: tuple[str, ...],
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    from creditrules.desk.clock import day_of
    from creditrules.desk.reminders import overdue_duties, terms_of
    from creditrules.desk.report_book import write_book
    from creditrules.desk.reports import report

    desk, words = desk_at(url, key, catalogues), state_of().words
    day = on or day_of(desk.store.clock())
    with desk.store.reading() as connection:
        found = report(connection, day, terms_of(desk.catalogue, desk.parameters))
    if output is not None:
        try:
            write_book(Path(output), found, desk.catalogue, words.lang)
        except OSError:
            raise usage_error("CR569", output) from None
        say("report.written", file=output)
        return
    head = ("unit", "pushes", "answered", "asked", "feedback", "rate", "days_to_feedback", "overdue")
    rows = [
        (u.unit, u.pushes, u.answered, u.asked, u.feedback, _share(u.rate), u.days_to_feedback, u.overdue)
        for u in found.units
    ]
    table([words(f"desk.column.{name}") for name in head], rows)
    click.echo()
    lifted = sum(each.confirmed for each in found.lifted)
    waiting = sum(each.waiting for each in found.lifted)
    say("report.lifts", lifted=lifted, waiting=waiting)
    say("report.carried_out", n=len(found.implemented), typical=len(found.typical))
    for case, duty in overdue_duties(desk.store, desk.catalogue, day, desk.parameters):
        due = "" if duty.deadline is None else duty.deadline.day.isoformat()
        say("report.duty", case=case, duty=words.said(duty.does), due=due)


def _share(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.0%}"


command = desk_command(
    "report",
    _report,
    [
        click.Option(["--on"], type=Day(), metavar="DATE"),
        click.Option(["--output"], metavar="FILE.xlsx"),
        catalogue_option(),
    ],
)
