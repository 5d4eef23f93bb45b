"""Model: the facts that only conditions about procedure may ask for, with the question each stands for."""

from __future__ import annotations

from collections.abc import Mapping

from creditrules.model.catalogue import FactDeclaration
from creditrules.model.event import EventKind
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.text import Text


def _happened(kind: EventKind, name: Text) -> tuple[FactDeclaration, FactDeclaration]:
    ask = Text("是否已有“{event}”？", "Has there been: {event}?").filled(event=name)
    ask_day = Text("最近一次“{event}”是哪一天？", "On which day was the last: {event}?").filled(event=name)
    return (
        FactDeclaration(f"event.{kind}", "listing", "boolean", ask, when_missing=False),
        FactDeclaration(f"event.{kind}.on", "listing", "date", ask_day),
    )


# Beside the facts of a catalogue and those built in. `event.<kind>`: has such an event happened by the day?
PROCEDURE_FACTS: Mapping[str, FactDeclaration] = {
    fact.name: fact
    for fact in (
        *(fact for kind, name in EVENT_NAMES.items() for fact in _happened(kind, name)),
        FactDeclaration(
            "listing.publishable",
            "listing",
            "boolean",
            Text("该失信信息依法能否公开？", "May the listing be published by law?"),
        ),
        FactDeclaration(
            "listing.level", "listing", "choice", Text("属于哪一级名单？", "Which level of list?")
        ),
        FactDeclaration("listing.list", "listing", "choice", Text("列入哪一份名单？", "Which list is it?")),
        FactDeclaration(
            "objection.upheld",
            "listing",
            "boolean",
            Text("最近一次异议是否成立？", "Was the last objection upheld?"),
        ),
        FactDeclaration(
            "repair.granted",
            "listing",
            "boolean",
            Text("最近一次修复决定是否同意修复？", "Did the last decision on repair grant it?"),
        ),
    )
}

LEVEL_NAMES: Mapping[str, Text] = {
    "blacklist": Text("黑名单", "blacklist"),
    "watchlist": Text("重点关注名单", "watchlist"),
    "redlist": Text("红名单", "redlist"),
    "decision": Text("决定", "decision"),
}
