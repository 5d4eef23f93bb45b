"""Load: the rules of procedure as written: bodies, duties, parameters and ways out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from creditrules.load.doc_measures import BasisDoc, ExemptDoc
from creditrules.load.doc_types import (
    CheckField,
    Count,
    Day,
    Doc,
    Flag,
    Label,
    LevelWord,
    String,
    Strings,
    TextField,
)
from creditrules.load.event_words import KNOWN_WORDS, event_kind
from creditrules.model.event import EventKind
from creditrules.model.procedure import Force

ENDS = ("publicity", "sharing", "use", "measures")
_ENDS_ZH = {"公示": "publicity", "共享": "sharing", "使用": "use", "措施": "measures", "惩戒": "measures"}
# The word 应当 means `must` where a unit's discretion is spoken of, so these words have a table of their own.
_FORCES_ZH = {
    **dict.fromkeys(("应当", "应", "要", "须"), Force.SHALL),
    **dict.fromkeys(("可以", "可"), Force.MAY),
    **dict.fromkeys(("鼓励", "支持", "引导", "探索"), Force.ENCOURAGED),
    **dict.fromkeys(("将",), Force.UNDERTAKES),
    **dict.fromkeys(("原则上",), Force.IN_PRINCIPLE),
}


def _event(value: object) -> EventKind:
    kind = event_kind(value)
    if kind is None:
        raise PydanticCustomError("CR251", "unknown event", {"word": str(value), "known": _KNOWN})
    return kind


_KNOWN = ", ".join(KNOWN_WORDS)


def _word(known: dict[str, str]) -> Callable[[object], str]:
    def check(value: object) -> str:
        word = known.get(value) if isinstance(value, str) else None
        if word is None:
            english = ", ".join(dict.fromkeys(known.values()))
            raise PydanticCustomError("CR123", "unknown word", {"word": str(value), "known": english})
        return word

    return check


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


EventWord = Annotated[EventKind, PlainValidator(_event)]
EventWords = Annotated[tuple[EventWord, ...], BeforeValidator(_listed)]
ForceWord = Annotated[str, PlainValidator(_word({f.value: f.value for f in Force} | _FORCES_ZH))]
EndWord = Annotated[str, PlainValidator(_word({word: word for word in ENDS} | _ENDS_ZH))]
EndWords = Annotated[tuple[EndWord, ...], BeforeValidator(_listed), Field(min_length=1)]
LevelWords = Annotated[tuple[LevelWord, ...], BeforeValidator(_listed)]


class TermDoc(Doc):
    """A length of time: working days, calendar time, or a parameter."""

    working_days: Count | None = None
    days: Count | None = None
    months: Count | None = None
    years: Count | None = None
    parameter: String | None = None
    basis: BasisDoc | None = None


class SpecialTermDoc(Doc):
    """A term that a special rule sets."""

    when: Any
    term: TermDoc
    label: TextField | None = None


class DutyDoc(Doc):
    """What one body owes in the procedure."""

    key: String
    section: Label = ""
    instrument: String
    who: String
    to: String | None = None
    does: TextField
    force: ForceWord
    triggers: EventWords = ()
    after: String | None = None
    levels: LevelWords = ()
    when: Any = None
    term: TermDoc | None = None
    special: tuple[SpecialTermDoc, ...] = ()
    fulfilled_by: EventWords = ()
    once: Flag = False
    excuses: tuple[ExemptDoc, ...] = ()
    claimed_by: TextField | None = None
    recorded_in: Strings = ()
    basis: BasisDoc | None = None
    since: Day | None = None
    until: Day | None = None
    checked: CheckField | None = None
    note: String | None = None


class ParameterDoc(Doc):
    """A number that no document states or that could not be verified."""

    replaces: String | None = None
    name: TextField
    term: TermDoc | None = None
    checked: CheckField | None = None
    note: String | None = None


class RequirementDoc(Doc):
    """One thing a way out asks of the subject."""

    key: String
    text: TextField
    events: EventWords = ()
    when: Any = None
    checked: CheckField | None = None


class WayOutDoc(Doc):
    """A way out of a listing or of its publication."""

    key: String
    title: TextField
    since: Day
    until: Day | None = None
    basis: BasisDoc
    applies: Any = None
    lists: Strings = ()
    apply_to: TextField
    requires: Annotated[tuple[RequirementDoc, ...], Field(min_length=1)]
    ends: EndWords
    earliest: TermDoc | None = None
    longest: TermDoc | None = None
    counts_from: String = "listing.determined"
    accepts_within: TermDoc | None = None
    decides_within: TermDoc | None = None
    never: tuple[ExemptDoc, ...] = ()
    false_papers: TextField | None = None
    checked: CheckField | None = None
    note: String | None = None
