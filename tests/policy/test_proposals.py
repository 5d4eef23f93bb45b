"""Boundary cases are proposed where a decision turns: a day before, on it and after; a fen less or more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from creditrules import load_catalogue
from creditrules.load.example_docs import ExampleDoc, ExampleFile, read_examples
from creditrules.model.catalogue import Catalogue
from creditrules.policy.adding import only_cases, with_cases, with_cases_added
from creditrules.policy.examples import Example, examples_of, run
from creditrules.policy.proposals import Proposal, joined, proposals
from creditrules.policy.sheet_yaml import to_yaml
from tests.support.tree import ROOT

TAX = ROOT / "examples" / "tax-major-violations.examples.yaml"
SMALL = ROOT / "tests" / "support" / "boundaries"
EXAMPLES = (SMALL / "cases.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def small() -> Catalogue:
    """A catalogue of one memorandum with a threshold of money, one of days and one of a count."""
    return load_catalogue(SMALL)


def _source(text: str) -> ExampleFile:
    return read_examples(text, "e.examples.yaml")


def _examples(text: str) -> tuple[Example, ...]:
    return examples_of(_source(text), "e.examples.yaml")


def _proposed(text: str, catalogue: Catalogue, lang: str = "en") -> list[Proposal]:
    return list(proposals(_examples(text), catalogue.memoranda["memo"], catalogue, lang))


def _on(found: list[Proposal], boundary: str) -> list[tuple[date, list[str]]]:
    return [(p.case["on"], sorted(p.case["expect"])) for p in found if boundary in p.question]


def test_every_proposal_is_what_is_decided(small: Catalogue) -> None:
    """Whoever says yes gets a case that passes."""
    found = _proposed(EXAMPLES, small)
    doc = only_cases(_source(EXAMPLES).doc, [p.case for p in found])

    outcomes = [run(each, small, "indexed") for each in _examples(to_yaml(doc))]

    assert len(outcomes) == len(found) > 9
    assert [o.example.name for o in outcomes if not o.passed] == []


def test_an_end_of_a_listing_is_asked_a_day_before_on_it_and_a_day_after(small: Catalogue) -> None:
    """The measure still applies on the last day, and no longer on the next."""
    found = _on(_proposed(EXAMPLES, small), "the end of listing L1")

    assert found == [
        (date(2020, 6, 19), ["actions"]),
        (date(2020, 6, 20), ["actions"]),
        (date(2020, 6, 21), ["untouched"]),
    ]


def test_an_end_of_a_role_is_asked_on_both_sides(small: Catalogue) -> None:
    """A representative is reached until the last day of the tenure."""
    found = _on(_proposed(EXAMPLES, small), "the last day of 孟虚构")

    assert [day.isoformat() for day, _ in found] == ["2019-03-30", "2019-03-31", "2019-04-01"]
    assert [kinds for _, kinds in found] == [["actions"], ["actions"], ["untouched"]]


@pytest.mark.parametrize(
    ("boundary", "values", "expected"),
    [
        (
            "how much is owed",
            [Decimal("999.99"), 1000, Decimal("1000.01")],
            ["untouched", "actions", "actions"],
        ),
        ("how often", [2, 3, 4], ["untouched", "untouched", "actions"]),
        (
            "since when",
            [date(2017, 12, 31), date(2018, 1, 1), date(2018, 1, 2)],
            ["untouched", "actions", "actions"],
        ),
    ],
)
def test_a_threshold_is_asked_just_below_at_and_just_above(
    boundary: str, values: list[Any], expected: list[str], small: Catalogue
) -> None:
    """A fen, a day, a time less or more; the fact is changed for the one who states it, the rest stays."""
    found = [p for p in _proposed(EXAMPLES, small) if boundary in p.question]
    facts = [p.case["change"]["subjects"][0] for p in found]
    set_to = [{**f.get("facts", {}), **f.get("listings", [{}])[0].get("facts", {})} for f in facts]

    assert [each[key] for each in set_to for key in each if each[key] in values] == values
    assert [next(iter(p.case["expect"])) for p in found] == expected
    assert all("debt.count" in f["facts"] for f in facts)


def test_the_question_says_in_words_what_is_decided(small: Catalogue) -> None:
    """A policy officer can answer it: the day, the boundary, the measure and who, in either language."""
    en = [p.question for p in _proposed(EXAMPLES, small)]
    zh = [p.question for p in _proposed(EXAMPLES, small, "zh")]

    (below,) = [question for question in en if "just below: 999.99" in question]
    assert below.startswith(
        "On 2018-12-20, the threshold “how much is owed is at least 1000.00 yuan”, just below"
    )
    assert "measure 1 (限制) is not taken against 丹东和记虚构食品有限公司" in below
    assert below.endswith(" – right?")
    assert any(q.startswith("2020-06-21，列入 L1 的期限，次日：对") and q.endswith("。对吗？") for q in zh)


def test_what_is_said_already_is_not_asked_again(small: Catalogue) -> None:
    """Cases that were accepted silence their questions, and two cases of one dossier ask once."""
    found = _proposed(EXAMPLES, small)
    doc = with_cases(_source(EXAMPLES).doc, [p.case for p in found])

    assert _proposed(to_yaml(doc), small) == []
    twice = (
        EXAMPLES
        + "  - {name: 乙, on: 2018-12-21, expect: {},\n"
        + "     change: {subjects: [{id: heji, facts: {debt.count: 9}}]}}\n"
    )
    assert len(_on(_proposed(twice, small), "the end of listing L1")) == 3


def test_the_end_of_a_timeline_is_looked_at(small: Catalogue) -> None:
    """Of a timeline the last day counts, with all that has changed until then."""
    text = EXAMPLES.partition("cases:")[0] + (
        "cases:\n  - name: 甲\n    timeline:\n      - {on: 2018-12-20, expect: {}}\n"
        "      - {on: 2018-12-21, expect: {},\n"
        "         change: {subjects: [{id: heji, listings: [{id: L1, until: 2019-01-31}]}]}}\n"
    )

    found = _on(_proposed(text, small), "the end of listing L1")

    assert [day.isoformat() for day, _ in found] == ["2019-01-30", "2019-01-31", "2019-02-01"]


def test_a_dossier_with_findings_is_left_to_the_test_run(small: Catalogue) -> None:
    """Nothing is proposed about what cannot be decided, and nothing breaks."""
    assert _proposed(EXAMPLES.replace("kind: enterprise", "kind: enterprize"), small) == []


def test_names_are_not_given_twice(small: Catalogue) -> None:
    """Two boundaries of one name are told apart, so that both can stand in a file."""
    names = [p.case["name"] for p in _proposed(EXAMPLES, small)]

    assert len(set(names)) == len(names)


def test_cases_are_added_and_every_comment_stays() -> None:
    """What was there is there still, character for character."""
    text = TAX.read_text("utf-8")
    case = {"name": "新", "on": date(2018, 12, 20), "expect": {"untouched": [{"against": "sun"}]}}

    made = with_cases_added(text, [case, {**case, "name": "又"}], "t")

    assert made is not None
    assert made.startswith(text)
    assert read_examples(made, "t").doc == with_cases(
        read_examples(text, "t").doc, [case, {**case, "name": "又"}]
    )


@pytest.mark.parametrize(
    "text",
    [
        "examples: x\ncases: [{name: a, on: 2018-12-20, expect: {}}]\n",
        "cases:\n- {name: a, on: 2018-12-20, expect: {}}\nexamples: x\n",
    ],
)
def test_a_text_with_no_place_for_cases_is_left_alone(text: str) -> None:
    """Where nothing can be added behind the last case, the caller is told, and writes another file."""
    assert with_cases_added(text, [{"name": "b", "on": date(2018, 12, 20), "expect": {}}], "t") is None


@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_cases_are_added_at_the_indent_of_the_file(indent: str) -> None:
    """However far a file indents its cases, and whether or not it ends with a line end."""
    text = f"examples: x\ncases:\n{indent}- name: a\n{indent}  on: 2018-12-20\n{indent}  expect: {{}}"
    case = {"name": "b", "on": date(2018, 12, 21), "expect": {"untouched": [{"against": "sun"}]}}

    made = with_cases_added(text, [case], "t")

    assert made is not None
    assert f"\n{indent}- name: b\n" in made


def test_changes_are_joined_without_losing_what_is_taken_away() -> None:
    """One change that does what two do: entries by their id, a null stays a null."""
    first = {"subjects": [{"id": "a", "facts": {"x": None, "y": 1}}]}
    second = {"subjects": [{"id": "b", "n": 1}, {"id": "a", "facts": {"y": 2}}]}

    assert joined(first, second) == {
        "subjects": [{"id": "a", "facts": {"x": None, "y": 2}}, {"id": "b", "n": 1}]
    }
    assert joined({}, second) == second


def test_the_shipped_examples_can_be_asked_about() -> None:
    """On a real file the questions are few and their cases pass."""
    catalogue = load_catalogue()
    source = read_examples(TAX.read_bytes(), str(TAX))
    memorandum = catalogue.memoranda["tax-major-violations"]
    found = list(proposals(examples_of(source, str(TAX)), memorandum, catalogue, "zh"))
    doc: ExampleDoc = only_cases(source.doc, [p.case for p in found])
    made = Path("t.examples.yaml")

    outcomes = [
        run(e, catalogue, "indexed") for e in examples_of(read_examples(to_yaml(doc), str(made)), str(made))
    ]

    assert 20 < len(found) < 80
    assert all(outcome.passed for outcome in outcomes)
