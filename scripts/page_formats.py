"""The pages of the two formats people write, from the pydantic classes that read them."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, get_args

from pydantic import BaseModel, PlainValidator

from creditrules import load
from creditrules.load import doc_facts, doc_measures, doc_rules, doc_types, dossier_docs
from creditrules.load.aliases import KEYS, WORDS
from creditrules.load.dossier_aliases import names_of

# The annotation as the class writes it → how a reader calls it.
_TYPES = {
    "String": "text",
    "Label": "text or number",
    "Name": "text",
    "Words": "text",
    "Strings": "list of texts, or one",
    "TextField": "[text](#texts-and-days)",
    "Texts": "list of [texts](#texts-and-days), or one",
    "Day": "day",
    "PartialDay": "[day, month or year](#texts-and-days)",
    "DayOrFalse": "day, or `false`",
    "PeriodField": "`years`, `months`, `days`",
    "Flag": "true or false",
    "YesNo": "true or false",
    "Count": "number from 1",
    "Number": "whole number",
    "int": "whole number",
    "CheckField": "`{state, source}`",
    "Any": "[condition](#conditions)",
    "Facts": "fact: value",
    "CoversDoc": "[coverage](#coverage)",
    "Reaches": "list of [reaches](#coverage)",
    "DiscretionWord": "`must`, `may`, `weigh`, `free`, `unstated`",
    "HeldWord": "`conduct`, `determination`, `day`, `unstated`",
    "LevelWord": "`blacklist`, `watchlist`, `redlist`, `decision`",
    "RankWord": "rank of a basis",
    "ResponsibilityWord": "`directly_responsible`, `leadership_responsibility`, `responsible`",
    "EventWord": "kind of an event",
    "EventWords": "list of [events](dossier-format.md#events), or one",
    "ForceWord": "`shall`, `may`, `encouraged`, `undertakes`, `in_principle`",
    "EndWords": "list of `publicity`, `sharing`, `use`, `measures`",
    "LevelWords": "list of `blacklist`, `watchlist`, `redlist`, `decision`, or one",
    "OutcomeWord": "text; `upheld`, `rejected`, `granted`, `refused` where it decides",
    "Details": "name: text, number or day",
    "StanceWord": "`sanction`, `incentive`",
    "StrengthWord": "`direct`, `condition`, `power`, `general`, `unstated`",
}
_ORDER = (
    doc_measures.MemorandumDoc,
    doc_measures.InForceDoc,
    doc_measures.MeasureDoc,
    doc_measures.EffectDoc,
    doc_measures.UnitPartDoc,
    doc_measures.BasisDoc,
    doc_measures.ExemptDoc,
    doc_measures.DurationDoc,
    doc_measures.GradeDoc,
    doc_measures.ClauseDoc,
    doc_measures.ReachDoc,
    doc_facts.FactDoc,
    doc_measures.SourceDoc,
)


def documents() -> str:
    """Return the keys of memoranda, manifests and rules files, then the Chinese words."""
    rest = [cls for cls in _classes(doc_measures) if cls not in _ORDER]
    chinese: dict[str, list[str]] = {}
    for alias, key in KEYS.items():
        chinese.setdefault(key, []).append(alias)
    parts = [
        "## A memorandum, part by part",
        *_sections([*_ORDER, *rest], chinese),
        "## The manifest and the files of `rules/`",
        *_sections(_of_rules(), chinese),
        "## Words that may be written in Chinese",
        _words(WORDS),
    ]
    return "\n\n".join(parts)


def dossiers() -> str:
    """Return the keys of a dossier."""
    classes = _classes(dossier_docs)
    keys = {name for cls in classes for name in cls.model_fields}
    chinese = {names_of(name)[0]: list(names_of(name)[1:]) for name in keys}
    return "\n\n".join(_sections(reversed(classes), chinese))


def _of_rules() -> list[type[BaseModel]]:
    """Return the classes of the manifest and of `rules/`, in whatever module of documents they stand."""
    names = [m.name for m in pkgutil.iter_modules(load.__path__) if m.name.startswith("doc_")]
    others = [import_module(f"creditrules.load.{name}") for name in sorted(names)]
    found = [cls for module in (doc_rules, *others) for cls in _classes(module)]
    shown = {*_ORDER, *_classes(doc_measures), doc_types.Doc}
    return [cls for cls in dict.fromkeys(found) if cls not in shown]


def _classes(module: ModuleType) -> list[type[BaseModel]]:
    """Return the public document classes that a module defines, in their order."""
    found = (
        value for value in vars(module).values() if isinstance(value, type) and issubclass(value, BaseModel)
    )
    return [cls for cls in found if cls.__module__ == module.__name__ and not cls.__name__.startswith("_")]


def _sections(classes: Iterable[type[BaseModel]], chinese: Mapping[str, list[str]]) -> list[str]:
    return [_section(cls, chinese) for cls in classes]


def _section(cls: type[BaseModel], chinese: Mapping[str, list[str]]) -> str:
    said = " ".join((cls.__doc__ or "").split())
    lines = [f"### {_title(cls)}", "", said, "", "| key | 中文 | value | |", "|---|---|---|---|"]
    for name, field in cls.model_fields.items():
        key = names_of(name)[0] if cls.__module__ == dossier_docs.__name__ else field.alias or name
        names = "、".join(chinese.get(key, []))
        needed = "needed" if field.is_required() else ""
        lines.append(f"| `{key}` | {names} | {_type(cls, name)} | {needed} |")
    return "\n".join(lines)


def _title(cls: type[BaseModel]) -> str:
    words = re.findall(r"[A-Z][a-z]*", cls.__name__.removesuffix("Doc"))
    return " ".join(words).capitalize()


def _type(cls: type[BaseModel], name: str) -> str:
    owner = next(base for base in cls.__mro__ if name in vars(base).get("__annotations__", {}))
    written = str(vars(owner)["__annotations__"][name]).replace(" | None", "")
    field = cls.model_fields[name]
    if written == "Any" and cls.__module__ == dossier_docs.__name__:
        return "value that fits the fact's type"
    words = _closed(field.annotation) or _of_validators(field.metadata)
    if written in _TYPES or not words:
        inner = re.match(r"Annotated\[(\w+)", written)
        return _named(inner[1] if inner and inner[1] in _TYPES else written)
    listed = "list of " if written.startswith("tuple") else ""
    return listed + ", ".join(f"`{word}`" for word in words)


def _closed(annotation: Any) -> tuple[str, ...]:
    """Return the words of a closed list, wherever in an annotation its validator stands."""
    here = _of_validators(getattr(annotation, "__metadata__", ()))
    return here or next((words for part in get_args(annotation) if (words := _closed(part))), ())


def _of_validators(metadata: Iterable[Any]) -> tuple[str, ...]:
    validators = (m for m in metadata if isinstance(m, PlainValidator))
    closures = (inspect.getclosurevars(v.func).nonlocals.get("words", ()) for v in validators)
    return tuple(str(word) for words in closures for word in words)


def _named(written: str) -> str:
    if written in _TYPES:
        return _TYPES[written]
    inner = re.findall(r"(\w+)Doc\b", written)
    if written.startswith("dict") and inner:
        return f"name: {_link(inner[-1])}"
    if written.startswith("dict"):
        value = written.removeprefix("dict[str, ").removesuffix("]")
        return f"name: {_TYPES.get(value, value)}"
    if inner:
        return f"list of {_link(inner[-1])}" if "tuple" in written else _link(inner[-1])
    value = written.removeprefix("tuple[").split(",")[0]
    return f"list of: {_TYPES[value]}" if value in _TYPES else written


def _link(name: str) -> str:
    words = " ".join(re.findall(r"[A-Z][a-z]*", name)).lower()
    return f"[{words}](#{words.replace(' ', '-')})"


def _words(words: Mapping[str, str]) -> str:
    english: dict[str, list[str]] = {}
    for zh, en in words.items():
        english.setdefault(en, []).append(zh)
    rows = [f"| `{en}` | {'、'.join(names)} |" for en, names in sorted(english.items())]
    return "\n".join(["| word | 中文 |", "|---|---|", *rows])
