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

    assert outcome.passed, "\n".join(map(str, outcome.differences))


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
    ("expect", "kind", "zh", "en"),
    [
        (
            '{actions: [{measure: "9", against: jia, unit: 税务总局}]}',
            "missing",
            "应有而未作出：税务总局、第9项“依法禁止参加政府采购活动”、对虚构甲公司（jia）；实际：财政部",
            "expected but not decided: State Taxation Administration, measure 9 “Barred for a period",
        ),
        (
            '{actions: [{measure: "9", against: yi}]}',
            "missing",
            "待定——第9项“依法禁止参加政府采购活动”，对乙**（yi）：缺少事实（role.confirmed）",
            "against 乙** (yi): a fact is missing (role.confirmed)",
        ),
        (
            '{actions: [{measure: "26", against: jia}]}',
            "missing",
            "；实际：不适用——未见",
            "; got set aside – not seen",
        ),
        (
            "{actions: [{measure: 3, against: jia}]}",
            "missing",
            "；实际：待定——第3项“限制担任相关职务”，对乙**（yi）",
            "; got open – measure 3",
        ),
        (
            '{actions: [{measure: "9", against: jia, until: 2021-01-01, discretion: may}]}',
            "otherwise",
            "应为裁量 可以，实为：应当；应为至 2021-01-01 止，实为：2020-06-20",
            "discretion may expected, must got; until 2021-01-01 expected, 2020-06-20 got",
        ),
        (
            '{actions: [{measure: "9", against: jia, reasons: ["patents#二.3"]}]}',
            "otherwise",
            "应为同时依据 发改财金〔2018〕1702号第(二)3项",
            "resting on measure (二)3",
        ),
        (
            '{actions: [{measure: "9", against: jia, local: ""}]}',
            "otherwise",
            "应为地方实施单位 无，实为：丹东市财政局",
            "local body none expected, 丹东市财政局 got",
        ),
        (
            '{actions: [{measure: "9", against: jia, cites: [政府采购法], article: 第二十三条}]}',
            "otherwise",
            "应为条文 第二十三条",
            "article 第二十三条 expected",
        ),
        (
            '{actions: [{measure: "9", against: jia, because: [监事, 企业]}]}',
            "reason",
            "理由中没有“监事”",
            "its reasons do not say “监事”",
        ),
        (
            '{not: [{measure: "9", against: jia}]}',
            "unwanted",
            "不应有而作出：第9项“依法禁止参加政府采购活动”、对虚构甲公司（jia）；实际：财政部",
            "decided but must not be: measure 9",
        ),
        (
            '{untouched: [{measure: "9", against: jia}]}',
            "touched",
            "不应涉及：虚构甲公司（jia），第9项“依法禁止参加政府采购活动”；实际：财政部",
            "must not be touched: 虚构甲公司 (jia), by measure 9",
        ),
        (
            "{untouched: [{against: yi}]}",
            "touched",
            "不应涉及：乙**（yi），任何措施；实际：待定",
            "must not be touched: 乙** (yi), by any measure; got open – measure",
        ),
        (
            '{actions: [{measure: "9", against: jia}], nothing_else: true}',
            "unexpected",
            "未期望而作出：国家税务总局 · 国家税务总局丹东市税务局对虚构甲公司（jia）：列为重点监管",
            "decided but not expected: State Taxation Administration · 国家税务总局丹东市税务局 against",
        ),
        (
            '{why_not: [{measure: "9", against: jia, because: [监事]}]}',
            "taken",
            "不应作出：第9项“依法禁止参加政府采购活动”、对虚构甲公司（jia）；实际：财政部",
            "expected not to be taken: measure 9",
        ),
        (
            '{why_not: [{measure: "2", against: jia, unit: 公安部, because: [natural, 监事]}]}',
            "reason",
            "未作出，但理由不同：公安部、第2项“阻止出境”、对虚构甲公司（jia）；理由中没有“监事”",
            "not taken, but for another reason: Ministry of Public Security, measure 2",
        ),
        (
            '{undetermined: [{measure: "9", against: yi, asks: [finding.responsible]}]}',
            "open",
            "应为待定：第9项“依法禁止参加政府采购活动”，对乙**（yi），须问 finding.responsible；实际：待定",
            "expected to be open: measure 9",
        ),
        (
            '{undetermined: [{measure: "2", against: jia}]}',
            "open",
            "；实际：该措施对其没有待定之处",
            "; got nothing open there",
        ),
        (
            '{set_aside: [{measure: "9", reason: recalled}]}',
            "set_aside",
            "应为不适用：第9项“依法禁止参加政府采购活动”（凭记忆）；实际：该措施未被搁置",
            "expected to be set aside: measure 9",
        ),
        (
            "{records: [{file_of: jia, listing: L1, sharing_stopped: 2026-04-01}]}",
            "record",
            "虚构甲公司（jia）的信用档案中应有 L1 的记录（停止共享：2026-04-01）；实际：有记录，停止共享：无",
            "(sharing stopped: 2026-04-01); got a record, sharing stopped: none",
        ),
        (
            "{no_records: [{file_of: jia}]}",
            "record",
            "虚构甲公司（jia）的信用档案中不应有记录：L1（",
            "must not be in the file of 虚构甲公司 (jia): L1 (",
        ),
        (
            "{status: {L1: repaired}}",
            "status",
            "列入 L1 应为“已修复”，实为“生效中”",
            "expected listing L1 to be repaired; it is active",
        ),
    ],
)
def test_a_wrong_expectation_fails_and_says_what_was_decided_instead(
    tmp_path: Path, expect: str, kind: str, zh: str, en: str
) -> None:
    """The difference names what was expected and what was decided, in both languages and its place."""
    outcome = decided(tmp_path, expect)

    assert not outcome.passed
    told = [d for d in outcome.differences if d.kind == kind]
    assert any(zh in d.text("zh") and en in str(d) for d in told), outcome.differences
    assert {d.span.line for d in told} == {13}
    assert all(d.span.file.endswith("one.examples.yaml") and d.span.column > 12 for d in told)
    assert {str(d.on) for d in told} == {"2018-12-20"}


