"""The format of examples: a day or a timeline, a dossier in place or by path; what is wrong has its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from creditrules.errors import FactsError, Finding
from creditrules.load.example_docs import ExampleFile, read_examples
from creditrules.policy.examples import Example, find_examples, run
from tests.support.examples import shipped

BASE = """\
主体:
  - 编号: jia
    主体类型: enterprise
    名称: 虚构甲公司
    行政区划: "210602"
    列入:
      - {编号: L1, 名单: tax-major-violations, 认定日期: 2018-06-01, 送达日期: 2018-06-05, 归集日期: 2018-06-20, 截止日期: 2028-06-20,
         责任认定: [{人员: yi, 认定为: 直接责任}, {人员: bing, 认定为: 直接责任}]}
  - {编号: yi, 主体类型: natural_person, 姓名: 乙虚构, 任职: [{任职单位: jia, 职务: legal_representative, 自: 2010-01-01}]}
  - {编号: bing, 主体类型: natural_person, 姓名: 丙虚构, 任职: [{任职单位: jia, 职务: financial_officer, 自: 2010-01-01}]}
"""  # noqa: E501
HEAD = "examples: tax-major-violations\ngiven: base.yaml\ncases:\n"


def of(tmp_path: Path, cases: str, *, base: str = BASE, head: str = HEAD) -> list[Example]:
    """Return the cases of a file whose dossier lies beside it."""
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "one.examples.yaml").write_text(head + cases, encoding="utf-8")
    return list(find_examples(tmp_path))


def findings(tmp_path: Path, cases: str, *, base: str = BASE, head: str = HEAD) -> tuple[Finding, ...]:
    """Return what is found wrong with a file when it is read, or when its cases are run."""
    try:
        for example in of(tmp_path, cases, base=base, head=head):
            run(example, shipped())
    except FactsError as error:
        return error.findings
    return ()


def subjects(example: Example) -> list[str]:
    """Return the ids of the subjects of a case."""
    return [subject["id"] for subject in example.given["subjects"]]


def test_a_dossier_by_path_is_read_from_the_folder_of_the_file(tmp_path: Path) -> None:
    """Whatever language its keys are in, changes are laid over it by theirs."""
    (example,) = of(
        tmp_path,
        """\
  - name: a
    on: 2018-12-20
    change: {subjects: [{id: jia, region: '210681'}]}
    expect: {status: {L1: active}}
""",
    )

    assert subjects(example) == ["jia", "yi", "bing"]
    assert example.given["subjects"][0]["region"] == "210681"
    assert run(example, shipped()).passed


def test_only_keeps_some_subjects_with_what_is_said_of_them_alone(tmp_path: Path) -> None:
    """Roles in, findings about and events of somebody who is left out go with him."""
    (example,) = of(
        tmp_path, "  - {name: a, on: 2018-12-20, only: [jia, yi], expect: {status: {L1: active}}}"
    )

    assert subjects(example) == ["jia", "yi"]
    (listing,) = example.given["subjects"][0]["listings"]
    assert [finding["person"] for finding in listing["findings"]] == ["yi"]
    assert run(example, shipped()).passed


def test_a_role_holder_may_be_kept_without_the_organisation(tmp_path: Path) -> None:
    """A dossier of his own remains, in which he holds no role."""
    (example,) = of(tmp_path, "  - {name: a, on: 2018-12-20, only: [yi], expect: {nothing_else: true}}")

    assert example.given["subjects"][0]["roles"] == []
    assert run(example, shipped()).passed


TIMELINE = """\
  - name: from listing to repair
    only: [jia]
    timeline:
      - {on: 2018-06-19, note: before, expect: {status: {L1: served}, untouched: [{against: jia}]}}
      - {on: 2018-06-20, expect: {status: {L1: active}}}
      - on: 2019-03-05
        change:
          subjects: [{id: jia, listings: [{id: L1, objections: [{filed: 2019-03-04, suspends: true}]}]}]
        expect: {status: {L1: suspended}}
      - on: 2019-03-06
        expect: {status: {L1: STATUS}}
