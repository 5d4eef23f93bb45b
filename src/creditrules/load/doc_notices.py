"""Load: notices, channels and lists of measures as written, before anything in them is looked up."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator

from creditrules.load.doc_types import (
    CheckField,
    Day,
    Doc,
    Label,
    String,
    Strings,
    TextField,
    one_of,
)

# How binding a section is: 应当, 原则上, the issuing office's own 将, 可以, 鼓励 (支持, 探索), or none.
FORCES = ("shall", "in_principle", "undertakes", "may", "encouraged", "states")
CHANNEL_KINDS = ("platform", "website", "system", "portal", "media")
LEVELS = ("national", "provincial", "city", "county")
STATUSES = ("seen", "not_seen")

ForceWord = Annotated[str, PlainValidator(one_of(FORCES))]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class SectionDoc(Doc):
    """One numbered part of a notice."""

    n: Label
    heading: String
    says: TextField
    force: Annotated[tuple[ForceWord, ...], BeforeValidator(_as_list), Field(min_length=1)]
    channels: Strings = ()
    relies_on: Strings = ()
    note: String | None = None


class NoticeDoc(Doc):
    """A notice file: a document that orders how lists are handled, section by section."""

    notice: String
    replaces: String | None = None
    doc_no: String
    title: TextField
    issued: Day
    issued_by: String
    region: Label | None = None
    since: Day | None = None
    until: Day | None = None
    addressees: Strings = ()
    cites: Strings = ()
    status_note: TextField | None = None
    sections: Annotated[tuple[SectionDoc, ...], Field(min_length=1)]
    source: String = ""
    checked: CheckField | None = None


class ChannelDoc(Doc):
    """A platform, website or medium on which information is shared or published."""

    replaces: String | None = None
    name: TextField
    kind: Annotated[str, PlainValidator(one_of(CHANNEL_KINDS))]
    level: Annotated[str, PlainValidator(one_of(LEVELS))] = "national"
    region: Label | None = None
    operator: String | None = None
    url: String = ""
    aliases: Strings = ()
    checked: CheckField | None = None
    note: String | None = None


class MeasureListDoc(Doc):
    """A list of measures that a notice refers to; `not_seen` keeps its place until somebody finds it."""

    replaces: String | None = None
    title: TextField
    level: Annotated[str, PlainValidator(one_of(LEVELS))]
    region: Label | None = None
    status: Annotated[str, PlainValidator(one_of(STATUSES))]
    memoranda: Strings = ()
    checked: CheckField | None = None
    note: TextField | None = None