def test_a_difference_tells_the_reasons_of_what_was_decided(tmp_path: Path) -> None:
    """What is missing comes with the condition that fails, what is unwanted with what carries it."""
    missing = decided(tmp_path, '{actions: [{measure: "2", against: jia, unit: 公安部}]}').differences[0]
    unwanted = decided(tmp_path, '{not: [{measure: "9", against: jia}]}').differences[0]

    assert (
        missing.why[0].en
        == "What kind of subject is the target? must be: is one of natural person; it is: enterprise"
    )
    assert any(reason.zh == "责任范围：企业——当事人本人" for reason in unwanted.why)


def test_the_place_of_a_difference_is_that_of_its_entry(tmp_path: Path) -> None:
    """A reason that is not given is told at `because`, a status at the listing."""
    outcome = decided(
        tmp_path,
        """
      status: {L1: repaired}
      actions:
        - {measure: "9", against: jia, because: [监事]}""",
    )

    assert [(d.kind, d.span.line, d.span.column) for d in outcome.differences] == [
        ("status", 14, 20),
        ("reason", 16, 49),
    ]


@pytest.mark.parametrize(
    ("expect", "column", "en", "zh", "near"),
    [
        ("{actions: [{unit: 财证部, against: jia}]}", 31, "unit `财证部`", "实施单位 `财证部`", "财政部"),
        ('{not: [{measure: "99", against: jia}]}', 30, "measure `99`", "措施 `99`", "9"),
        (
            '{not: [{measure: "patent#二.1", against: jia}]}',
            30,
            "measure `patent#二.1`",
            "措施",
            "patents#二.1",
        ),
        ("{untouched: [{against: jja}]}", 36, "subject `jja`", "主体 `jja`", "jia"),
        ("{status: {L2: active}}", 27, "listing `L2`", "列入 `L2`", "L1"),
        ("{status: {L1: actve}}", 27, "status of a listing `actve`", "列入状态", "active"),
        ("{no_duties: [{duty: s1-counselling}]}", 33, "duty `s1-counselling`", "职责", "s12-counselling"),
        ("{no_ways_out: [{way: notice-2017}]}", 34, "way out `notice-2017`", "修复途径", "notice-2018"),
        ("{actions: [{against: jia, effect: prohibt}]}", 47, "effect `prohibt`", "措施类型", "prohibit"),
    ],
)
def test_an_expectation_about_what_does_not_exist_is_a_finding(
    tmp_path: Path, expect: str, column: int, en: str, zh: str, near: str
) -> None:
    """It would protect nothing, so it is told with its place and the nearest name."""
    with pytest.raises(FactsError) as error:
        decided(tmp_path, expect)

    (finding,) = error.value.findings
    assert (finding.code, finding.span.line, finding.span.column) == ("CR464", 13, column)
    assert en in finding.what()
    assert zh in finding.what("zh")
    assert f"did you mean `{near}`?" in finding.fix()
    assert "expect:" in finding.excerpt


def test_a_word_that_an_expectation_does_not_know_is_a_finding(tmp_path: Path) -> None:
    """A misspelt key would make a case that protects nothing, so it is refused with its place."""
    with pytest.raises(FactsError) as error:
        decided(tmp_path, '{action: [{measure: "9", against: jia}]}')

    (finding,) = error.value.findings
    assert finding.code == "CR461"
    assert finding.words["place"] == "cases[0].expect.action"
    assert (finding.span.line, finding.span.column) == (13, 14)
    assert finding.fix().startswith("did you mean `actions`? ")
