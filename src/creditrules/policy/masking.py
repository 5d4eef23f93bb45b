"""Policy: a dossier without anything that shows who is meant; what a decision rests on stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from creditrules.policy.invented import Invented, replaced

_DOC_NO = re.compile(r"[一-龥]{0,8}[〔\[(（【](\d{4})[〕\])）】]\s*第?\d+号")
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{14,}[0-9Xx]|[0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Za-z])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BODIES = ("authority", "by", "to")
_ANYWHERE = "210681"


class Mask:
    """Replaces names, codes, numbers of citizens and of documents, the same by the same, in one dossier.

    `labels` are the new labels of subjects and listings by the old ones.
    """

    def __init__(self, natural: Mapping[str, bool]) -> None:
        self.natural = natural
        self.invented = Invented()
        self.labels: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def dossier(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Return a dossier, its keys in English, with invented names and numbers."""
        subjects = [subject for subject in tree.get("subjects", ()) if isinstance(subject, dict)]
        self.invented.real = frozenset(text for _, text in _texts(tree))
        for subject in subjects:
            self._learn(subject)
        made = {key: self._replaced(key, value) for key, value in tree.items() if key != "subjects"}
        made["subjects"] = [self._subject(subject) for subject in subjects]
        return made

    def text(self, text: str) -> str:
        """Return a free text in which nobody known is named, and in which no real number stands."""
        others = {
            _DOC_NO: lambda found: self._doc_no(found[0], found[1]),
            _LONG_NUMBER: lambda found: self._number(found[0]),
        }
        return replaced(text, self._texts, others)

    def _learn(self, subject: dict[str, Any]) -> None:
        """Find new names and numbers for a subject, before any text is looked at."""
        label = str(subject.get("id", ""))
        if self.natural.get(label, False):
            self.labels[label], name = self.invented.person()
        else:
            self.labels[label], name = self.invented.organisation()
        self._know(subject.get("name"), name)
        region = str(subject.get("region") or _ANYWHERE)
        if subject.get("code"):
            self._know(subject["code"], self.invented.code(region))
        if subject.get("id_number"):
            self._know(subject["id_number"], self.invented.id_number(region))
        for listing in _entries(subject, "listings"):
            if str(listing.get("id")) not in self.labels:
                self.labels[str(listing.get("id"))] = self.invented.listing()
        for key, value in _texts(subject):
            if key == "doc_no" and value:
                self._doc_no(value, (re.findall(r"\d{4}", value) or ["2018"])[0])
            elif key in _BODIES and value and value not in self._texts and value not in self.labels:
                self._know(value, self.invented.body())

    def _know(self, real: Any, invented: str) -> None:
        if real:
            self._texts.setdefault(str(real), invented)

    def _doc_no(self, real: str, year: str) -> str:
        if real not in self._texts:
            self._texts[real] = self.invented.doc_no(year)
        return self._texts[real]

    def _number(self, real: str) -> str:
        made = self.invented.id_number(_ANYWHERE) if real[:17].isdigit() else self.invented.code(_ANYWHERE)
        return self._texts.setdefault(real, made)

    def _subject(self, subject: dict[str, Any]) -> dict[str, Any]:
        return {key: self._replaced(key, value) for key, value in subject.items()}

    def _replaced(self, key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {inner: self._replaced(inner, each) for inner, each in value.items()}
        if isinstance(value, list):
            return [self._replaced(key, each) for each in value]
        if not isinstance(value, str):
            return value
        if key in ("id", "in", "person") and value in self.labels:
            return self.labels[value]
        if key in ("kind", "role", "list", "capacity", "finds", "outcome", "region"):
            return value
        return self._texts.get(value) or self.text(value)


def _entries(subject: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [entry for entry in subject.get(key) or () if isinstance(entry, dict)]


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a tree with the key it stands under."""
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _texts(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, key)
    elif isinstance(value, str):
        yield key, value


def shifted(value: Any, days: int) -> Any:
    """Return a tree in which every day is moved by a number of days."""
    if isinstance(value, dict):
        return {key: shifted(each, days) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [shifted(each, days) for each in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return str(date.fromisoformat(value) + timedelta(days=days))
    return value + timedelta(days=days) if isinstance(value, date) else value
