"""Every operator makes the changes it names, each in exactly one place, and says them in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from attrs import fields, has

from creditrules.cli.mutate import OPERATORS as TOLD
from creditrules.deliver.words import word_table
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.mutant import Mutant
from creditrules.policy.mutation.registry import NAMES, OPERATORS, mutants_of
from creditrules.policy.mutation.run import with_clauses_of_its_own
from tests.support.bench import MEMORANDUM, bench_catalogue

TWO_LISTS = MEMORANDUM.replace("lists: [tax-major]", "lists: [tax-major, other]", 1)
OTHER = """\
lists:
  other:
    title: {zh: 另一名单, en: Other list}
    level: blacklist
    determined_by: {zh: 税务机关, en: tax authority}
    remedy: {zh: 提出异议, en: object}
    ends_by: [{zh: 期满, en: expiry}]
"""


def all_of(operator: str, text: str = MEMORANDUM) -> tuple[Memorandum, dict[str, Mutant]]:
    """Return the document, and the mutants of one operator by their places."""
    catalogue = bench_catalogue(text)
    document = catalogue.memoranda["bench"]
    return document, {m.place: m for m in mutants_of(document, catalogue, [operator])}


def differing(one: object, other: object, at: str = "") -> Iterator[str]:
    """Yield the deepest places at which two values differ; a list of another length differs as a whole."""
    if one == other:
        return
    if type(one) is type(other) and has(type(one)):
        for each in fields(type(one)):
            if each.eq:
                yield from differing(getattr(one, each.name), getattr(other, each.name), f"{at}.{each.name}")
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for n, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from differing(first, second, f"{at}[{n}]")
    else:
        yield at.removeprefix(".")


# Where each change of the bench memorandum lies in the model.
PLACES = {
    "drop_measure": {"1": "measures", "2": "measures", "3": "measures", "5": "measures"},
    "drop_clause": {"covers.2.enterprise": "covers"},
    "drop_role": {
        "covers.1.natural_person.1": "covers",
        "covers.2.enterprise.1": "covers[1].reaches",
        "covers.2.enterprise.2": "covers[1].reaches",
        "covers.2.enterprise.3": "covers[1].reaches",
        "3.covers.1.enterprise.1": "measures[2].covers",
    },
    "drop_finding": {"covers.2.enterprise.3": "covers[1].reaches[2].finding"},
    "change_held": {
        "covers.2.enterprise.2.conduct": "covers[1].reaches[1].held",
        "covers.2.enterprise.2.determination": "covers[1].reaches[1].held",
        "covers.2.enterprise.2.day": "covers[1].reaches[1].held",
        "covers.2.enterprise.3.determination": "covers[1].reaches[2].held",
        "covers.2.enterprise.3.day": "covers[1].reaches[2].held",
        "covers.2.enterprise.3.unstated": "covers[1].reaches[2].held",
    },
    "widen_targets": {"1.reaches": "measures[0].target_kinds"},
    "drop_condition": {
        "1.when.1": "measures[0].when",
        "1.when.2": "measures[0].when",
        "1.unless.grave.1": "measures[0].unless[0].when",
        "3.covers.1.enterprise.when.1": "measures[2].covers[0].when",
    },
    "negate_condition": {
        "1.when.1": "measures[0].when.parts[0]",
        "1.when.2": "measures[0].when.parts[1]",
        "1.unless.grave.1": "measures[0].unless[0].when",
        "3.covers.1.enterprise.when.1": "measures[2].covers[0].when",
    },
    "move_threshold": {
        "1.when.2+1": "measures[0].when.parts[1].value",
        "1.when.2-1": "measures[0].when.parts[1].value",
        "3.covers.1.enterprise.when.1+1": "measures[2].covers[0].when.value",
        "3.covers.1.enterprise.when.1-1": "measures[2].covers[0].when.value",
    },
    "drop_exception": {"1.unless.grave": "measures[0].unless"},
    "drop_unit": {
        "1.unit.police": "measures[0].units",
        "1.unit.state-council": "measures[0].units",
        "2.unit.state-council": "measures[1].units",
        "3.unit.police": "measures[2].units",
    },
    "drop_matter": {
        "2.matter.1.government_procurement": "measures[1].effects[0].matters",
        "2.matter.1.exit": "measures[1].effects[0].matters",
    },
    "change_discretion": {
        "1.discretion.1": "measures[0].effects[0].discretion",
        "2.discretion.1": "measures[1].effects[0].discretion",
        "3.discretion.1": "measures[2].effects[0].discretion",
        "5.discretion.1": "measures[4].effects[0].discretion",
    },
    "change_period": {
        "2.period+1": "measures[1].duration.period.days",
        "2.period-1": "measures[1].duration.period.days",
    },
    "drop_basis": {"1.basis.1": "measures[0].bases", "2.basis.1": "measures[1].bases"},
    "move_basis": {
        "2.basis.1.until+1": "measures[1].bases[0].until",
        "2.basis.1.until-1": "measures[1].bases[0].until",
    },
    "move_in_force": {
        "since+1": "since",
        "since-1": "since",
        "until+1": "until",
        "until-1": "until",
    },
    "drop_list": {},
}


@pytest.mark.parametrize("operator", NAMES)
def test_a_mutant_differs_from_its_document_in_the_named_place_and_nowhere_else(operator: str) -> None:
    """One change at a time: whoever reads which mutant lives knows what nobody looks at."""
    document, mutants = all_of(operator)

    found = {}
    for place, mutant in mutants.items():
        changed = {re.sub(r"^((?:since|until))\..*", r"\1", at) for at in differing(document, mutant.changed)}
        found[place] = "/".join(sorted(changed))

    assert found == PLACES[operator]


def test_a_document_of_several_lists_can_lose_each_of_them() -> None:
    """`drop_list` takes one of several lists; the only one is the document itself."""
    from tests.support.loading import load_with

    catalogue = load_with({"memoranda/bench.yaml": TWO_LISTS, "rules/other.yaml": OTHER})
    document = catalogue.memoranda["bench"]

    found = {m.place: m.changed.lists for m in mutants_of(document, catalogue, ["drop_list"])}

    assert found == {"lists.other": frozenset({"tax-major"}), "lists.tax-major": frozenset({"other"})}


def test_what_nobody_has_seen_is_not_changed() -> None:
    """A measure without an effect has nothing that an example could notice."""
    document = bench_catalogue().memoranda["bench"]

    assert all("4" not in m.measures for m in mutants_of(document, bench_catalogue(), ["drop_measure"]))


def test_a_mutant_knows_the_measures_whose_rules_it_changes() -> None:
    """A shared clause concerns the measures that rest on it; what is a measure's own, that measure alone."""
    _, roles = all_of("drop_role")

    assert roles["covers.2.enterprise.2"].measures == {"1", "2", "5"}
    assert roles["3.covers.1.enterprise.1"].measures == {"3"}


