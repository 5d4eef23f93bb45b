"""Policy: how sentences about rules name measures, clauses, tests and units, in both languages."""

from __future__ import annotations

from collections.abc import Callable

from creditrules.decide import phrases
from creditrules.deliver.names import Names
from creditrules.deliver.words import Words, word_table
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Op, Test
from creditrules.model.memorandum import Clause, Exempt, Measure, Reach
from creditrules.model.text import Text
from creditrules.model.words import Direction


def both(say: Callable[[Names], str], catalogue: Catalogue) -> Text:
    """Say something in both languages."""
    return Text(say(Names(catalogue, Words("zh"))), say(Names(catalogue, Words("en"))))


def word(key: str, **values: Text | str | int) -> Text:
    """Return words of the interface in both languages."""
    return word_table()[key].filled(**values)


def measure_named(measure: Measure | None) -> Text:
    """Name a measure by its number, or its key; `the measures` where several share a clause."""
    if measure is None:
        return word("mutation.the_measures")
    number = measure.number or measure.key
    return word("mutation.measure" if measure.number else "mutation.measure_key", n=number)


def exempt_named(exempt: Exempt) -> Text:
    """Name an exception by its name, or its label."""
    return exempt.name if exempt.name.zh or exempt.name.en else Text(exempt.label, exempt.label)


def rule_named(measure: Measure | None, exempt: Exempt | None) -> Text:
    """Name what a condition belongs to: a measure, or one of its exceptions."""
    named = measure_named(measure)
    if exempt is None:
        return named
    return word("mutation.exception_of", label=exempt_named(exempt), measure=named)


def party_named(clause: Clause | None, catalogue: Catalogue) -> Text:
    """Name the party a clause speaks of."""
    if clause is None:
        return Text()
    party = catalogue.parties.get(clause.party)
    return party.name if party else Text(clause.party, clause.party)


def role_named(role: str, catalogue: Catalogue) -> Text:
    """Name a role."""
    found = catalogue.roles.get(role)
    return found.name if found else Text(role, role)


def reach_named(reach: Reach, catalogue: Catalogue) -> Text:
    """Name whom an item of a clause reaches."""
    if reach.direction is Direction.SELF:
        return word("mutation.itself")
    if reach.any_role and not reach.roles:
        return word("mutation.anyone_found")
    names = [role_named(role, catalogue) for role in sorted(reach.roles)]
    joined = Text("、".join(n.zh for n in names), ", ".join(n("en") for n in names))
    if reach.direction is Direction.ORGANISATION:
        return word("mutation.organisation_of", roles=joined)
    return joined


def test_named(test: Test, catalogue: Catalogue) -> Text:
    """Say a test: the question of its fact and what it is compared with."""
    asked = _clipped(phrases.fact_name(test.path, catalogue))
    if test.op is Op.EXISTS:
        return word("mutation.test_exists", fact=asked)
    if test.op is Op.IS:
        return word("mutation.test", fact=asked, value=phrases.value_text(test.path, test.value, catalogue))
    return word("mutation.test", fact=asked, value=_clipped(phrases.compared(test, catalogue)))


def _clipped(text: Text) -> Text:
    """Return a text that fits into a sentence; a test of many values is read in the document."""
    return Text(_shortened(text.zh, 40), _shortened(text.en, 80))


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip("，、, ") + "…"


def unit_named(key: str, catalogue: Catalogue) -> Text:
    """Name a unit."""
    unit = catalogue.units.by_key.get(key)
    return unit.name if unit else Text(key, key)


def basis_named(basis: Basis) -> Text:
    """Name a provision as it is cited."""
    return Text(str(basis), str(basis))
