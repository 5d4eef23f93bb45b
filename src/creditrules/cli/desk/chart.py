"""CLI: `creditrules desk chart`: the published chart of a push, as a diagram in text."""

from __future__ import annotations

import click

from creditrules.cli._command import Command, OneOf


def _chart(of: str) -> None:
    from creditrules.desk.chart import chart_of

    click.echo(chart_of(of))


command = Command(
    "chart", _chart, [click.Option(["--of"], type=OneOf("all", "unit", "office"), default="all")], "desk"
)
