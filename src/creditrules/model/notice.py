"""Model: notices that order a procedure, the channels they name, and lists of measures they refer to."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.model.words import Checked


@frozen
class Channel:
    """渠道: a platform, website or medium on which information is shared or published.

    `kind` is `platform`, `website`, `system`, `portal` or `media`; `operator` the unit that runs it, where a
    source says so.
    """

    key: str
    name: Text
    kind: str
    level: str
    region: str | None = None
    operator: str | None = None
    url: str = ""
    aliases: tuple[str, ...] = ()
    checked: Checked = Checked.VERIFIED
    note: str = ""


@frozen
class MeasureList:
    """措施清单: a list of measures that a notice refers to; `seen` says whether any source shows it.

    `memoranda` are the documents of the catalogue that hold its measures; empty while it was not seen.
    """

    key: str
    title: Text
    level: str
    region: str | None = None
    seen: bool = False
    memoranda: tuple[str, ...] = ()
    checked: Checked = Checked.VERIFIED
    note: Text = Text()


@frozen
class Section:
    """One numbered part of a notice: its heading as printed, what it says in one sentence, how binding it is.

    `force` holds the words of `creditrules.load.doc_notices.FORCES`, the one that rules the section first;
    `channels` and `relies_on` are keys of the channels and lists of measures it names.
    """

    number: str
    heading: str
    says: Text
    force: tuple[str, ...]
    channels: tuple[str, ...] = ()
    relies_on: tuple[str, ...] = ()
    note: str = ""


@frozen
class Notice:
    """通知: a document that orders how lists are handled, section by section; it holds no measures itself.

    `issued` is the day it bears; `since` the day from which it has effect, where that is known otherwise.
    """

    key: str
    doc_no: str
    title: Text
    issued: date
    issued_by: str
    sections: tuple[Section, ...]
    region: str | None = None
    since: date | None = None
    until: date | None = None
    addressees: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    status_note: Text = Text()
    source: str = ""
    checked: Checked = Checked.VERIFIED
    span: Span | None = field(default=None, eq=False, repr=False)
