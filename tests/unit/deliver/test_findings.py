"""Findings for people, for editors and for programs."""

from __future__ import annotations

import json

import pytest

from creditrules import errors
from creditrules.deliver import findings
from creditrules.deliver.plain import width
from creditrules.errors import FactsError, Finding, Span

PAGE = {
    "title": {"en": "unknown effect", "zh": "未知的措施类型"},
    "what": {"en": "unknown effect `{given}`", "zh": "未知的措施类型 `{given}`"},
    "why": {"en": "the vocabulary is closed", "zh": "词表是封闭的"},
    "fix": {"en": "use another", "zh": "请改用其他词"},
}
LINE = "  - {n: 1, heading: 强化税务管理, effect: heighten_supervison}"
START = LINE.index("heighten")
FOUND = Finding(
    "CR104", Span("tax.yaml", 5, START + 1, len(LINE)), {"given": "heighten_supervison"}, excerpt=LINE
)


@pytest.fixture(autouse=True)
def _texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "finding_texts", lambda: {"CR104": PAGE})


def test_a_finding_shows_place_what_source_why_and_fix() -> None:
    """The whole form is the one of the style guide."""
    carets = " " * width(LINE[:START]) + "^" * len("heighten_supervison")

    assert findings.for_people([FOUND]).split("\n") == [
        "tax.yaml:5:37: CR104 unknown effect `heighten_supervison`",
        "  |",
        f"5 | {LINE}",
        f"  | {carets}",
        "  why: the vocabulary is closed",
        "  fix: use another",
    ]


@pytest.mark.parametrize("head", ["", "税", "税务a", "\t", "e\u0301"])
def test_carets_stand_below_the_word_in_cells(head: str) -> None:
    """Each Chinese character before the word moves the carets by two cells."""
    word = "错误x"
    line = f"{head}{word} tail"
    finding = Finding("CR104", Span("f", 12, len(head) + 1, len(head + word) + 1), excerpt=line)
    _, _, source, carets, *_ = findings.for_people([finding]).split("\n")

    before = width(source[: source.index(word)])
    assert carets == "   |".ljust(before) + "^" * 5


def test_a_place_outside_its_line_still_has_a_caret() -> None:
    """A finding about something missing at the end of a line points there."""
    finding = Finding("CR104", Span("f", 1, 99, 99), excerpt="短")

    assert findings.for_people([finding]).split("\n")[3] == "  |   ^"


def test_no_source_no_excerpt() -> None:
    """Without a source line there are no carets."""
    assert "^" not in findings.for_people([Finding("CR104", Span("f"))])


def test_a_citizen_number_is_hidden_in_source_and_words() -> None:
    """A number in a dossier is not carried into a terminal or a log."""
    number = "21060219900101123X"
    finding = Finding("CR104", Span(f"{number}.yaml", 1, 6, 24), {"given": number}, excerpt=f"id: [{number}]")
    for text in (
        findings.for_people([finding]),
        findings.for_editors([finding]),
        findings.to_json([finding]),
    ):
        assert number not in text
        assert "210602********123X" in text


def test_editors_get_one_line_a_finding() -> None:
    """`file:line:column: CODE what`, in either language."""
    assert (
        findings.for_editors([FOUND, FOUND], "zh").split("\n")
        == ["tax.yaml:5:37: CR104 未知的措施类型 `heighten_supervison`"] * 2
    )


def test_programs_get_both_languages() -> None:
    """The JSON form holds place, severity and every text in both languages."""
    data = json.loads(findings.to_json([FOUND]))

    assert data["schema"] == "creditrules/findings/1"
    assert data["findings"] == [
        {
            "code": "CR104",
            "severity": "error",
            "file": "tax.yaml",
            "line": 5,
            "column": 37,
            "end_column": len(LINE),
            "what": {
                "zh": "未知的措施类型 `heighten_supervison`",
                "en": "unknown effect `heighten_supervison`",
            },
            "why": {"zh": "词表是封闭的", "en": "the vocabulary is closed"},
            "fix": {"zh": "请改用其他词", "en": "use another"},
            "excerpt": LINE,
            "related": [],
        }
    ]


def test_a_lesser_severity_is_named_and_related_places_are_listed() -> None:
    """Notes and warnings say that they are; errors go without saying."""
    finding = Finding("CR104", Span("f"), severity="warning", related=(Span("g", 3, 2),))

    assert "CR104 [警告]" in findings.for_people([finding], "zh")
    assert "see: g:3:2" in findings.for_people([finding])


def test_what_an_excerpt_holds_does_not_steer_the_terminal() -> None:
    """An escape in a document is not passed on."""
    finding = Finding("CR104", Span("f", 1, 1, 2), {"given": "\x1b[2J"}, excerpt="\x1b[31mx")

    assert "\x1b" not in findings.for_people([finding])


def test_a_long_line_is_cut_around_the_place() -> None:
    """A dossier written on one line of JSON does not fill the screen."""
    line = "x" * 5000 + "错" + "y" * 5000
    finding = Finding("CR104", Span("f", 1, 5001, 5002), excerpt=line)
    source, carets = findings.for_people([finding]).split("\n")[2:4]

    assert width(source) < 110
    assert width(source[: source.index("错")]) == carets.index("^")


def test_findings_are_counted() -> None:
    """The summary counts by severity, in words."""
    note = Finding("CR104", Span("f"), severity="note")

    assert findings.summary([FOUND, note, note]) == "1 error, 2 notes"
    assert findings.summary([], "zh") == "没有问题"


def test_a_finding_in_a_spreadsheet_names_sheet_and_cell():
    """A place in a spreadsheet is told as sheet and cell, and the carets mark what stands in the cell."""
    finding = Finding("CR104", Span("a.xlsx", 7, 3, 4, "案例!C7"), {"given": "x"}, excerpt="不存在的单位")

    assert findings.for_editors([finding]).startswith("a.xlsx:案例!C7: CR104 ")
    shown = findings.for_people([finding]).splitlines()
    assert shown[2] == "C7 | 不存在的单位"
    assert shown[3] == "   | " + "^" * 12
    assert findings.to_data([finding])[0]["cell"] == "案例!C7"


def test_findings_of_one_sheet_stand_together():
    """Findings are sorted by file, sheet and row, so that one sheet is read after the other."""
    spans = [Span("a.xlsx", row, 1, 2, f"{sheet}!A{row}") for sheet in ("乙", "甲") for row in (10, 2)]
    error = FactsError([Finding("CR450", span) for span in spans])

    assert [f.span.cell for f in error.findings] == ["乙!A2", "乙!A10", "甲!A2", "甲!A10"]
