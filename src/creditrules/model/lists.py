"""Model: kinds of listing: who determines them, on what grounds, for how long, and what they may lead to."""

from __future__ import annotations

from datetime import date

import attrs
from attrs import frozen

from creditrules.errors import Span
from creditrules.model.basis import Basis
from creditrules.model.condition import Condition
from creditrules.model.text import Text
from creditrules.model.time import Period, covers
from creditrules.model.words import Checked, Level


@frozen
class ListPeriod:
    """How long a listing of a kind lasts when it was determined in a span of days.

    `counts_from` is `determined`, `published`, `since`, … ; `period` None: the rules of the list set none.
    """

    since: date | None = None
    until: date | None = None
    period: Period | None = None
    counts_from: str = "determined"
    checked: Checked = Checked.VERIFIED
    source: str = ""


@frozen
class EntryCase:
    """列入情形: conduct that puts a subject on the list, in words; `when` says the same over facts.

    `when` is None where the case turns on a judgment that no fact replaces.
    """

    text: Text
    when: Condition | None = None
    since: date | None = None
    until: date | None = None
    checked: Checked = Checked.VERIFIED
    source: str = ""
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


@frozen
class EarlyRemoval:
    """提前移出: how a subject leaves the list before its period ends; `after` is the shortest stay."""

    text: Text
    after: Period | None = None
    since: date | None = None
    checked: Checked = Checked.VERIFIED
    source: str = ""


@frozen
class Trigger:
    """引起列入: being on one list may put the subject on another (`list`; None: one of its own field).

    `reaches`, when given, are the kinds of subject it concerns.
    """

    list: str | None
    because: Text
    since: date | None = None
    until: date | None = None
    reaches: frozenset[str] = frozenset()
    checked: Checked = Checked.VERIFIED
    source: str = ""


@frozen
class ListKind:
    """名单: a kind of listing, with who determines it, how long it lasts, how it ends and where to object.

    `instrument` is the document that sets the list up, `entry` the grounds, `extension` how the period may
    grow, `listed_with` the roles whose holders are listed together with the organisation.
    """

    key: str
    title: Text
    level: Level
    determined_by: Text
    remedy: Text
    ends_by: tuple[Text, ...]
    bases: tuple[Basis, ...] = ()
    periods: tuple[ListPeriod, ...] = ()
    field: str = ""
    aliases: tuple[str, ...] = ()
    succeeded_by: str | None = None
    succeeded_on: date | None = None
    since: date | None = None
    until: date | None = None
    triggers: tuple[Trigger, ...] = ()
    instrument: Text = Text()
    entry: tuple[EntryCase, ...] = ()
    extension: Text = Text()
    early_removal: EarlyRemoval | None = None
    listed_with: tuple[str, ...] = ()
    checked: Checked = Checked.VERIFIED
    note: str = ""
    span: Span | None = attrs.field(default=None, eq=False, repr=False)

    def period_of(self, determined: date) -> ListPeriod | None:
        """Return the period rule that governs a listing determined on a day."""
        return next((p for p in self.periods if covers(p.since, p.until, determined)), None)
