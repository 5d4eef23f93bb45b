"""Policy: the schemas of single values: texts, days, lengths of time, words of closed lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from creditrules.load.aliases import KEYS, WORDS
from creditrules.load.shapes import Choice
from creditrules.model.text import Text
from creditrules.model.words import Checked
from creditrules.policy.schema import words

Schema = dict[str, Any]

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_PERIOD = {name: {"type": "integer", "minimum": 1, "maximum": 1199} for name in ("years", "months", "days")}
STRING: Schema = {"type": "string", "minLength": 1}
NULL: Schema = {"type": "null"}


def forms() -> dict[str, Schema]:
    """Return the schema of every form of single value, by its name."""
    spelled = tuple((chinese, word) for chinese, word in WORDS.items() if word in set(Checked))
    state = choice(Choice(tuple(checked.value for checked in Checked), spelled))
    source: Schema = {"type": ["string", "integer", "null"]}
    day: Schema = {"$ref": "#/$defs/day"}
    found: dict[str, Schema] = {
        "string": STRING,
        "free": {"type": "string"},
        "label": {"type": ["string", "integer"], "minLength": 1},
        "text": {"anyOf": [STRING, _object(dict.fromkeys(("zh", "en"), STRING), least=1)]},
        "day": {"type": "string", "format": "date", "pattern": _DAY},
        "partial_day": {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                _object(with_chinese({"earliest": day, "latest": day}), least=2),
            ]
        },
        "day_or_false": {"anyOf": [{"$ref": "#/$defs/day"}, {"enum": [False, "否"]}]},
        "period": _object(with_chinese(_PERIOD), least=1),
        "check": {
            "anyOf": [
                state,
                {**_object(with_chinese({"state": state, "source": source})), "minProperties": 1},
            ]
        },
        "flag": {"type": "boolean"},
        "yes_or_no": {"enum": [True, False, "是", "否"]},
        "count": {"type": "integer", "minimum": 1, "maximum": 99_999},
        "natural": {"type": "integer", "minimum": 0},
        "number": {"type": "integer"},
        "outcome": STRING,
        "details": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}},
        "any": {},
    }
    for name in ("string", "label", "text", "day", "partial_day", "day_or_false", "period", "check"):
        found[name] = {"description": words.both(words.of_form(name)), **found[name]}
    return found


def _object(properties: Mapping[str, Schema], least: int = 0) -> Schema:
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**schema, "minProperties": least} if least else schema


def choice(shape: Choice, texts: Mapping[str, Text] | None = None) -> Schema:
    """Return the schema of a closed list of words, every spelling of them included."""
    known = texts or {}
    chinese: dict[str, list[str]] = {}
    for spelling, word in shape.spellings:
        chinese.setdefault(word, []).append(spelling)
    entries = [(word, known.get(word, Text("、".join(chinese.get(word, ()))))) for word in shape.words]
    return enumeration([*entries, *((spelling, Text(en=word)) for spelling, word in shape.spellings)])


def enumeration(entries: Iterable[tuple[str, Text]]) -> Schema:
    """Return the schema of a list of words; editors show what each stands for."""
    pairs = dict(entries)
    schema: Schema = {"enum": list(pairs)}
    if any(text.zh or text.en for text in pairs.values()):
        schema["enumDescriptions"] = [words.both(text) for text in pairs.values()]
    return schema


def with_chinese(properties: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return properties with their Chinese names beside them."""
    names: dict[str, list[str]] = {}
    for chinese, english in KEYS.items():
        names.setdefault(english, []).append(chinese)
    return {name: schema for key, schema in properties.items() for name in (key, *names.get(key, ()))}
