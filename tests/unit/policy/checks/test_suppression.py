"""What a document lets stand: where it says so, for what, and why; and when nothing is there."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.errors import CatalogueError, Finding, Span
from creditrules.model.suppression import Suppression
from creditrules.model.text import Text
from creditrules.policy.checks.run import check_catalogue
from tests.support.checking import WHOLE, checked, documents
from tests.support.loading import load_with

REASON = "reason: {zh: 文件原文即未引用, en: the document itself cites nothing}"
BARE = "does: {zh: 不予批准, en: refuse}, effect: prohibit, matters: [exit], units: [公安部]"
TWO = f"measures: [{{n: 1, {BARE}}}, {{n: 2, {BARE}, when: {{tax.cases: 1}}}}]\n"


def codes(text: str, code: str = "CR301") -> list[str]:
    """Return what is still told under a code, as the measures it is about."""
    return [f.words.get("measure", f.words.get("code", "")) for f in checked(text).findings if f.code == code]


@pytest.mark.parametrize(
    ("suppress", "left"),
    [
        ("", ["other#1", "other#2"]),
        (f"- {{code: CR301, {REASON}}}", []),
        (f"- {{code: CR301, measure: '1', {REASON}}}", ["other#2"]),
        (f"- {{code: CR301, measure: 1, {REASON}}}", ["other#2"]),
        (f"- {{code: CR301, measure: [1, 'other#2'], {REASON}}}", []),
        (f"- {{code: CR302, {REASON}}}", ["other#1", "other#2"]),
        ("- {code: CR301}", ["other#1", "other#2"]),
        ("- {代码: CR301, 所涉措施: [1], 理由: {zh: 原文即未引用, en: nothing is cited}}", ["other#2"]),
    ],
)
def test_a_finding_is_let_stand_where_a_reason_is_stated(suppress: str, left: list[str]) -> None:
    """For the whole document, or for the measures it names; without a reason for none."""
    text = TWO + (f"suppress:\n  {suppress}\n" if suppress else "")

    assert codes(text) == left


def test_one_document_does_not_speak_for_another() -> None:
    """What a memorandum lets stand is let stand in its own file."""
    files = {
        "memoranda/one.yaml": "\n".join((*(WHOLE[k] for k in ("memorandum", *list(WHOLE)[1:6])), TWO)),
        "memoranda/two.yaml": "\n".join(
            (
                *(WHOLE[k] for k in list(WHOLE)[2:6]),
                TWO + f"suppress: [{{code: CR301, {REASON}}}]\n",
            )
        ),
    }
    files["memoranda/two.yaml"] = "memorandum: two\ndoc_no: 虚构〔2018〕2号\n" + files["memoranda/two.yaml"]
    found = check_catalogue(load_with(files), select={"CR301"}).findings

    assert {f.span.file for f in found} == {"memoranda/one.yaml"}


def test_a_manifest_speaks_for_the_whole_folder() -> None:
    """What `catalogue.yaml` lets stand is let stand in every file beside it."""
    manifest = "catalogue: small\nversion: '1'\ntitle: {zh: 试验, en: Test}\n"
    manifest += f"suppress: [{{code: CR301, {REASON}}}]\n"
    catalogue = load_with({**documents(TWO), "catalogue.yaml": manifest})

    assert check_catalogue(catalogue, select={"CR301"}).findings == ()


def test_the_folder_of_a_manifest_ends_where_the_next_begins() -> None:
    """Two catalogues that are stacked do not speak for each other."""
    lower = Suppression("CR301", Text("因", "why"), "/a/")

    assert lower.covers(Finding("CR301", Span("/a/memoranda/x.yaml")))
    assert not lower.covers(Finding("CR301", Span("/ab/memoranda/x.yaml")))
    assert not lower.covers(Finding("CR302", Span("/a/memoranda/x.yaml")))


def test_entries_of_rules_are_named_by_their_keys() -> None:
    """`about` names a list, a fact, a unit, a parameter."""
    facts = (
        "facts:\n  x.a: {about: subject, type: boolean, ask: {zh: 甲？, en: A?}}\n"
        "  x.b: {about: subject, type: boolean, ask: {zh: 乙？, en: B?}}\n"
    )
    found = checked(facts, select={"CR312"}).findings
    text = facts + f"suppress: [{{code: CR312, about: x.a, {REASON}}}]\n"
    catalogue = load_with({"rules/more.yaml": text})
    left = [f for f in check_catalogue(catalogue, select={"CR312"}).findings if f.words["about"][0] == "x"]

    assert {f.words["about"] for f in found} >= {"x.a", "x.b"}
    assert [f.words["about"] for f in left] == ["x.b"]


@pytest.mark.parametrize(
    ("suppress", "found"),
    [
        (f"{{code: CR301, {REASON}}}", []),
        (f"{{code: CR301, measure: [1, 2], {REASON}}}", []),
        (f"{{code: CR301, measure: [1, 3], {REASON}}}", [" for `3`"]),
        (f"{{code: CR319, {REASON}}}", [""]),
        (f"{{code: CR101, {REASON}}}", [""]),
        (f"{{code: CR316, {REASON}}}", []),
    ],
)
def test_what_lets_nothing_stand_is_told_once_it_is_known(suppress: str, found: list[str]) -> None:
    """Each entry it names must be found; a check that did not run says nothing of what it would find."""
    text = f"{TWO}suppress: [{suppress}]\n"

    assert [f.words["about_en"] for f in checked(text).findings if f.code == "CR342"] == found


def test_on_another_day_nobody_is_told_that_nothing_is_there() -> None:
    """A document is written for the law of today; what the law of another day would say is no mistake."""
    text = f"{TWO}suppress: [{{code: CR305, {REASON}}}]\n"
    today, then = checked(text), checked(text, on=date(2018, 3, 1))

    assert [f.code for f in today.findings if f.code == "CR342"] == ["CR342"]
    assert [f.code for f in then.findings if f.code == "CR342"] == []


def test_only_what_was_asked_for_is_answered() -> None:
    """A suppression of a code that was not asked for is not called idle."""
    text = f"{TWO}suppress: [{{code: CR319, {REASON}}}]\n"

    assert [f.code for f in checked(text, select={"CR342"}).findings] == []
    assert [f.code for f in checked(text, select={"CR342", "CR319"}).findings] == ["CR342"]
    assert [f.code for f in checked(text, ignore={"CR342"}).findings if f.code == "CR342"] == []


def test_what_loading_notes_can_be_let_stand_too() -> None:
    """A law outside the index is a note of loading; a reason lets it stand."""
    law = "basis: [{law: 虚构条例, article: 3}]"
    text = f"measures: [{{n: 1, {BARE}, {law}}}]\n"
    told = [f.code for f in checked(text).findings if f.span.file.startswith("memoranda/other")]
    left = checked(text + f"suppress: [{{code: CR216, {REASON}}}]\n")

    assert "CR216" in told
    assert "CR216" not in [f.code for f in left.findings if f.span.file.startswith("memoranda/other")]
    assert [s.code for _, s in left.let_stand] == ["CR216"]


@pytest.mark.parametrize(
    ("suppress", "code"),
    [
        ("[{reason: 理由}]", "CR121"),
        ("[{code: CR301, reasons: 理由}]", "CR120"),
        ("[CR301]", "CR122"),
        ("CR301", "CR122"),
        ("[{code: CR301, reason: ''}]", "CR125"),
        ("[{code: CR301, measure: {a: b}}]", "CR122"),
    ],
)
def test_a_suppression_that_cannot_be_read_is_an_error_of_the_document(suppress: str, code: str) -> None:
    """Bad input has a place and a code, like everywhere in a document."""
    with pytest.raises(CatalogueError) as caught:
        checked(f"{TWO}suppress: {suppress}\n")

    assert {finding.code for finding in caught.value.findings} == {code}


def test_what_is_let_stand_comes_with_its_reason() -> None:
    """Whoever asks is shown each finding and why it stands."""
    found = checked(f"{TWO}suppress: [{{code: CR301, {REASON}}}]\n")

    assert [(f.words["measure"], s.reason.en) for f, s in found.let_stand] == [
        ("other#1", "the document itself cites nothing"),
        ("other#2", "the document itself cites nothing"),
    ]
