"""Policy: find what examples expect of something that does not exist: such a case protects nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from creditrules.errors import Finding
from creditrules.load.expectation_docs import ExamplePart
from creditrules.load.findings import near
from creditrules.model.catalogue import Catalogue
from creditrules.policy.vocabulary import Vocabulary, vocabulary_of

if TYPE_CHECKING:
    from creditrules.policy.examples import Example, Step

# What a field of an expectation names; `way` and the requirements below depend on the entry they stand in.
_NAMES = {
    "unit": "unit",
    "measure": "measure",
    "reasons": "measure",
    "against": "subject",
    "file_of": "subject",
    "effect": "effect",
    "matter": "matter",
    "discretion": "discretion",
    "local": "local",
    "listing": "listing",
    "what": "open",
    "asks": "fact",
    "reason": "reason",
    "regime": "regime",
    "duty": "duty",
    "way": "way",
    "met": "requirement",
    "unmet": "requirement",
    "unknown": "requirement",
    "missing": "missing",
    "ends": "end",
}

Found = tuple[str, str, tuple[str | int, ...]]


def unknown_names(example: Example, catalogue: Catalogue) -> list[Finding]:
    """Return a finding (CR464) for every name in the expectations of a case that nothing bears."""
    known = vocabulary_of(catalogue)
    made: list[Finding] = []
    for key in example.doc.parameters:
        if key not in known.of("parameter"):
            span = example.place("parameters", key)
            made.append(_finding("parameter", key, known.of("parameter"), span, example.source.lines(span)))
    for step in example.steps:
        for what, name, path in _named(step):
            there = _there(what, name, step, known, example.memorandum)
            if there is not None:
                span = example.place(*step.path, "expect", *path)
                made.append(_finding(what, name, there, span, example.source.lines(span)))
    return made


def _finding(what: str, name: str, there: Iterable[str], span: Any, line: str) -> Finding:
    from creditrules.policy.said import words

    called = words(f"called.{what}")
    names = {"what_en": called.en, "what_zh": called.zh, "name": name}
    return Finding("CR464", span, {**names, **near(name, there)}, excerpt=line)


def _named(step: Step) -> Iterator[Found]:
    """Yield what every field of an expectation names, with the path to it."""
    for field, info in type(step.expect).model_fields.items():
        value = getattr(step.expect, field)
        key = info.alias or field
        if field == "status":
            for listing, status in value.items():
                yield "listing", listing, (key, listing)
                yield "status", status, (key, listing)
        elif isinstance(value, tuple):
            for n, entry in enumerate(value):
                yield from _in_entry(entry, (key, n))


def _in_entry(entry: ExamplePart, path: tuple[str | int, ...]) -> Iterator[Found]:
    for field in type(entry).model_fields:
        what, value = _NAMES.get(field), getattr(entry, field)
        if what is None or value in (None, ""):
            continue
        if isinstance(value, tuple):
            yield from ((what, each, (*path, field, n)) for n, each in enumerate(value))
        else:
            yield what, value, (*path, field)


def _there(what: str, name: str, step: Step, known: Vocabulary, memorandum: str) -> Iterable[str] | None:
    """Return the names there are when a name is not one of them, else None."""
    if what == "measure":
        return None if known.is_measure(name, memorandum) else known.measures(name, memorandum)
    names = _in_dossier(what, step.given) if what in ("subject", "listing") else known.of(what)
    return None if name in names else names


def _in_dossier(what: str, given: Mapping[str, Any]) -> list[str]:
    subjects = _entries(given.get("subjects"))
    if what == "subject":
        return [str(subject.get("id")) for subject in subjects]
    return [str(each.get("id")) for subject in subjects for each in _entries(subject.get("listings"))]


def _entries(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
