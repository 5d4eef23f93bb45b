"""Policy examples for tests: the shipped ones, read once, and what a case is about without deciding it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

from creditrules import Catalogue, load_catalogue
from creditrules.decide.case import Case
from creditrules.evaluate.fields import Candidate
from creditrules.load.dossier import read_dossier
from creditrules.model.condition import Condition, truth_of
from creditrules.model.status import Status
from creditrules.model.words import Truth
from creditrules.policy.examples import Example, Step, find_examples

FOLDER = Path(__file__).parents[2] / "examples"
COVERED = (
    "accounting",
    "air-travel-restriction",
    "government-procurement",
    "judgment-defaulters",
    "patents",
    "rail-travel-restriction",
    "scientific-research",
    "tax-major-violations",
    "tax-major-violations-2014",
    "wage-arrears-migrant-workers",
)


@cache
def shipped() -> Catalogue:
    """Return the shipped catalogue."""
    return load_catalogue()


@cache
def examples() -> tuple[Example, ...]:
    """Return every case of every shipped file of examples."""
    return tuple(find_examples(FOLDER))


@cache
def of(memorandum: str) -> tuple[Seen, ...]:
    """Return the cases of the files about one memorandum."""
    return tuple(
        seen for example in examples() if example.memorandum == memorandum for seen in Seen.of(example)
    )


def shown(example: Example) -> str:
    """Name a case as `file:name`."""
    return f"{Path(example.file).name.removesuffix('.examples.yaml')}:{example.name}"


@frozen
class Seen:
    """One day of a case with its candidates, so that a test can ask what the case is about."""

    example: Example
    step: Step
    case: Case

    @classmethod
    def of(cls, example: Example) -> Iterator[Seen]:
        """Make the candidates of a case, day by day, as the day and the knowledge of the case see them."""
        for step in example.steps:
            dossier = read_dossier(step.given, shipped(), file=example.file).as_known(step.known)
            rulebook = shipped().rulebook(on=step.on, recalled=example.doc.recalled)
            yield cls(example, step, Case(rulebook, dossier))

    def active(self, lists: frozenset[str]) -> Iterator[Candidate]:
        """Yield the candidates whose listing is active and on one of the lists."""
        for candidate in self.case.made.of:
            seen = candidate.seen
            if seen.standing.status is Status.ACTIVE and seen.listing.list in lists:
                yield candidate

    def truth(self, condition: Condition, candidate: Candidate) -> Truth:
        """Return the truth of a condition for a candidate on the day of the case."""
        return truth_of(condition, self.case.lookup(candidate), self.step.on)

    def carries(self, memorandum: str, measure: str) -> bool:
        """Say whether a measure is in force for certain on the day, so that only its target decides."""
        return any(
            rule.memorandum is not None
            and rule.measure is not None
            and (rule.memorandum.key, rule.measure.key) == (memorandum, measure)
            and all(point.what != "in_force" for point in rule.open)
            for rule in self.case.rulebook.rules
        )
