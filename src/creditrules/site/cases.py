"""Site: the examples of a catalogue, put beside the measures, duties and ways out they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from attrs import field, frozen

from creditrules.load.example_docs import Expectation
from creditrules.load.expectation_docs import ExamplePart
from creditrules.policy.examples import Example, find_examples

_SUBJECTS, _IDS, _NAMES = ("subjects", "主体", "信用主体"), ("id", "标识"), ("name", "名称", "姓名")
# What an expectation is called in the words of the site, by its field.
_OF_MEASURES = {
    "actions": "action",
    "not_": "not",
    "untouched": "untouched",
    "why_not": "why_not",
    "undetermined": "open",
    "set_aside": "aside",
}
_OF_DUTIES = {"duties": "duty", "no_duties": "no_duty"}
_OF_WAYS = {"ways_out": "way", "no_ways_out": "no_way"}


@frozen
class Expected:
    """One thing a case expects on a day: what kind of expectation it is, and what was written."""

    on: date
    what: str
    doc: ExamplePart
    note: str = ""


@frozen
class Told:
    """What one case says about one thing; `names` are the names of the subjects by their ids."""

    name: str
    place: str
    names: Mapping[str, str]
    expects: tuple[Expected, ...]


@frozen
class Cases:
    """The cases about each measure (`memorandum#key`), duty and way out, in the order of the files."""

    of_measure: Mapping[str, tuple[Told, ...]] = field(factory=dict)
    of_duty: Mapping[str, tuple[Told, ...]] = field(factory=dict)
    of_way: Mapping[str, tuple[Told, ...]] = field(factory=dict)
    number: int = 0


def cases_below(folders: Iterable[Path]) -> Cases:
    """Read the examples below folders.

    Raises:
        CatalogueError, FactsError: a file cannot be read as examples.
    """
    examples = [(folder, example) for folder in folders for example in find_examples(folder)]
    measures: dict[str, list[Told]] = {}
    duties: dict[str, list[Told]] = {}
    ways: dict[str, list[Told]] = {}
    for folder, example in examples:
        for into, about in (
            (measures, _about(example, _OF_MEASURES)),
            (duties, _about(example, _OF_DUTIES)),
            (ways, _about(example, _OF_WAYS)),
        ):
            for key, expects in about.items():
                into.setdefault(key, []).append(_told(example, folder, expects))
    return Cases(_frozen(measures), _frozen(duties), _frozen(ways), len(examples))


def _frozen(found: dict[str, list[Told]]) -> dict[str, tuple[Told, ...]]:
    return {key: tuple(told) for key, told in found.items()}


def _about(example: Example, fields: Mapping[str, str]) -> dict[str, list[Expected]]:
    found: dict[str, list[Expected]] = {}
    for step in example.doc.steps:
        for key, what, doc in _expectations(step.expect, fields, example.memorandum):
            found.setdefault(key, []).append(Expected(step.on, what, doc, step.note))
    return found


def _expectations(
    expect: Expectation, fields: Mapping[str, str], memorandum: str
) -> Iterator[tuple[str, str, ExamplePart]]:
    for name, what in fields.items():
        for doc in getattr(expect, name):
            if fields is _OF_DUTIES:
                yield doc.duty, what, doc
            elif fields is _OF_WAYS:
                yield doc.way, what, doc
            elif doc.measure is not None:
                named, _, key = doc.measure.rpartition("#")
                yield f"{named or memorandum}#{key}", what, doc


def _told(example: Example, folder: Path, expects: list[Expected]) -> Told:
    path = Path(example.file)
    # Where the folder lies on this machine is no part of the site.
    inside = path != folder and path.is_relative_to(folder)
    file = path.relative_to(folder).as_posix() if inside else path.name
    cell = getattr(example.span, "cell", "")
    place = f"{file}:{cell or example.span.line}"
    return Told(example.name, place, _names(example.given), tuple(expects))


def _names(given: Mapping[str, object]) -> dict[str, str]:
    subjects = next((given[key] for key in _SUBJECTS if key in given), ())
    named: dict[str, str] = {}
    for subject in subjects if isinstance(subjects, list | tuple) else ():
        if isinstance(subject, Mapping):
            key, name = (_first(subject, keys) for keys in (_IDS, _NAMES))
            if key and name:
                named[key] = name
    return named


def _first(subject: Mapping[str, object], keys: Iterable[str]) -> str:
    return next((str(subject[key]) for key in keys if subject.get(key)), "")
