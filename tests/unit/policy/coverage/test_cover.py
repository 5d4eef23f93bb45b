"""What examples exercise: a memorandum and examples made by hand, whose gaps are known."""

from __future__ import annotations

import pytest

from creditrules.policy.coverage.cover import cover
from creditrules.policy.coverage.gaps import gaps_of, headline
from creditrules.policy.coverage.model import Coverage, Document, Item, Mark, share_of
from tests.support.bench import EXAMPLES, bench_catalogue, bench_examples, without_case
from tests.support.examples import examples as shipped_examples
from tests.support.examples import shipped


def covered(text: str = EXAMPLES) -> Document:
    """Return what a text of examples exercises of the bench memorandum."""
    (document,) = cover(bench_catalogue(), bench_examples(text), ["bench"]).documents
    return document


def with_case(expect: str, on: str = "2018-12-20", change: str = "{}") -> str:
    """Return the examples with one more case."""
    return f"{EXAMPLES}  - name: 新案例\n    on: {on}\n    change: {change}\n    expect: {expect}\n"


def item(key: str, text: str = EXAMPLES, kind: str | None = None) -> Item:
    """Return one thing of the document by its key."""
    return next(i for i in covered(text).items if i.key == key and kind in (None, i.kind))


def looked(found: Item, branch: str) -> list[str]:
    """Return the names of the cases that look at a branch."""
    found_branch = found.branch(branch)
    assert found_branch is not None
    return [case.name for case in found_branch.cases]


def seen(found: Item, branch: str) -> list[str]:
    """Return the names of the cases in which a branch happens though they do not look."""
    found_branch = found.branch(branch)
    assert found_branch is not None
    return [case.name for case in found_branch.seen]


def test_a_measure_has_a_positive_case_only_when_a_case_expects_it() -> None:
    """A measure that is taken while nobody looks is no case of it."""
    one, two = item("1", kind="measure"), item("2", kind="measure")

    assert looked(one, "positive") == ["法定代表人"]
    assert looked(two, "positive") == []
    assert len(seen(two, "positive")) == 3


def test_a_measure_has_a_negative_case_when_a_case_expects_it_away() -> None:
    """`untouched` names the measure, so it would fail if the measure reached the person."""
    assert looked(item("1", kind="measure"), "negative") == ["法定代表人", "情节特别严重"]
    assert looked(item("2", kind="measure"), "negative") == []


@pytest.mark.parametrize(
    "expect",
    [
        '{not: [{measure: "2", against: ding}]}',
        '{untouched: [{measure: "2", against: ding}]}',
        '{why_not: [{measure: "2", against: ding, because: [coverage]}]}',
    ],
)
def test_each_way_to_expect_that_something_stays_away_is_a_negative_case(expect: str) -> None:
    """`not`, `untouched` and `why_not` all fail when the measure is taken."""
    role = "{in: jia, role: legal_representative, since: 2010-01-01, until: 2010-12-31}"
    person = f"{{id: ding, kind: natural_person, name: 丁虚构, roles: [{role}]}}"
    found = item("2", with_case(expect, change=f"{{subjects: [{person}]}}"), "measure")

    assert looked(found, "negative") == ["新案例"]


def test_that_nobody_is_touched_is_a_negative_case_of_what_might_have_reached_him() -> None:
    """It would fail if any measure in force reached somebody around a living listing."""
    role = "{in: jia, role: legal_representative, since: 2010-01-01, until: 2010-12-31}"
    person = f"{{id: ding, kind: natural_person, name: 丁虚构, roles: [{role}]}}"
    text = with_case("{untouched: [{against: ding}]}", change=f"{{subjects: [{person}]}}")

    assert looked(item("2", text, "measure"), "negative") == ["新案例"]


def test_before_the_document_is_in_force_nothing_is_a_negative_case_of_its_measures() -> None:
    """There is nothing yet that could have been taken."""
    assert "还没有施行" not in looked(item("2", kind="measure"), "negative")


def test_a_measure_without_a_unit_can_only_be_expected_to_be_open() -> None:
    """Its positive case is one that expects it to be left open."""
    found = item("5", kind="measure")
    text = with_case('{undetermined: [{measure: "5", against: jia, what: unit}]}')

    assert found.branch("positive") is None
    assert looked(found, "open") == []
    assert looked(item("5", text, "measure"), "open") == ["新案例"]


def test_a_measure_that_no_source_shows_can_only_be_expected_to_be_set_aside() -> None:
    """Nothing else is known of it."""
    found = item("4", kind="measure")
    text = with_case('{set_aside: [{measure: "4", reason: unseen}]}')

    assert [branch.name for branch in found.branches] == ["aside"]
    assert looked(item("4", text, "measure"), "aside") == ["新案例"]


def test_a_unit_is_covered_when_a_case_expects_the_measure_of_it() -> None:
    """That another unit of the same measure is expected says nothing about this one."""
    assert looked(item("1.unit.police"), "expected") == ["法定代表人"]
    assert item("1.unit.state-council").mark is Mark.UNCOVERED


def test_each_item_of_a_clause_has_somebody_reached_and_somebody_just_beside() -> None:
    """The legal representative is reached; nobody who was one before is expected to be spared."""
    found = item("covers.2.enterprise.2")

    assert looked(found, "reached") == ["法定代表人"]
    assert looked(found, "spared") == []
    assert looked(found, "asked") == []