"""


def test_the_changes_of_a_timeline_add_up(tmp_path: Path) -> None:
    """What a step changes still holds on the days after it."""
    (example,) = of(tmp_path, TIMELINE.replace("STATUS", "suspended"))

    outcome = run(example, shipped())

    assert [str(step.on) for step in example.steps] == [
        "2018-06-19",
        "2018-06-20",
        "2019-03-05",
        "2019-03-06",
    ]
    assert example.steps[0].note == "before"
    assert outcome.differences == ()
    assert [decision.on for decision in outcome.decisions] == [step.on for step in example.steps]


def test_a_difference_of_a_timeline_tells_the_day_and_the_place(tmp_path: Path) -> None:
    """Only the step that differs is told, at its own expectation."""
    (example,) = of(tmp_path, TIMELINE.replace("STATUS", "active"))

    (difference,) = run(example, shipped()).differences

    assert difference.on == date(2019, 3, 6)
    assert difference.span.line == 14
    assert difference.text("zh") == "列入 L1 应为“生效中”，实为“异议期间暂停”"


def test_a_timeline_may_look_back_at_a_day_with_later_knowledge(tmp_path: Path) -> None:
    """Steps are in the order of what is known, which may be of an earlier day."""
    (example,) = of(
        tmp_path,
        """\
  - name: a
    only: [jia]
    timeline:
      - {on: 2018-12-20, expect: {status: {L1: active}}}
      - {on: 2018-12-01, known: 2018-12-21, expect: {status: {L1: active}}}
""",
    )

    assert run(example, shipped()).passed


def test_a_finding_about_a_dossier_stands_where_the_entry_is_written(tmp_path: Path) -> None:
    """What a change says wrongly is told in the change, what the base says wrongly in the base."""
    in_change = findings(
        tmp_path,
        """\
  - name: a
    on: 2018-12-20
    change:
      subjects:
        - id: jia
          listings: [{id: L1, list: tax-mayor-violations}]
    expect: {}