def test_every_mutant_knows_the_line_its_rule_is_written_on() -> None:
    """Whoever is told what nobody looks at is told where it is written."""
    catalogue = bench_catalogue()
    lines = MEMORANDUM.splitlines()

    for mutant in mutants_of(catalogue.memoranda["bench"], catalogue):
        assert mutant.span is not None
        assert lines[mutant.span.line - 1].strip()


def test_the_line_of_a_mutant_holds_what_was_changed() -> None:
    """The place is that of the unit, the test or the item, not of the whole measure."""
    lines = MEMORANDUM.splitlines()
    _, units = all_of("drop_unit")
    _, tests = all_of("drop_condition")
    _, roles = all_of("drop_role")

    assert [lines[m.span.line - 1] for m in (units["1.unit.state-council"],) if m.span] == ["      - 国务院"]
    assert [lines[m.span.line - 1] for m in (roles["covers.2.enterprise.2"],) if m.span] == [
        "    - legal_representative"
    ]
    assert "tax.arrears" in next(lines[m.span.line - 1] for m in (tests["1.when.2"],) if m.span)


def test_no_two_mutants_bear_the_same_key() -> None:
    """A report can name each, and the same run names the same ones."""
    catalogue = bench_catalogue()
    document = with_clauses_of_its_own(catalogue.memoranda["bench"])

    keys = Counter(mutant.key for mutant in mutants_of(document, catalogue))

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_mutant_is_said_in_words_with_nothing_left_to_fill(lang: str) -> None:
    """Both sentences are whole in both languages."""
    catalogue = bench_catalogue()

    for mutant in mutants_of(catalogue.memoranda["bench"], catalogue):
        for text in (mutant.said(lang), mutant.hint(lang)):
            assert text
            assert "{" not in text, mutant.key


def test_a_role_that_goes_is_named_with_the_party_and_the_measure() -> None:
    """The sentence is the one a writer would say."""
    _, roles = all_of("drop_role")

    said = roles["3.covers.1.enterprise.1"].said

    assert said.en == "the party itself is no longer covered by measure 3 (enterprise listed)"
    assert said.zh == "企业被列入时，第3项不再及于当事人本人"


def test_a_test_in_an_exception_is_said_of_the_exception() -> None:
    """What an exception asks for is not what its measure asks for."""
    _, tests = all_of("drop_condition")

    assert tests["1.unless.grave.1"].said.en == (
        "“How grave? grave” is no longer required by exception “grave” of measure 1"
    )


def test_every_operator_has_a_title_and_both_sentences() -> None:
    """An operator without words could not be told."""
    words = word_table()

    for operator in OPERATORS:
        for part in ("operator", "said", "hint"):
            assert f"mutation.{part}.{operator.name}" in words
        assert operator.title.zh
        assert operator.title.en


def test_the_command_names_every_operator() -> None:
    """The words that `--operator` takes are the names of the registry."""
    assert TOLD == NAMES


def test_shared_clauses_can_be_changed_for_each_measure_by_itself() -> None:
    """Repeating the clauses in every measure changes nothing but who shares them."""
    catalogue = bench_catalogue()
    document = with_clauses_of_its_own(catalogue.memoranda["bench"])

    roles = {m.place: m.measures for m in mutants_of(document, catalogue, ["drop_role"])}

    assert roles["1.covers.2.enterprise.2"] == {"1"}
    assert roles["2.covers.2.enterprise.2"] == {"2"}
    assert all(measure.covers is not None for measure in document.measures)
