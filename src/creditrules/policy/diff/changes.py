"""Policy: the kinds of change between two catalogues, each with its sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import frozen

from creditrules.deliver.words import word_table
from creditrules.errors import Span
from creditrules.load.aliases import KEYS
from creditrules.model.text import Text

# What no decision asks: changing it changes what people read, not what is decided.
_SILENT = frozenset({"note", "source", "sources", "history", "verb", "url", "showed", "version", "approval"})
_SILENT_OF_MEMORANDA = _SILENT | {
    *("title", "heading", "does", "status_note", "mechanism", "signatories", "lead_units", "completeness"),
    *("measures_in_document", "procedure"),
}
NO_TEXT = Text()


@frozen
class Place:
    """Where something changed: a section of the catalogue, an entry of it, and the measure if it is one.

    `title` names the entry and `item` the measure in both languages. `span` is the exact place in the new
    catalogue (in the old one for what is gone), `entry_span` that of the entry, `item_span` of the measure.
    """

    section: str
    key: str
    title: Text
    measure: str = ""
    item: Text = NO_TEXT
    span: Span | None = None
    entry_span: Span | None = None
    item_span: Span | None = None

    @property
    def id(self) -> str:
        """The entry as everybody names it: `memorandum#measure`, or its key."""
        return f"{self.key}#{self.measure}" if self.measure else self.key


@frozen
class Added:
    """An entry, or a measure, that was not there before."""

    place: Place

    @property
    def aspect(self) -> str:
        """What is added."""
        return "measure" if self.place.measure else "entry"


@frozen
class Removed:
    """An entry, or a measure, that is gone."""

    place: Place

    @property
    def aspect(self) -> str:
        """What is gone."""
        return "measure" if self.place.measure else "entry"


@frozen
class Gained:
    """Something the entry did not have before: a unit, a role it reaches, a basis, a condition."""

    place: Place
    aspect: str
    what: Text
    about: Text = NO_TEXT


@frozen
class Lost:
    """Something the entry has no more."""

    place: Place
    aspect: str
    what: Text
    about: Text = NO_TEXT


@frozen
class Altered:
    """Something that is now otherwise; `about` says which one, where there are several."""

    place: Place
    aspect: str
    before: Text
    after: Text
    about: Text = NO_TEXT


Change = Added | Removed | Gained | Lost | Altered


def is_silent(change: Change) -> bool:
    """Say whether no decision can come out otherwise because of a change."""
    if isinstance(change, Added | Removed):
        return False
    silent = _SILENT_OF_MEMORANDA if change.place.section == "memoranda" else _SILENT
    return change.aspect in silent


def sentence(change: Change) -> Text:
    """Say a change in words: `now also reaches supervisors`."""
    match change:
        case Added(place) | Removed(place):
            key = f"{_kind(change)}.{change.aspect}"
            return _words(key).filled(section=section_name(place.section))
        case Gained(_, aspect, what, about) | Lost(_, aspect, what, about):
            template = _template(_kind(change), aspect, about)
            return _filled(template, aspect, what=what, about=about)
        case Altered(_, aspect, before, after, about):
            kind = (
                "altered" if _is_said(before) and _is_said(after) else "set" if _is_said(after) else "unset"
            )
            template = _template(kind, aspect, about)
            return _filled(
                template, aspect, before=_or_nothing(before), after=_or_nothing(after), about=about
            )


def section_name(section: str) -> Text:
    """Name a section of the catalogue."""
    return word_table().get(f"editor.diff.section.{section}") or aspect_name(section)


def aspect_name(aspect: str) -> Text:
    """Name what changed: in the words of this command, else as documents call the key."""
    own = word_table().get(f"editor.diff.aspect.{aspect}")
    return own or Text(_chinese().get(aspect, aspect), aspect.replace("_", " "))


@cache
def _chinese() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for chinese, english in KEYS.items():
        names.setdefault(english, chinese)
    return names


def _kind(change: Change) -> str:
    return type(change).__name__.lower()


def _template(kind: str, aspect: str, about: Text) -> Text:
    own = word_table().get(f"editor.diff.{kind}.{aspect}")
    if kind in ("set", "unset") and own is None:
        own = word_table().get(f"editor.diff.altered.{aspect}")
    return own or _words(f"{kind}.{'about' if _is_said(about) else 'other'}")


def _words(key: str) -> Text:
    return word_table()[f"editor.diff.{key}"]


def _filled(template: Text, aspect: str, **values: Text) -> Text:
    filled = template.filled(aspect=aspect_name(aspect), **{k: _whole(v) for k, v in values.items()})
    about = _whole(values["about"])
    # Where there are several, the reader is told which one, also by a sentence that is not made for it.
    if _is_said(about) and "{about}" not in template.zh:
        return Text(f"{about.zh}：{filled.zh}", f"{about.en}: {filled.en}")
    return filled


def _whole(text: Text) -> Text:
    return Text(text.zh or text.en, text.en or text.zh)


def _is_said(text: Text) -> bool:
    return bool(text.zh or text.en)


def _or_nothing(text: Text) -> Text:
    return text if _is_said(text) else _words("nothing")
