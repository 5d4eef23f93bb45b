"""Testing: random statements of facts, each of the type its declaration asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen
from hypothesis import strategies as st

from creditrules.model.catalogue import FactDeclaration
from creditrules.model.condition import Value
from creditrules.model.dossier import FactEntry, Facts
from creditrules.testing.vocabulary import DAYS, VALUES


@frozen
class Declared:
    """A declaration as far as values depend on it."""

    name: str
    about: str
    type: str
    choices: tuple[str, ...] = ()


def declared(fact: FactDeclaration) -> Declared:
    """Take from a declaration what values depend on."""
    return Declared(fact.name, fact.about, fact.type, tuple(fact.choices))


def facts_of(facts: tuple[Declared, ...], *about: str) -> st.SearchStrategy[Facts]:
    """Generate statements of the facts about something; any of them may be missing."""
    fitting = {fact.name: st.sampled_from(entries_of(fact)) for fact in facts if fact.about in about}
    return st.fixed_dictionaries(fitting).map(_stated)


def _stated(drawn: Mapping[str, tuple[FactEntry, ...]]) -> Facts:
    return {name: entries for name, entries in drawn.items() if entries}


def entries_of(fact: Declared) -> tuple[tuple[FactEntry, ...], ...]:
    """Return ways to state a fact: not at all, for ever, for a while, corrected later, changed on a day."""
    values: tuple[Value, ...] = fact.choices if fact.type == "choice" else VALUES[fact.type]
    unknown: tuple[FactEntry, ...] = ()
    stated = [unknown] * len(values) * 2
    for n, value in enumerate(values):
        other, day, late = values[(n + 1) % len(values)], DAYS[n % len(DAYS)], DAYS[(n + 3) % len(DAYS)]
        next_day = date.fromordinal(day.toordinal() + 1)
        stated += [
            *((FactEntry(value),),) * 3,
            (FactEntry(value, since=day),),
            (FactEntry(value, until=day),),
            (FactEntry(value, recorded=late),),
            (FactEntry(other, recorded=late), FactEntry(value)),
            (FactEntry(other, since=next_day), FactEntry(value, until=day)),
        ]
    return tuple(stated)
