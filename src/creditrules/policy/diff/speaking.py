"""Policy: say the things of a catalogue in both languages, as changes are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

import attrs

from creditrules.deliver import clauses
from creditrules.deliver.names import Names
from creditrules.deliver.words import LANGUAGES, Words, word_table
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import ALWAYS, All, Condition, Not, Some, Test
from creditrules.model.memorandum import Clause, Duration, UnitPart
from creditrules.model.text import Text
from creditrules.model.time import Period, Since

# Names of fields whose words are keys of a vocabulary → what that vocabulary calls them.
_NAMED: dict[str, Callable[[Names, str], str]] = {
    **dict.fromkeys(("unit", "parent", "operator"), Names.unit),
    **dict.fromkeys(("matter", "matters"), Names.matter),
    **dict.fromkeys(("effect", "effects"), Names.effect),
    **dict.fromkeys(("list", "lists", "succeeded_by", "leads_to"), Names.list),
    **dict.fromkeys(("role", "roles", "listed_with"), Names.role),
    **dict.fromkeys(("reaches", "targets", "target_kinds", "subject_kinds"), Names.kind),
}
# Fields of closed words → the table of words they are named in.
_WORDS = {
    "rank": "rank",
    "strength": "strength",
    "discretion": "discretion",
    "checked": "checked",
    "ranks": "rank",
}
_IDENTITY = ("name", "title", "text", "does", "label", "key", "rule", "unit", "region")


class Speaker:
    """Says things of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def names(self) -> tuple[Names, Names]:
        """The names of the catalogue in Chinese and in English."""
        zh, en = (Names(self.catalogue, Words(lang)) for lang in LANGUAGES)
        return zh, en

    def both(self, say: Callable[[Names], str]) -> Text:
        """Say something in both languages."""
        zh, en = self.names
        return Text(say(zh), say(en))

    def named(self, field: str, key: str) -> Text:
        """Name a word of a field: by its vocabulary where it has one."""
        name = _NAMED.get(field)
        if name is not None:
            return self.both(lambda names: name(names, key))
        return word_table().get(f"{_WORDS.get(field, field)}.{key}", Text(key, key))

    def condition(self, condition: Condition) -> Text:
        """Say a condition; a condition that always holds says nothing."""
        if condition == ALWAYS:
            return Text()
        return self.both(lambda names: clauses.condition_text(condition, names))

    def basis(self, basis: Basis) -> Text:
        """Name a provision with its rank and strength."""
        return self.both(lambda names: clauses.basis_text(basis, names))

    def said(self, field: str, value: Any) -> Text:
        """Say the value of a field, of whatever kind it is."""
        if value is None or (isinstance(value, str | tuple | frozenset) and not value):
            return Text()
        match value:
            case Text():
                return value
            case bool():
                return word_table()["editor.diff.yes" if value else "editor.diff.no"]
            case Enum():
                return self.named(field, str(value.value))
            case Since() | Period() | Duration() | Clause():
                return self._of_memorandum(value)
            case Basis():
                return self.basis(value)
            case UnitPart():
                return Text(value.name, value.name)
            case All() | Some() | Not() | Test():
                return self.condition(value)
            case str():
                return self.named(field, value)
            case tuple() | frozenset():
                parts = sorted(value, key=str) if isinstance(value, frozenset) else value
                return joined(self.said(field, part) for part in parts)
            case date() | int():
                return Text(str(value), str(value))
        return self.entry(field, value)

    def _of_memorandum(self, value: Since | Period | Duration | Clause) -> Text:
        match value:
            case Since():
                return self.both(lambda names: clauses.since_text(value, names))
            case Period():
                return self.both(lambda names: clauses.period_text(value, names))
            case Duration():
                return self.both(lambda names: clauses.duration_text(value, names))
            case Clause():
                return self.both(lambda names: clauses.clause_text(value, names))

    def entry(self, field: str, value: Any) -> Text:
        """Name a thing by the first of its fields that names it, else by all that is said of it."""
        if not attrs.has(type(value)):
            return Text(str(value), str(value))
        for name in _IDENTITY:
            own = getattr(value, name, None)
            if own:
                return self.said(name, own)
        if hasattr(value, "since") and hasattr(value, "until"):
            days = f"{value.since or '…'} – {value.until or '…'}"
            return Text(days, days)
        parts = (getattr(value, each.name) for each in attrs.fields(type(value)) if each.eq)
        return joined(text for part in parts if (text := self.said(field, part)) != Text())


def joined(parts: Iterable[Text], key: str = "list") -> Text:
    """Join texts as each language lists things."""
    said = list(parts)
    mark = word_table()[f"mark.{key}"]
    return Text(mark.zh.join(t("zh") for t in said), mark.en.join(t("en") for t in said))
