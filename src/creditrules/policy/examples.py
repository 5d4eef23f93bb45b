"""Policy: examples, ready to run: the days of each case, the dossier of each, and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from attrs import field, frozen

from creditrules.decide.decide import decide
from creditrules.errors import FactsError, Finding, Span
from creditrules.load.dossier import read_dossier
from creditrules.load.dossier_problems import Places
from creditrules.load.example_base import Base, base_at, in_english, kept, unknown_only
from creditrules.load.example_docs import CaseDoc, ExampleFile, Expectation
from creditrules.load.example_files import example_files, read_example_file
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.rulebook import Rulebook
from creditrules.policy.comparison import Comparison
from creditrules.policy.difference import Difference
from creditrules.policy.differences import differences_of
from creditrules.policy.expected_names import unknown_names
from creditrules.policy.layers import InFile, Layer, LayeredPlaces
from creditrules.policy.merge import laid_over

RulebookOf = Callable[[date, bool], Rulebook]


@frozen
class Step:
    """One day of a case: the dossier as it is then, and what is expected. `path` leads to it in the case."""

    on: date
    known: date | None
    note: str
    expect: Expectation
    given: Mapping[str, Any]
    path: tuple[str | int, ...]
    places: Places = field(eq=False, repr=False)


@frozen
class Example:
    """One case of a file, ready to run. `given` is its dossier before the first step of a timeline."""

    file: str
    memorandum: str
    name: str
    span: Span
    doc: CaseDoc
    given: Mapping[str, Any]
    number: int
    steps: tuple[Step, ...]
    source: ExampleFile = field(eq=False, repr=False)

    def place(self, *path: str | int) -> Span:
        """Return the place of anything in the case by its path."""
        return self.source.spans(self.number, *path)


@frozen
class Outcome:
    """What became of an example: the differences, and the decision of each day; none differs: it passed."""

    example: Example
    differences: tuple[Difference, ...]
    decisions: tuple[Decision, ...]

    @property
    def passed(self) -> bool:
        """Whether every decision says what was expected."""
        return not self.differences

    @property
    def decision(self) -> Decision:
        """The decision of the last day."""
        return self.decisions[-1]


def find_examples(path: Path) -> Iterator[Example]:
    """Yield every case of every file of examples at or below a path.

    Raises:
        CatalogueError, FactsError: a file cannot be read as examples.
    """
    for file in example_files(path):
        yield from examples_in(file)


def examples_in(path: Path) -> tuple[Example, ...]:
    """Return the cases of one file.

    Raises:
        CatalogueError, FactsError: it cannot be read as examples.
    """
    return examples_of(read_example_file(path), str(path))


def examples_of(source: ExampleFile, file: str) -> tuple[Example, ...]:
    """Return the cases of a file that was read.

    Raises:
        FactsError: CR465 or CR466, the dossier of a case is not there.
    """
    bases: dict[str, Base] = {}
    made: list[Example] = []
    found: list[Finding] = []
    for number in range(len(source.doc.cases)):
        try:
            made.append(_example(source, file, number, bases))
        except FactsError as error:
            found += error.findings
    if found:
        raise FactsError(each for n, each in enumerate(found) if each not in found[:n])
    return tuple(made)


def _example(source: ExampleFile, file: str, number: int, bases: dict[str, Base]) -> Example:
    doc, case = source.doc, source.doc.cases[number]
    given = case.given if case.given is not None else doc.given or {}
    if isinstance(given, str):
        span = source.spans(number, "given")
        if given not in bases:
            bases[given] = base_at(given, file, span, source.lines(span))
        base = Layer(bases[given].tree, bases[given].places)
    else:
        base = Layer(in_english(given), InFile(source, number, ("given",)))
    if case.only:
        place = source.spans(number, "only")
        found = unknown_only(base.tree, case.only, place, source.lines(place))
        if found:
            raise FactsError(found)
    change = Layer(in_english(case.change), InFile(source, number, ("change",)))
    start = laid_over(kept(base.tree, case.only) if case.only else base.tree, change.tree)
    steps = tuple(_steps(source, number, start, [base, change]))
    return Example(file, doc.examples, case.name, source.spans(number), case, start, number, steps, source)


def _steps(source: ExampleFile, number: int, given: Any, layers: Sequence[Layer]) -> Iterator[Step]:
    case = source.doc.cases[number]
    for n, step in enumerate(case.steps):
        path = case.step_path(n)
        if step.change:
            change = in_english(step.change)
            layers = [*layers, Layer(change, InFile(source, number, (*path, "change")))]
            given = laid_over(given, change)
        places = LayeredPlaces(given, layers)
        yield Step(step.on, step.known, step.note, step.expect, given, path, places)


def run(
    example: Example,
    catalogue: Catalogue,
    engine: str = "checked",
    *,
    rulebook: RulebookOf | None = None,
    is_checked: bool = True,
) -> Outcome:
    """Decide an example, day by day, and compare.

    Args:
        example: the case.
        catalogue: what it is decided by.
        engine: the name of the engine.
        rulebook: gives the rulebooks of the catalogue by day and `recalled`, where somebody keeps them.
        is_checked: refuse an expectation about something that does not exist.

    Raises:
        FactsError: the dossier has findings, or something is expected of what does not exist (CR464).
    """
    if is_checked and (found := unknown_names(example, catalogue)):
        raise FactsError(found)
    differences: list[Difference] = []
    decisions: list[Decision] = []
    for _, compared in compared_steps(example, catalogue, engine, rulebook):
        # A reader follows the file.
        differences += sorted(differences_of(compared), key=lambda difference: difference.span)
        decisions.append(compared.decision)
    return Outcome(example, tuple(differences), tuple(decisions))


def compared_steps(
    example: Example, catalogue: Catalogue, engine: str, rulebook: RulebookOf | None = None
) -> Iterator[tuple[Step, Comparison]]:
    """Yield every day of a case beside its decision.

    Raises:
        FactsError: the dossier has findings.
    """
    case = example.doc
    made = rulebook or (lambda on, recalled: catalogue.rulebook(on=on, recalled=recalled))
    for step in example.steps:
        dossier = read_dossier(step.given, catalogue, places=step.places)
        book = made(step.on, case.recalled)
        decision = decide(book, dossier, known=step.known, engine=engine)
        place = partial(example.place, *step.path, "expect")
        yield (
            step,
            Comparison(step.expect, example.memorandum, decision, dossier, book, place, case.parameters),
        )