""",
    )
    in_base = findings(
        tmp_path,
        "  - {name: a, on: 2018-12-20, expect: {}}",
        base=BASE.replace("名单: tax-major-violations", "名单: tax-mayor-violations"),
    )

    (one,), (other,) = in_change, in_base
    assert (one.code, other.code) == ("CR419", "CR419")
    assert (Path(one.span.file).name, one.span.line) == ("one.examples.yaml", 9)
    assert (Path(other.span.file).name, other.span.line) == ("base.yaml", 7)
    assert "tax-mayor" in one.excerpt
    assert "tax-mayor" in other.excerpt


CASE = "examples: a\ncases:\n  - {name: x, on: 2018-12-20, expect: {}}\n"


def found(text: str) -> tuple[Finding, ...]:
    """Return the findings of a file."""
    with pytest.raises(FactsError) as error:
        read_examples(text, "x.yaml")
    return error.value.findings


@pytest.mark.parametrize(
    ("text", "code", "place", "en", "zh"),
    [
        ("examples: a\ncases: []", "CR450", (2, 8), "at least one entry is expected", "至少要有一项"),
        ("[]", "CR450", (1, 1), "a mapping of keys and values is expected", "应为由键和值组成的映射"),
        (CASE.replace("name: x, ", ""), "CR450", (3, 5), "`name` is missing", "缺少 `name`"),
        (CASE.replace("2018-12-20", "2018/12/20"), "CR450", (3, 19), "a day such as 2018-12-20", "应为日期"),
        (CASE.replace("2018-12-20", "20181220"), "CR450", (3, 19), "not 20181220", "而不是 20181220"),
        (CASE.replace("{}}", "{nothing_else: maybe}}"), "CR450", (3, 54), "true or false", "true 或者 false"),
        (CASE.replace("name: x", "name: 3"), "CR450", (3, 12), "put a number in quotes", "数字加引号"),
        (CASE.replace("expect:", "given: 3, expect:"), "CR450", (3, 38), "a dossier is expected", "应为卷宗"),
        (CASE.replace("expect:", "only: x, expect:"), "CR450", (3, 37), "a list is expected", "应为列表"),
        (
            CASE.replace("{}}", "{duties: [{duty: s1, state: late}]}}"),
            "CR450",
            (3, 67),
            "one of pending, due, overdue, done, excused, open is expected, not late",
            "pending, due, overdue, done, excused, open 之一",
        ),
        (CASE.replace("{}}", "{action: []}}"), "CR461", (3, 40), "unknown key `action`", "`action` 这个键"),
        (CASE.replace("on:", "no:"), "CR461", (3, 15), "unknown key `no`", "`no` 这个键"),
        (
            CASE.replace(", expect: {}", ""),
            "CR462",
            (3, 12),
            "`on` and `expect`, or a `timeline`",
            "二者择一",
        ),
        (
            CASE.replace("expect", "timeline: [{on: 2018-12-20, expect: {}}], expect"),
            "CR462",
            (3, 12),
            "one of the two",
            "二者择一",
        ),
        (
            "examples: a\ncases:\n"
            "  - {name: x, timeline: [{on: 2019-01-02, expect: {}}, {on: 2019-01-01, expect: {}}]}",
            "CR463",
            (3, 61),
            "a step of 2019-01-01 follows one of 2019-01-02",
            "2019-01-02 之后的一步却在 2019-01-01",
        ),
        (CASE + CASE.splitlines()[2], "CR467", (4, 12), "`x` is the name of a case before it", "名为 `x`"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    text: str, code: str, place: tuple[int, int], en: str, zh: str
) -> None:
    """A file that is read wrongly would protect nothing."""
    finding = found(text)[0]

    assert (finding.code, finding.span.line, finding.span.column) == (code, *place)
    assert en in finding.what()
    assert zh in finding.what("zh")


def test_the_nearest_key_is_named() -> None:
    """Of those that may stand there."""
    (finding,) = found(CASE.replace("{}}", "{duties: [{duty: s1, stat: due}]}}"))

    assert finding.fix().startswith("did you mean `state`?")


@pytest.mark.parametrize(
    ("cases", "code", "line", "said"),
    [
        ("  - {name: a, on: 2018-12-20, only: [yii], expect: {}}", "CR465", 4, "`only` names `yii`"),
        ("  - {name: a, on: 2018-12-20, given: none.yaml, expect: {}}", "CR466", 4, "there is no such file"),
        ("  - {name: a, on: 2018-12-20, given: list.yaml, expect: {}}", "CR466", 4, "it holds no dossier"),
        ("  - {name: a, on: 2018-12-20, given: bad.yaml, expect: {}}", "CR101", 1, ""),
    ],
)
def test_a_base_that_is_not_there_is_a_finding(
    tmp_path: Path, cases: str, code: str, line: int, said: str
) -> None:
    """Neither a dossier nor a subject is made up."""
    (tmp_path / "list.yaml").write_text("[1]", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("subjects: [", encoding="utf-8")

    (finding,) = findings(tmp_path, cases)

    assert (finding.code, finding.span.line) == (code, line)
    assert said in finding.what()


def test_a_measure_may_be_written_as_a_number(tmp_path: Path) -> None:
    """Numbers of measures are numbers to whoever writes them."""
    (example,) = of(
        tmp_path, "  - {name: a, on: 2018-12-20, expect: {actions: [{measure: 9, against: jia}]}}"
    )

    assert example.steps[0].expect.actions[0].measure == "9"
    assert run(example, shipped()).passed


def spans(text: str) -> ExampleFile:
    """Read a file."""
    return read_examples(text, "x.yaml")


def test_every_entry_of_an_expectation_has_its_place() -> None:
    """What is not written has the place of what it would stand in."""
    file = spans(
        "examples: a\ngiven: {subjects: []}\ncases:\n  - name: x\n    on: 2018-12-20\n"
        "    expect:\n      actions:\n        - {against: b, unit: c}\n"
    )
    unit = file.spans(0, "expect", "actions", 0, "unit")

    assert (file.spans(0).line, file.spans(0).column) == (4, 11)
    assert (unit.line, unit.column) == (8, 30)
    assert file.spans(0, "expect", "actions", 0, "until").line == 8
    assert file.spans(0, "given", "subjects").line == 2
    assert file.lines(file.spans(0)) == "  - name: x"


CITED = """\
  - name: a
    on: 2018-12-20
    change:
      subjects:
        - {id: jia, facts: {tax.arrears_unsecured: true}, listings: [{id: L1, conduct: 2017-01-01}]}
    expect:
      actions: [{measure: 2, against: yi, unit: 税务总局, article: "ARTICLE", cites: [税收征收管理法]}]
"""


@pytest.mark.parametrize(
    ("article", "is_met"),
    [("第四十四条", True), ("第44条", True), ("44", True), ("第四十五条", False), ("第四条", False)],
)
def test_an_article_is_one_of_a_law_that_is_cited(tmp_path: Path, article: str, is_met: bool) -> None:
    """However its number is written; the law is named by `cites`."""
    (example,) = of(
        tmp_path,
        CITED.replace("ARTICLE", article),
    )

    assert run(example, shipped()).passed is is_met
