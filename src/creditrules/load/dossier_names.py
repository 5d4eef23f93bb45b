"""Load: find what a name in a dossier stands for; a key, a title and an alias are equally good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from creditrules.load.aliases import WORDS
from creditrules.load.dossier_problems import Path, Problems
from creditrules.load.dossier_scalars import UNREADABLE
from creditrules.model.lists import ListKind
from creditrules.model.text import Text

# Titles are quoted or not, and with many kinds of marks.
_MARKS = dict.fromkeys(map(ord, "《》“”「」\"' "))


class Named(Protocol):
    """Anything of a catalogue that has a name in two languages."""

    @property
    def name(self) -> Text:
        """The name."""
        ...


def key_of(word: str, entries: Mapping[str, Named], code: str, path: Path, problems: Problems) -> str | None:
    """Return the key a word stands for; report it under *code* and return None when it stands for none."""
    if word in entries:
        return word
    for key, entry in entries.items():
        if word in (entry.name.zh, entry.name.en):
            return key
    if WORDS.get(word) in entries:
        return WORDS[word]
    if word != UNREADABLE:
        problems.unknown(code, path, word, [*entries, *(entry.name.zh for entry in entries.values())])
    return None


def list_of(word: str, lists: Mapping[str, ListKind], path: Path, problems: Problems) -> str | None:
    """Return the key of the list a word stands for; report it and return None when it stands for none."""
    if word in lists:
        return word
    bare = _bare(word)
    for key, kind in lists.items():
        if any(bare == _bare(name) for name in _names(kind)):
            return key
    if word != UNREADABLE:
        known = [*lists, *(name for kind in lists.values() for name in _names(kind))]
        problems.unknown("CR419", path, word, known)
    return None


def _names(kind: ListKind) -> Iterator[str]:
    yield from (name for name in (kind.title.zh, kind.title.en, *kind.aliases) if name)


def _bare(name: str) -> str:
    return name.translate(_MARKS).casefold()
