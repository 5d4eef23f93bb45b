"""Policy, mutation: what a mutant is, and what an operator gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import field, frozen

from creditrules.deliver.words import word_table
from creditrules.errors import Span
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.text import Text

Values = Mapping[str, Text | str | int]


@frozen
class Mutant:
    """One change of one document, as an operator made it.

    `place` tells it from the other mutants of its operator and stays the same from run to run; `measures` are
    the keys of the measures whose rules differ; `says` is the key of its sentence (`mutation.said.…`) and
    `values` what fills it, as they fill the sentence of the case that would notice it (`mutation.hint.…`).
    """

    operator: str
    place: str
    measures: frozenset[str]
    says: str
    values: Values
    changed: Memorandum = field(repr=False)
    span: Span | None = None

    @property
    def key(self) -> str:
        """The name of the mutant: its operator and its place."""
        return f"{self.operator}:{self.place}"

    @property
    def said(self) -> Text:
        """What the rules say after the change, as a clause: `measure 9 no longer cites …`."""
        return word_table()[f"mutation.said.{self.says}"].filled(**self.values)

    @property
    def hint(self) -> Text:
        """The case that would notice it, in general words."""
        return word_table()[f"mutation.hint.{self.operator}"].filled(**self.values)


@frozen
class Operator:
    """One way to change the rules. `mutants` gives every change of that kind that a document allows."""

    name: str
    mutants: Callable[[Memorandum, Catalogue], Iterable[Mutant]]

    @property
    def title(self) -> Text:
        """What the operator does, in a few words."""
        return word_table()[f"mutation.operator.{self.name}"]