def test_somebody_in_the_role_who_fails_the_item_is_spared_by_it() -> None:
    """He held the role, at another time."""
    role = "{in: jia, role: legal_representative, since: 2010-01-01, until: 2010-12-31}"
    person = f"{{id: ding, kind: natural_person, name: 丁虚构, roles: [{role}]}}"
    text = with_case("{untouched: [{against: ding}]}", change=f"{{subjects: [{person}]}}")

    assert looked(item("covers.2.enterprise.2", text), "spared") == ["新案例"]


def test_somebody_about_whom_one_must_ask_is_asked_by_the_item() -> None:
    """A representative of a later day may have to answer: the document does not say when he held office."""
    change = "{subjects: [{id: yi, roles: [{in: jia, role: legal_representative, since: 2018-03-01}]}]}"
    text = with_case('{undetermined: [{measure: "2", against: yi, asks: [role.confirmed]}]}', change=change)

    assert looked(item("covers.2.enterprise.2", text), "asked") == ["新案例"]


def test_each_test_of_a_condition_is_seen_to_hold_to_fail_and_to_be_unknown() -> None:
    """Only a case that expects something of the measure looks."""
    found = item("1.when.1")

    assert looked(found, "true") == ["法定代表人", "情节特别严重"]
    assert looked(found, "false") == []
    assert looked(found, "unknown") == []


@pytest.mark.parametrize(("value", "branch"), [("false", "false"), ("null", "unknown")])
def test_a_case_beside_the_condition_covers_the_branch_it_stands_on(value: str, branch: str) -> None:
    """A fact that is no, and one that nobody knows, are two cases."""
    expect = '{untouched: [{measure: "1", against: yi}]}'
    if branch == "unknown":
        expect = '{undetermined: [{measure: "1", against: yi, asks: [tax.arrears_unsecured]}]}'
    change = f"{{subjects: [{{id: jia, facts: {{tax.arrears_unsecured: {value}}}}}]}}"

    assert looked(item("1.when.1", with_case(expect, change=change)), branch) == ["新案例"]


def test_an_exception_is_exercised_when_it_applies_and_when_it_does_not() -> None:
    """Without the case of the exception nobody would see it go."""
    assert looked(item("1.unless.grave"), "true") == ["情节特别严重"]
    assert looked(item("1.unless.grave", without_case("情节特别严重")), "true") == []


def test_a_case_that_fails_covers_nothing() -> None:
    """What it expects is not so."""
    wrong = EXAMPLES.replace('{measure: "3", against: jia}', '{measure: "3", against: bing}')
    found = cover(bench_catalogue(), bench_examples(wrong), ["bench"])

    assert [case.name for case in found.failing] == ["案件数"]
    assert looked(next(i for i in found.documents[0].items if i.key == "3"), "positive") == []


def test_a_document_is_summed_up_in_a_writers_units() -> None:
    """Measures with a positive case, with a negative one, without any."""
    assert headline(covered()).en == (
        "5 measures: 2 of 3 with a positive case; 2 of 4 with a negative one; no case at all for 3 (2, 4, 5)"
    )
    assert (
        headline(covered()).zh == "5 项措施：2/3 项有正面案例；2/4 项有反面案例；3 项没有任何案例（2、4、5）"
    )


def test_a_gap_is_told_in_a_sentence_with_the_line_of_the_rule() -> None:
    """Whoever reads it knows which case is missing, and where the rule stands."""
    gaps = {(gap.item.key, gap.branch): gap for gap in gaps_of(covered().items)}
    gap = gaps["1.when.1", "false"]

    assert gap.text.en == "no case looks at condition “Is tax unpaid? yes” of measure 1 when it fails"
    assert gap.text.zh == "没有案例看第1项的条件“是否欠税？是”不成立"
    assert gap.span is not None
    assert gap.span.line == 20


def test_a_gap_says_when_it_happens_though_nobody_looks() -> None:
    """The case is there; it only lacks an expectation."""
    gaps = {(gap.item.key, gap.branch): gap for gap in gaps_of(covered().items)}

    assert "it comes out so in 3 cases, but nobody looks" in gaps["2", "positive"].text.en


def test_regimes_and_procedure_belong_to_no_document() -> None:
    """They are told when the whole catalogue is asked about."""
    whole = cover(bench_catalogue(), bench_examples())
    one = cover(bench_catalogue(), bench_examples(), ["bench"])

    assert {item.kind for item in whole.general} == {"regime"}
    assert one.general == ()


def test_a_regime_is_exercised_by_a_day_before_it_and_by_days_under_it() -> None:
    """The day before shows what the regime changed."""
    (regime,) = cover(bench_catalogue(), bench_examples()).general
    text = with_case("{status: {L1: active}}", on="2018-12-04")
    (again,) = cover(bench_catalogue(), bench_examples(text)).general

    assert regime.branch("in_force")
    assert looked(regime, "day_before") == []
    assert looked(again, "day_before") == ["新案例"]


def test_the_share_counts_branches() -> None:
    """Two branches of which one has a case are half."""
    whole = covered()
    branches = [branch for item in whole.items for branch in item.branches]
    expected = 100 * sum(branch.is_covered for branch in branches) / len(branches)

    assert share_of(whole.items) == pytest.approx(expected)
    assert share_of(()) == 100


def test_the_shipped_examples_leave_no_measure_of_four_memoranda_without_a_case() -> None:
    """What was closed stays closed."""
    done = ["tax-major-violations", "judgment-defaulters", "government-procurement", "scientific-research"]
    found: Coverage = cover(shipped(), [e for e in shipped_examples() if e.memorandum in done], done)

    assert found.failing == ()
    assert {d.key: [i.key for i in d.bare] for d in found.documents} == {key: [] for key in done}
