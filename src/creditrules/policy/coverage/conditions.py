"""Policy, coverage: tests of conditions, and exceptions: which case sees them hold, fail, stay unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Condition, Test, tests_in
from creditrules.model.memorandum import Memorandum
from creditrules.model.words import Truth
from creditrules.policy.coverage.gather import Gathered
from creditrules.policy.coverage.looks import Looks
from creditrules.policy.coverage.model import Item
from creditrules.policy.mutation.sites import Site, conditions, measures
from creditrules.policy.wording import rule_named, test_named, word

NAMES = {Truth.TRUE: "true", Truth.FALSE: "false", Truth.UNKNOWN: "unknown"}
# Of these the answer is always known.
_NEVER_UNKNOWN = frozenset({"subject.kind", "target.kind", "role.name", "relation", "listing.publishable"})


def test_items(document: Memorandum, looks: Sequence[Looks], catalogue: Catalogue) -> Iterator[Item]:
    """Yield an item for every test of every condition of a document."""
    for site in conditions(document):
        for number, test in enumerate(tests_in(site.value), 1):
            found = _gathered(document, site, test, _branches(test, catalogue), looks)
            of = rule_named(site.measure, site.exempt)
            text = word("coverage.test", measure=of, test=test_named(test, catalogue))
            key = f"{site.place}.{number}"
            measure = site.measure.key if site.measure else None
            yield Item("test", key, text, found.branches, test.span or site.span, measure)


def exception_items(document: Memorandum, looks: Sequence[Looks], catalogue: Catalogue) -> Iterator[Item]:
    """Yield an item for every labelled exception, as a whole."""
    for site in measures(document):
        for exempt in site.value.unless:
            can_be_unknown = any("unknown" in _branches(t, catalogue) for t in tests_in(exempt.when))
            names = ("true", "false", *(("unknown",) if can_be_unknown else ()))
            found = _gathered(document, site, exempt.when, names, looks)
            text = rule_named(site.value, exempt)
            key = f"{site.place}.unless.{exempt.label}"
            yield Item("exception", key, text, found.branches, exempt.span or site.span, site.value.key)


def _branches(test: Test, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ways a test can come out; what a register of events says is never unknown."""
    declared = catalogue.facts.get(test.path) or BUILTIN_FACTS.get(test.path)
    settled = declared is not None and declared.when_missing is not None
    if settled or test.path in _NEVER_UNKNOWN:
        return ("true", "false")
    return ("true", "false", "unknown")


def _gathered(
    document: Memorandum,
    site: Site[Any],
    condition: Condition,
    names: tuple[str, ...],
    looks: Sequence[Looks],
) -> Gathered:
    found = Gathered(names)
    for look in looks:
        for measure in site.measures:
            named = (document.key, measure)
            for rule in look.rules.get(named, ())[:1]:
                looked = look.looked_at(named)
                for candidate in look.around(rule.lists):
                    branch = NAMES[look.truth(condition, candidate)]
                    if candidate.target.id in looked:
                        found.look(branch, look.ref)
                    else:
                        found.see(branch, look.ref)
    return found
