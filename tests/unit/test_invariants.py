"""What each compile pass guarantees to the next, over the whole shipped catalogue on several days."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from creditrules import load_catalogue
from creditrules.model.rulebook import Rulebook

DAYS = (date(2016, 6, 1), date(2018, 12, 20), date(2020, 12, 8), date(2026, 6, 1))


@pytest.fixture(params=DAYS, ids=str)
def rulebook(request: pytest.FixtureRequest) -> Rulebook:
    """The shipped catalogue made ready for a day, recalled measures included."""
    return load_catalogue().rulebook(on=request.param, recalled=True)


def test_every_measure_is_a_rule_or_set_aside(rulebook: Rulebook) -> None:
    """No measure of any document is lost between the passes."""
    told = {rule.measure_id for rule in rulebook.rules}
    told |= {f"{item.memorandum}#{item.measure}" for item in rulebook.set_aside}
    measures = {
        f"{memorandum.key}#{measure.key}"
        for memorandum in rulebook.catalogue.memoranda.values()
        for measure in memorandum.measures
    }

    assert measures - told == set()


def test_every_rule_stands_on_a_basis(rulebook: Rulebook) -> None:
    """After the pass on bases a rule has at least one, the memorandum itself among them."""
    assert [rule.key for rule in rulebook.rules if not rule.bases] == []


def test_every_act_names_a_body(rulebook: Rulebook) -> None:
    """After the pass on units no act names a phrase, and a rule without acts says that its unit is open."""
    units = rulebook.catalogue.units.by_key
    measures = [rule for rule in rulebook.rules if rule.record is None]

    assert [r.key for r in measures for act in r.acts if units[act.unit].is_generic] == []
    assert [r.key for r in measures if not r.acts and not r.open] == []


def test_every_rule_stands_under_one_guard_of_each_of_its_lists(rulebook: Rulebook) -> None:
    """The index neither loses a rule nor matches one twice."""
    seen: Counter[tuple[str, int]] = Counter()
    for key, guards in rulebook.by_list.items():
        seen.update((key, rule) for guard in guards for rule in rulebook.guards[guard].rules)
    expected = Counter((key, rule.number) for rule in rulebook.rules for key in rule.lists)

    assert seen == expected
