"""CLI: `creditrules desk answer`: book what a unit without a system has answered."""

from __future__ import annotations

import click

from creditrules.cli._command import OneOf
from creditrules.cli._state import state_of
from creditrules.cli.desk._desk import desk_command, office, say, store_at

EVENTS = (
    *("receive", "accept", "return", "not_applicable", "ask"),
    *("implement", "no_occasion", "confirm_change", "confirm_lift"),
)


def _answer(
    push: int,
    event: str,
    details: tuple[str, ...],
    answer_key: str | None,
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    from creditrules.desk.answers import Answer, answer
    from creditrules.desk.chart import PushEvent

    store = store_at(url, key)
    said = _details(details)
    given = Answer(push, PushEvent(event), answer_key or _key(push, event, said), said)
    booked = answer(store, given, office(by))
    state = state_of().words(f"desk.state.{booked.state}")
    say("answer.again" if booked.again else "answer.booked", push=push, state=state)


def _details(given: tuple[str, ...]) -> dict[str, object]:
    from creditrules.cli._usage import usage_error

    said: dict[str, object] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise usage_error("CR639", each)
        said[name.strip()] = int(value) if name == "order" and value.isdigit() else value
    if "facts" in said:
        said["facts"] = [fact.strip() for fact in str(said["facts"]).split(",")]
    return said


def _key(push: int, event: str, said: dict[str, object]) -> str:
    """Return a key made of what is said: typing the same answer twice books it once."""
    return f"{push}:{event}:{sorted(said.items())!r}"


command = desk_command(
    "answer",
    _answer,
    [
        click.Argument(["push"], type=int),
        click.Argument(["event"], type=OneOf(*EVENTS)),
        click.Option(["--detail", "details"], multiple=True, metavar="NAME=VALUE"),
        click.Option(["--answer-key"], metavar="KEY"),
    ],
)
