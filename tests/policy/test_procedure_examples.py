"""Examples of duties and ways out cover what the catalogue says of them, and a wrong one says what is."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditrules.errors import FactsError
from creditrules.model.procedure import DutyState
from creditrules.policy.examples import Outcome, find_examples, run
from tests.support.examples import examples, shipped

SECTIONS = (
    *("二", "三", "四", "五", "六", "七", "八", "九", "十"),
    *("十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九"),
)
FILE = """\
examples: notice-2018-14
given:
  subjects:
    - id: jia
      kind: enterprise
      name: 虚构甲公司
      region: "210602"
      listings:
        - id: L1
          list: environmental-protection
          determined: 2019-01-07
          served: 2019-01-09
          aggregated: 2019-01-14
          publishable: false
          facts: {penalty.by_market_regulator: false}
          events: [{kind: penalty_decision, on: 2019-01-25}, {kind: push, on: 2019-02-12}]
cases:
  - name: the case
    on: 2019-03-01
    parameters: {push-deadline: {working_days: 5}}
    expect: EXPECT
"""


def said(tmp_path: Path, expect: str) -> Outcome:
    """Run one case with an expectation."""
    path = tmp_path / "one.examples.yaml"
    path.write_text(FILE.replace("EXPECT", expect), encoding="utf-8")
    (example,) = find_examples(tmp_path)
    return run(example, shipped())


def test_every_duty_has_an_example() -> None:
    """A duty that no example has seen to arise may be one that cannot arise."""
    seen = {duty.duty for e in examples() for step in e.steps for duty in step.expect.duties}

    assert [rule.key for rule in shipped().procedure.duties if rule.key not in seen] == []


def test_every_way_out_has_an_example() -> None:
    """A way out that no example has seen may lead nowhere."""
    seen = {way.way for e in examples() for step in e.steps for way in step.expect.ways_out}

    assert [way.key for way in shipped().procedure.ways_out if way.key not in seen] == []


def test_every_section_of_the_notice_has_duties() -> None:
    """Sections two to nineteen of the notice of 2018 each give somebody something to do."""
    there = {r.section for r in shipped().procedure.duties if r.instrument == "notice-2018-14"}

    assert there == set(SECTIONS)


def test_every_state_of_a_duty_has_an_example() -> None:
    """Pending, due, overdue, done, excused and open are each expected somewhere."""
    states = {duty.state for e in examples() for step in e.steps for duty in step.expect.duties}

    assert set(DutyState) <= states


def test_only_the_seven_days_are_a_number_of_the_notice() -> None:
    """Sections two to nineteen state no other term; what is not theirs is a parameter or a special rule."""
    rules = [r for r in shipped().procedure.duties if r.instrument == "notice-2018-14" and r.term]
    stated = {(r.section, r.term.working_days) for r in rules if r.term and r.term.parameter is None}

    assert stated == {("四", 7)}


def test_a_number_from_memory_says_so() -> None:
    """A parameter that carries a number is recalled, one that is not known carries none."""
    for parameter in shipped().procedure.parameters.values():
        assert (parameter.term is None) == (parameter.checked == "unseen"), parameter.key
        assert parameter.checked in ("recalled", "unseen"), parameter.key
        assert parameter.note, parameter.key


def test_an_expectation_that_holds_has_no_differences(tmp_path: Path) -> None:
    """Every kind of expectation about procedure can be met."""
    outcome = said(
        tmp_path,
        """
      duties:
        - {duty: s04-penalty, listing: L1, state: excused, deadline: 2019-02-03, excuse: laws or regulations}
        - {duty: s06-push-by-measure, state: done, arose: 2019-01-14, met_on: 2019-02-12, late: true}
        - {duty: s10-organise, state: open, missing: [training-deadline], provisional: false}
      no_duties: [{duty: s03-reminder}]
      ways_out: [{way: notice-2018, listing: L1, open: false, unmet: [corrected, commitment, report], ends: [measures]}]
      no_ways_out: [{way: o36-list}]""",  # noqa: E501
    )

    assert outcome.differences == ()


PUSH = "expected duty s06-push-by-measure (Push the listing to the implementing units, measure by measure): "
WAY = (
    "expected way out notice-2018 "
    "(Notice of 2018: corrected within the period set, no longer a target of joint punishment): "
)


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ("{duties: [{duty: s06-push-by-measure, state: due}]}", PUSH + "state due expected, done got"),
        (
            "{duties: [{duty: s06-push-by-measure, late: false, met_on: 2019-02-11}]}",
            PUSH + "met on 2019-02-11 expected, 2019-02-12 got; late no expected, yes got",
        ),
        (
            "{duties: [{duty: s06-push-by-measure, excuse: ended}]}",
            PUSH + "excuse “ended” expected, none got",
        ),
        (
            "{duties: [{duty: s03-reminder}]}",
            "expected duty s03-reminder (Hold one reminder interview with the main person in charge, "
            "by the outline of the provincial industry authority): there is none",
        ),
        (
            "{no_duties: [{duty: s06-push-by-measure}]}",
            "duty must not be there: s06-push-by-measure "
            "(Push the listing to the implementing units, measure by measure) of L1; it is done",
        ),
        ("{ways_out: [{way: notice-2018, open: true}]}", WAY + "open yes expected, no got"),
        ("{ways_out: [{way: notice-2018, met: [report]}]}", WAY + "met report expected, none got"),
        (
            "{ways_out: [{way: notice-2018, barred: law, earliest: 2020-01-01}]}",
            WAY + "earliest 2020-01-01 expected, none got; barred by “law” expected, none got",
        ),
        (
            "{no_ways_out: [{way: notice-2018}]}",
            "way out must not be there: notice-2018 "
            "(Notice of 2018: corrected within the period set, no longer a target of joint punishment) of L1",
        ),
    ],
)
def test_a_wrong_expectation_fails_and_says_what_is(tmp_path: Path, expect: str, difference: str) -> None:
    """The difference names what was expected and what the procedure says of it."""
    (found,) = said(tmp_path, expect).differences

    assert str(found) == difference
    assert found.span.line == 21


def test_a_difference_of_procedure_is_told_in_chinese_too(tmp_path: Path) -> None:
    """The words are those of the catalogue and of the pages about duties."""
    (found,) = said(tmp_path, "{duties: [{duty: s06-push-by-measure, state: due}]}").differences

    assert found.text("zh") == (
        "应有职责 s06-push-by-measure（按失信联合惩戒措施，将失信主体相关信息推送给相关实施单位）："
        "应为状态：待办，实为：已办"
    )


def test_a_parameter_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    """A period set for nothing would be a case about nothing."""
    path = tmp_path / "one.examples.yaml"
    path.write_text(FILE.replace("EXPECT", "{}").replace("push-deadline", "push-dedline"), encoding="utf-8")
    (example,) = find_examples(tmp_path)

    with pytest.raises(FactsError) as error:
        run(example, shipped())

    assert error.value.findings[0].what() == "there is no parameter `push-dedline`"
    assert error.value.findings[0].span.line == 20


@pytest.mark.parametrize("period", ["weeks: 5", "", "working_days: 5, months: 1", "days: 0"])
def test_a_period_that_is_none_is_refused(tmp_path: Path, period: str) -> None:
    """A parameter is set to one length of time, in words the format knows."""
    path = tmp_path / "one.examples.yaml"
    path.write_text(FILE.replace("EXPECT", "{}").replace("working_days: 5", period), encoding="utf-8")

    with pytest.raises(FactsError) as error:
        list(find_examples(tmp_path))

    assert error.value.findings[0].code in ("CR450", "CR461")
