"""Deliver: the kinds of letters, what their fields are, and where a field may come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from creditrules.model.event import EventKind
from creditrules.model.procedure import Duty
from creditrules.model.words import Level


@frozen
class LetterKind:
    """A kind of letter: `answers` is the event that sending it is, `level` the list it is meant for.

    `allowed` are the states of the duty it meets in which it may go out; empty: whatever the duty's state.
    `to_unit` letters are addressed to an implementing unit, the others to the listed subject or to a person.
    """

    key: str
    answers: EventKind
    level: Level | None = None
    allowed: frozenset[str] = frozenset()
    to_unit: bool = False

    def differs(self, duty: Duty) -> tuple[bool, bool]:
        """Say whether a duty is not that of the body that sends the letter, and not owed to its reader."""
        sender, reader = ("credit_office", "implementing_unit") if self.to_unit else ("authority", "subject")
        return duty.who != sender, duty.to != reader

    @property
    def template(self) -> str:
        """Return the file name of the template that is shipped."""
        return f"{self.key}.docx"


_ASKED = frozenset({"due", "overdue", "open"})

KINDS: Mapping[str, LetterKind] = {
    kind.key: kind
    for kind in (
        LetterKind("rectification-order", EventKind.RECTIFICATION_ORDER, allowed=_ASKED | {"pending"}),
        LetterKind("reminder-interview", EventKind.INTERVIEW_HELD, Level.WATCHLIST, allowed=_ASKED),
        LetterKind("warning-interview", EventKind.INTERVIEW_HELD, Level.BLACKLIST, allowed=_ASKED),
        LetterKind("prior-notice", EventKind.PRIOR_NOTICE),
        LetterKind("decision-notice", EventKind.SERVICE),
        LetterKind("repair-confirmation", EventKind.REPAIR_DECISION),
        LetterKind("push-notice", EventKind.PUSH, to_unit=True),
    )
}

# What nobody but the office knows; it may be given where the dossier does not tell.
OFFICE = frozenset(
    {
        "office_name",
        "letter_no",
        "contact_person",
        "contact_phone",
        "facts_found",
        "requirements",
        "rectify_by",
        "interview_time",
        "interview_place",
        "statement_by",
        "feedback_by",
    }
)
# Given by the office where a listing could be repaired in several ways; it is no field of a letter.
REPAIR_WAY = "repair_way"
# Where in a dossier (or a catalogue) that is to be written which a letter needs and does not find.
PLACES: Mapping[str, str] = {
    "issuer": "listings: authority",
    "authority": "listings: authority",
    "addressee": "subjects: name",
    "identifier": "subjects: code, id_number",
    "subject_name": "subjects: name",
    "list_title": "rules/lists: title",
    "listing_doc_no": "listings: doc_no",
    "determined_on": "listings: determined",
    "conduct": "listings: conduct",
    "effective": "listings: served, aggregated",
    "list_basis": "rules/lists: basis",
    "basis": "rules/procedures: basis",
    "reached_as": "subjects: roles; listings: findings",
    "person_in_charge": "subjects: roles (legal_representative, person_in_charge)",
    "removal_conditions": "rules/lists: ends_by",
    "remedy": "rules/lists: remedy",
    "period": "listings: until, review",
    "repair_applied_on": "listings: repairs: applied",
    "repair_decided_on": "listings: repairs: decided, outcome",
    "repair_ends": "rules/procedures: ends",
    "repair_basis": "rules/procedures: basis",
}


@frozen
class Source:
    """Where a value comes from: a part of what was decided, and the place in it.

    `part` is `decision` (`at` is a JSON pointer into the decision as JSON), `procedure` (a pointer into its
    `procedure`), `dossier`, `catalogue`, `question` (an argument), or `given` (by the office).
    """

    part: str
    at: str


@frozen
class Row:
    """One row of a list in a letter: its fields by name; None: nobody gives it."""

    fields: Mapping[str, Field | None]


@frozen
class Field:
    """A field of a letter: its words, or its rows, and where each comes from."""

    value: str | tuple[Row, ...]
    source: Source


@frozen
class LetterQuestion:
    """Which letter is asked for: `mask` None: full names for those addressed, masked for all others."""

    kind: LetterKind
    on: date
    listing: str | None = None
    person: str | None = None
    actions: tuple[str, ...] = ()
    unit: str | None = None
    mask: bool | None = None
    given: Mapping[str, str] = field(factory=dict)


def day_zh(day: date) -> str:
    """Return a day as official documents write it: 2018年12月20日."""
    return f"{day.year}年{day.month}月{day.day}日"
