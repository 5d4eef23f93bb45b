"""Results as JUnit XML and as plain data: counts, places, and the words of each failure."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from creditrules.policy.gathering import gathered
from creditrules.policy.junit import to_junit
from creditrules.policy.results import RunResult
from creditrules.policy.results_data import result_data
from creditrules.policy.running import run_all
from tests.policy.test_examples import FILE
from tests.support.examples import shipped

CASES = """\
  - {name: another case, on: 2018-12-20, expect: {status: {L1: active}}}
  - {name: nobody, on: 2018-12-20, expect: {untouched: [{against: nobody}]}}
"""


@pytest.fixture
def result(tmp_path: Path) -> RunResult:
    """Return a run with a case of every sort, and a file that cannot be read."""
    (tmp_path / "a.examples.yaml").write_text(
        FILE.replace("EXPECT", '{not: [{measure: "9", against: jia}]}').replace("the case", "<case> & “co”")
        + CASES,
        encoding="utf-8",
    )
    (tmp_path / "b.examples.yaml").write_text("examples: x\n", encoding="utf-8")
    return run_all(gathered([tmp_path]), shipped(), engine="indexed", jobs=1)


def test_every_case_is_a_test_case_with_file_and_line(result: RunResult) -> None:
    """Build servers count them and link to the place."""
    root = xml.fromstring(to_junit(result))

    counts = {name: root.attrib[name] for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "4", "failures": "1", "errors": "2", "skipped": "0"}
    assert [suite.attrib["name"].rpartition("/")[2] for suite in root] == [
        "a.examples.yaml",
        "b.examples.yaml",
    ]
    first, second, third = root[0]
    assert first.attrib["name"] == "<case> & “co”"
    assert (first.attrib["line"], second.attrib["line"]) == ("11", "14")
    assert first.attrib["file"].endswith("a.examples.yaml")
    assert (len(first), len(second), len(third)) == (1, 0, 1)


def test_a_failure_tells_the_differences_and_their_reasons(result: RunResult) -> None:
    """The message is the first of them, the text all of them with their places."""
    failure = xml.fromstring(to_junit(result, "zh")).find(".//failure")

    assert failure is not None
    assert failure.attrib["message"].startswith("不应有而作出：第9项")
    assert "a.examples.yaml:13:20: 不应有而作出" in (failure.text or "")
    assert "    因为：责任范围：企业——当事人本人" in (failure.text or "")


def test_what_could_not_be_run_is_an_error(result: RunResult) -> None:
    """A case about nobody, and a file that cannot be read."""
    errors = xml.fromstring(to_junit(result)).findall(".//error")

    assert [error.attrib["message"] for error in errors] == [
        "there is no subject `nobody`",
        "`cases`: `cases` is missing",
    ]


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    """A name with such a character must not break the file."""
    path = tmp_path / "a.examples.yaml"
    path.write_text(FILE.replace("EXPECT", "{}").replace("the case", '"bell \\a"'), encoding="utf-8")
    made = run_all(gathered([path]), shipped(), engine="indexed", jobs=1)

    names = [case.attrib["name"] for case in xml.fromstring(to_junit(made)).iter("testcase")]

    assert made.files[0].findings or names == ["bell \ufffd"]


def test_results_are_plain_data_in_both_languages(result: RunResult) -> None:
    """For whoever reads them by machine."""
    data = json.loads(json.dumps(result_data(result)))

    assert (data["schema"], data["passed"], data["cases"], data["failed"]) == (
        "creditrules/test/1",
        False,
        3,
        2,
    )
    first, second, third = data["files"][0]["cases"]
    (difference,) = first["differences"]
    assert (difference["kind"], difference["line"], difference["on"]) == ("unwanted", 13, "2018-12-20")
    assert set(difference["text"]) == {"zh", "en"}
    assert difference["why"]
    assert second["passed"]
    assert third["findings"][0]["code"] == "CR464"
    assert data["files"][1]["findings"][0]["code"] == "CR450"
