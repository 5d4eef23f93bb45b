"""Policy: what an editor says of parts and keys, read from `texts/schema.yaml` when a schema is made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from creditrules.model.text import Text


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    import yaml

    # Beside the words of the interface and not among them: they are many, and only schemas need them.
    page = Path(__file__).parents[2] / "texts" / "schema.yaml"
    read: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.load(
        page.read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return read


def of_document(kind: str) -> Text:
    """Return what a kind of document is called."""
    return _text("documents", kind)


def of_part(part: str) -> Text:
    """Return what a part of a document is."""
    return _text("parts", part)


def of_key(part: str, key: str) -> Text:
    """Return what a key of a part stands for; where a part says nothing of its own, what the key means."""
    own = f"{part}.{key}"
    return _text("keys", own if own in _table()["keys"] else key)


def of_condition(word: str) -> Text:
    """Return what a word of conditions means."""
    return _text("conditions", word)


def of_form(form: str) -> Text:
    """Return how a single value is written."""
    return _text("forms", form)


def both(text: Text) -> str:
    """Return a text in both languages, one below the other."""
    return "\n".join(dict.fromkeys(part for part in (text.zh, text.en) if part))


def _text(section: str, key: str) -> Text:
    # A test holds that nothing lacks its words; a key without them is offered all the same.
    words = _table()[section].get(key, {})
    return Text(words.get("zh", ""), words.get("en", ""))
