"""Deliver: the words of the interface in two languages, read from `texts/words*.yaml` when needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from attrs import frozen

from creditrules.model.text import Text

LANGUAGES = ("zh", "en")


@cache
def word_table() -> Mapping[str, Text]:
    """Return every word of the interface by its dotted key."""
    import yaml  # only when something is shown

    flat: dict[str, Text] = {}
    for page in sorted((Path(__file__).parents[1] / "texts").glob("words*.yaml")):
        _flatten("", yaml.load(page.read_text("utf-8"), Loader=yaml.CSafeLoader), flat)
    return flat


def _flatten(prefix: str, tree: Mapping[str, object], into: dict[str, Text]) -> None:
    for key, value in tree.items():
        if isinstance(value, Mapping) and set(value) != set(LANGUAGES):
            _flatten(f"{prefix}{key}.", value, into)
        elif isinstance(value, Mapping):
            into[prefix + key] = Text(str(value["zh"]), str(value["en"]))


@frozen
class Words:
    """The words of the interface in one language (`zh` or `en`)."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words at *key*, places filled; the last word of the key when there are none."""
        text = word_table().get(key)
        if text is None:
            return key.rpartition(".")[2].replace("_", " ")
        return text.filled(**{name: str(value) for name, value in values.items()})(self.lang)

    def said(self, text: Text) -> str:
        """Return a text of the model in this language."""
        return text(self.lang)

    def joined(self, parts: Iterable[object], key: str = "list") -> str:
        """Join parts as the language lists things."""
        return self(f"mark.{key}").join(str(part) for part in parts)
