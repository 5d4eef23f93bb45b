"""Policy, checks: what a check is, what it is asked about, and the words its findings share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from attrs import frozen

from creditrules.compile.day import Day
from creditrules.compile.in_force import force_of
from creditrules.compile.passes import rulebook_of
from creditrules.errors import Finding, Span
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.rulebook import Rulebook
from creditrules.model.words import Truth
from creditrules.policy.checks.truth import Logic

NOWHERE = Span("")


@frozen(slots=False)
class Scope:
    """A catalogue, the day whose law it is read under, and (when there are examples) what they exercise.

    `tested` holds `memorandum#measure` for every measure that an example expects to act, to be open or to be
    set aside; None where no examples were looked at.
    """

    catalogue: Catalogue
    on: date
    tested: frozenset[str] | None = None

    @property
    def memoranda(self) -> Iterable[Memorandum]:
        """The memoranda of the catalogue."""
        return self.catalogue.memoranda.values()

    @property
    def measures(self) -> Iterator[tuple[Memorandum, Measure]]:
        """Every measure with its memorandum."""
        return ((memorandum, measure) for memorandum in self.memoranda for measure in memorandum.measures)

    @cached_property
    def day(self) -> Day:
        """The day, with the regimes in force on it."""
        return Day.of(self.catalogue, self.on, recalled=True)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook of the day, with recalled measures: a draft is read as if it were verified."""
        return rulebook_of(self.catalogue, self.on, recalled=True)

    @cached_property
    def logic(self) -> Logic:
        """What conditions of this catalogue can and cannot be."""
        return Logic(self.catalogue, self.on)

    @cached_property
    def in_force(self) -> frozenset[str]:
        """The keys of the memoranda in force on the day, those of which it is not certain among them."""
        forces = ((m.key, force_of(m, self.day).truth) for m in self.memoranda)
        return frozenset(key for key, truth in forces if truth is not Truth.FALSE)


@frozen
class Check:
    """One check. `severity` is the gravest its findings have; a finding may be milder than that.

    The answer of a check `by_day` depends on the day asked for; one `by_examples` runs only where
    examples were looked at.
    """

    code: str
    name: str
    severity: str
    find: Callable[[Scope], Iterable[Finding]]
    by_day: bool = False
    by_examples: bool = False


def of_measure(memorandum: Memorandum, measure: Measure) -> dict[str, str]:
    """Return the words by which a finding names a measure; `measure` is also what a suppression names."""
    heading = measure.heading
    return {
        "measure": f"{memorandum.key}#{measure.key}",
        "heading_en": f" ({heading})" if heading else "",
        "heading_zh": f"（{heading}）" if heading else "",
    }


def place_of(memorandum: Memorandum, measure: Measure | None = None) -> Span:
    """Return where a measure stands, or its memorandum."""
    return (measure and measure.span) or memorandum.span or Span(memorandum.key)


def signed_under(memorandum: Memorandum, since: date) -> bool:
    """Say whether a law was already in force when a memorandum was signed.

    What a document lacks under a law made after it is no mistake of who wrote it.
    """
    return memorandum.since is not None and memorandum.since.latest >= since


def milder(is_grave: bool, grave: str = "warning", mild: str = "note") -> str:
    """Choose between two severities."""
    return grave if is_grave else mild
