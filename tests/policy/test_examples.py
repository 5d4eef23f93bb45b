"""Every policy example holds, and one that is wrong says in words what the decision says instead."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from creditrules.errors import FactsError
from creditrules.policy.examples import Example, Outcome, find_examples, run
from tests.support.examples import FOLDER, examples, shipped, shown

FILE = """\
examples: tax-major-violations
given:
  subjects:
    - id: jia
      kind: enterprise
      name: 虚构甲公司
      region: "210602"
      listings: [{id: L1, list: tax-major-violations, determined: 2018-06-01, served: 2018-06-05, aggregated: 2018-06-20, until: 2020-06-20}]
    - {id: yi, kind: natural_person, name: 乙虚构, roles: [{in: jia, role: legal_representative, since: 2018-09-01}]}
cases:
  - name: the case
    on: 2018-12-20
    expect: EXPECT
"""  # noqa: E501


def decided(tmp_path: Path, expect: str) -> Outcome:
    """Run one case with an expectation."""
    path = tmp_path / "one.examples.yaml"
    path.write_text(FILE.replace("EXPECT", expect), encoding="utf-8")
    (example,) = find_examples(tmp_path)
    return run(example, shipped())


@pytest.mark.parametrize("example", examples(), ids=shown)
def test_every_example_holds(example: Example) -> None:
    """The decision on the day says what the example expects of it."""
    outcome = run(example, shipped())

    assert outcome.passed, "\n".join(outcome.differences)


def test_the_cases_of_a_file_have_names_of_their_own() -> None:
    """No two cases of one file share a name."""
    names = Counter(shown(example) for example in examples())

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.examples.yaml")), ids=lambda path: path.name)
def test_a_file_of_examples_says_that_it_is_invented(path: Path) -> None:
    """The comment on top of each file says in both languages that subjects and facts are made up."""
    comment = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]

    assert any("编造" in line for line in comment)
    assert any("invented" in line for line in comment)


def test_an_expectation_that_holds_has_no_differences(tmp_path: Path) -> None:
    """Every kind of expectation can be met."""
    outcome = decided(
        tmp_path,
        """
      status: {L1: active}
      actions: [{measure: "9", against: jia, unit: 财政部, until: 2020-06-20, local: 丹东市财政局}]
      not: [{measure: "9", against: yi}]
      untouched: [{measure: "2", against: jia}]
      undetermined: [{measure: "9", against: yi, what: fact, asks: [role.confirmed]}]
      set_aside: [{measure: "26", reason: unseen}]
      records: [{file_of: jia, listing: L1}]
      no_records: [{file_of: yi}]""",
    )

    assert outcome.differences == ()


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        (
            '{actions: [{measure: "9", against: jia, unit: 税务总局}]}',
            "expected but not decided: unit 税务总局, measure 9, against jia; "
            "got mof:jia:prohibit:government_procurement.supplier",
        ),
        (
            '{actions: [{measure: "9", against: yi}]}',
            "expected but not decided: measure 9, against yi; "
            "got mof:jia:prohibit:government_procurement.supplier; open (fact)",
        ),
        (
            '{actions: [{measure: "26", against: jia}]}',
            "expected but not decided: measure 26, against jia; got set aside (unseen)",
        ),
        (
            '{actions: [{measure: "99", against: jia}]}',
            "expected but not decided: measure 99, against jia; got nothing for this measure",
        ),
        (
            '{actions: [{measure: "9", against: jia, until: 2021-01-01}]}',
            "expected but not decided: measure 9, against jia, until 2021-01-01; got mof:jia:",
        ),
        (
            '{actions: [{measure: "9", against: jia, reasons: ["patents#二.3"]}]}',
            "expected but not decided: measure 9, against jia, reasons ('patents#二.3',)",
        ),
        (
            '{actions: [{measure: "9", against: jia, local: ""}]}',
            "expected but not decided: measure 9, against jia, local ; got mof:jia:",
        ),
        (
            '{not: [{measure: "9", against: jia}]}',
            "decided but must not be: measure 9, against jia (got mof:jia:",
        ),
        (
            '{untouched: [{measure: "9", against: jia}]}',
            "must not be touched: against jia, measure 9 (got mof:jia:",
        ),
        (
            '{untouched: [{measure: "9", against: yi}]}',
            "must not be touched: against yi, measure 9 (open: tax-major-violations#9, fact role.confirmed",
        ),
        (
            '{actions: [{measure: "9", against: jia}], nothing_else: true}',
            "decided but not expected: sta:jia:heighten_supervision:tax.credit_grade by measure",
        ),
        (
            '{undetermined: [{measure: "9", against: yi, asks: [finding.responsible]}]}',
            "expected to be open: measure 9 against yi; open there: ['fact']",
        ),
        (
            '{set_aside: [{measure: "9", reason: recalled}]}',
            "expected to be set aside: measure 9 (recalled)",
        ),
        (
            "{records: [{file_of: jia, listing: L1, sharing_stopped: 2026-04-01}]}",
            "expected a record of L1 in the file of jia; got 1",
        ),
        ("{no_records: [{file_of: jia}]}", "must not be in the file of jia: L1 (notice-2018-14#"),
        ("{status: {L1: repaired}}", "expected listing L1 to be repaired; it is active"),
    ],
)
def test_a_wrong_expectation_fails_and_says_what_was_decided_instead(
    tmp_path: Path, expect: str, said: str
) -> None:
    """The difference names what was expected and what the decision says of it."""
    outcome = decided(tmp_path, expect)

    assert not outcome.passed
    assert any(difference.startswith(said) for difference in outcome.differences), outcome.differences


def test_a_word_that_an_expectation_does_not_know_is_a_finding(tmp_path: Path) -> None:
    """A misspelt key would make a case that protects nothing, so it is refused with its place."""
    with pytest.raises(FactsError) as error:
        decided(tmp_path, '{action: [{measure: "9", against: jia}]}')

    (finding,) = error.value.findings
    assert finding.code == "CR451"
    assert finding.words["place"] == "cases[0].expect.action"
    assert (finding.span.line, finding.span.column) == (13, 14)
    assert finding.fix().startswith("did you mean `actions`? ")
