"""Policy: which examples and which dossiers are decided otherwise after a change, with before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from attrs import field, frozen

from creditrules.decide.decide import decide
from creditrules.errors import CreditRulesError, Finding, Span
from creditrules.load.dossier import read_dossier
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.policy.diff.decisions import Effect, decision_changes
from creditrules.policy.diff.scope import Scope
from creditrules.policy.examples import Example, Outcome, run

_SUFFIXES = (".yaml", ".yml", ".json")


@frozen
class Consequence:
    """One case or dossier that comes out otherwise on a day; `findings` say that it can no longer be read."""

    name: str
    span: Span
    on: date
    effects: tuple[Effect, ...] = ()
    findings: tuple[Finding, ...] = ()
    verdict: str = ""


@frozen
class Counted:
    """What was looked at: how many, how many were decided again, and what came out otherwise."""

    total: int
    decided: int
    consequences: tuple[Consequence, ...]
    findings: tuple[Finding, ...] = field(factory=tuple)


@frozen
class Sides:
    """The two catalogues, the engine that decides, and what the change can touch."""

    old: Catalogue
    new: Catalogue
    scope: Scope
    engine: str = "checked"

    @property
    def both(self) -> tuple[Catalogue, Catalogue]:
        """The old catalogue and the new one."""
        return self.old, self.new


def of_examples(examples: Iterable[Example], sides: Sides) -> Counted:
    """Return the examples that are decided otherwise, or pass no more."""
    books = tuple(_books(catalogue) for catalogue in sides.both)
    total = decided = 0
    found: list[Consequence] = []
    for example in examples:
        total += 1
        if not _may_change(example, sides):
            continue
        decided += 1
        outcomes: list[Outcome] = []
        failed: tuple[Finding, ...] = ()
        for catalogue, book in zip(sides.both, books, strict=True):
            try:
                outcomes.append(run(example, catalogue, sides.engine, rulebook=book, is_checked=False))
            except CreditRulesError as error:
                failed = error.findings
                break
        day = example.steps[0].on
        if failed:
            if outcomes:
                found.append(Consequence(example.name, example.span, day, findings=failed, verdict="unread"))
            continue
        found += _of_outcomes(example, outcomes[0], outcomes[1], sides)
    return Counted(total, decided, tuple(found))


def _may_change(example: Example, sides: Sides) -> bool:
    if sides.scope.procedure and any(step.expect.speaks_of_procedure for step in example.steps):
        return True
    for step in example.steps:
        try:
            dossiers = [read_dossier(step.given, catalogue, file=example.file) for catalogue in sides.both]
        except CreditRulesError:
            return True
        if any(sides.scope.touches(dossier) for dossier in dossiers):
            return True
    return False


def _of_outcomes(example: Example, old: Outcome, new: Outcome, sides: Sides) -> Iterator[Consequence]:
    verdict = "" if old.passed == new.passed else "passes" if new.passed else "fails"
    told = False
    for step, was, now in zip(example.steps, old.decisions, new.decisions, strict=True):
        effects = decision_changes(was, now, sides.both)
        if effects:
            told = True
            yield Consequence(example.name, example.span, step.on, effects, verdict=verdict)
    if verdict and not told:
        yield Consequence(example.name, example.span, example.steps[-1].on, verdict=verdict)


def of_dossiers(folder: Path, days: Iterable[date], sides: Sides) -> Counted:
    """Return the dossiers at a path that are decided otherwise on one of the days."""
    on = tuple(days)
    books = tuple(_books(catalogue) for catalogue in sides.both)
    total = decided = 0
    found: list[Consequence] = []
    unread: list[Finding] = []
    for path in _files(folder):
        read: list[Dossier] = []
        try:
            read = [read_dossier(path, catalogue) for catalogue in sides.both]
        except CreditRulesError as error:
            unread += error.findings
            continue
        total += 1
        if not any(sides.scope.touches(dossier) for dossier in read):
            continue
        decided += 1
        for day in on:
            was, now = (
                decide(book(day, False), dossier, engine=sides.engine)
                for book, dossier in zip(books, read, strict=True)
            )
            effects = decision_changes(was, now, sides.both)
            if effects:
                found.append(Consequence(path.name, Span(str(path)), day, effects))
    return Counted(total, decided, tuple(found), tuple(unread))


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in _SUFFIXES and path.is_file() and not is_hidden and ".examples." not in path.name:
            yield path


class _Books:
    """The rulebooks of one catalogue, each made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.of = cache(lambda on, recalled: catalogue.rulebook(on=on, recalled=recalled))

    def __call__(self, on: date, recalled: bool) -> Rulebook:
        book: Rulebook = self.of(on, recalled)
        return book


def _books(catalogue: Catalogue) -> _Books:
    return _Books(catalogue)
