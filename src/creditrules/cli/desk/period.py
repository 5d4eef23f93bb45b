"""CLI: `creditrules desk period`: the periods this office has set, such as that for feedback."""

from __future__ import annotations

import re

import click

from creditrules.cli._command import catalogue_option
from creditrules.cli._state import state_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.cli.desk._desk import desk_at, desk_command, office, say, table

_TERM = re.compile(r"(\d+)\s*(working_days|days|months|years|个工作日|日|个月|年)")
_UNITS = {"个工作日": "working_days", "日": "days", "个月": "months", "年": "years"}


def _period(
    name: str | None,
    term: str | None,
    catalogues: tuple[str, ...],
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    desk, words = desk_at(url, key, catalogues), state_of().words
    if name is not None and name not in desk.catalogue.procedure.parameters:
        raise usage_error("CR665", name, **nearest(name, desk.catalogue.procedure.parameters))
    if name is not None and term is not None:
        found = _TERM.fullmatch(term.strip())
        if found is None:
            raise usage_error("CR666", term)
        desk.set_period(name, int(found[1]), _UNITS.get(found[2], found[2]), by=office(by).name)
    rows = [
        (key, words.said(rule.name), _said(desk.periods().get(key)))
        for key, rule in desk.catalogue.procedure.parameters.items()
        if name in (None, key)
    ]
    table([words(f"desk.column.{column}") for column in ("id", "name", "period")], rows)
    say("period.unset")


def _said(period: tuple[int, str] | None) -> str:
    return "" if period is None else state_of().words(f"desk.period.{period[1]}", n=period[0])


command = desk_command(
    "period",
    _period,
    [
        click.Argument(["name"], required=False),
        click.Argument(["term"], required=False),
        catalogue_option(),
    ],
)
