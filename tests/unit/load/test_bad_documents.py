"""Broken documents: `tests/bad/catalogue/` says on each line what is found there, and that is all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from creditrules.errors import Finding
from tests.support.loading import HEAD, MEASURE, found_in, underlined

BAD = Path(__file__).parents[2] / "bad" / "catalogue"
FILES = sorted(BAD.glob("*.yaml"))
_NOTE = re.compile(r" # (?=CR[0-9]{3} )(.*)$")


def _name(path: Path) -> str:
    return f"rules/{path.name}" if path.stem == "rules" else f"memoranda/{path.name}"


def _expected(text: str) -> list[tuple[int, str, str]]:
    """Read the notes at the ends of lines: codes, each with the text it underlines."""
    expected = []
    for number, line in enumerate(text.splitlines(), 1):
        note = _NOTE.search(line)
        for part in re.split(r"(?=CR[0-9]{3} )", note[1]) if note else ():
            if part:
                code, _, marked = part.strip().partition(" ")
                expected.append((number, code, marked))
    return sorted(expected)


def _errors(path: Path) -> list[Finding]:
    return [f for f in found_in(path.read_text("utf-8"), _name(path)) if f.severity == "error"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_mistake_is_found_at_its_place_and_nothing_else_is(path: Path) -> None:
    """All findings of a step are reported at once, each underlining the text that is wrong."""
    found = sorted((f.span.line, f.code, underlined(f)) for f in _errors(path))

    assert found == _expected(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_finding_says_what_why_and_what_next(path: Path, lang: str) -> None:
    """No text is empty and no place in it is left unfilled."""
    for finding in _errors(path):
        for text in (finding.what(lang), finding.why(lang), finding.fix(lang)):
            assert text
            assert not re.search(r"\{(?!zh|earliest|years|tax)[a-z_]+\}", text), (finding.code, text)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("effect: prohibbit", "prohibit"),
        ("matters: [goverment_procurement]", "government_procurement"),
        ("when: {tax.arears: {more_than: 1}}", "tax.arrears"),
        ("kind: exit_stopp", "exit_stop"),
        ("discretion: myst", "must"),
        ("discretion: 应但", "应当"),
        ("dicretion: must", "discretion"),
        ("units: [公安步]", "公安部"),
        ("when: {tax.grade: seriuos}", "serious"),
        ("when: {tax.cases: {atleast: 1}}", "at_least"),
        ("duration: {form: tax.closed, days: 3}", "from"),
        ("lists: [税务黑名]", "税务黑名单"),
        ("covers: {enterprize: [self]}", "enterprise"),
        ("covers: {enterprise: [{role: legal_representative, hold: conduct}]}", "held"),
    ],
)
def test_the_fix_names_what_was_probably_meant(wrong: str, meant: str) -> None:
    """A near miss comes with the name that is near, in both languages."""
    key = wrong.split(":")[0]
    kept = "".join(line + "\n" for line in MEASURE.splitlines() if not line.strip().startswith(f"{key}:"))

    (finding,) = found_in(HEAD + kept + f"    {wrong}\n")

    assert f"did you mean `{meant}`?" in finding.fix("en")
    assert f"是不是 `{meant}`？" in finding.fix("zh")


def test_the_fix_of_a_missing_key_names_the_key() -> None:
    """What is missing is said, and where."""
    (finding,) = found_in((HEAD + MEASURE).replace("doc_no: 虚构〔2018〕1号\n", ""))

    assert (finding.code, underlined(finding)) == ("CR121", "memorandum")
    assert "`doc_no: …`" in finding.fix("en")


def test_the_steps_of_a_file_that_is_not_yaml_are_in_words() -> None:
    """libyaml's message is translated into what is wrong and what to do."""
    (finding,) = found_in((HEAD + MEASURE).replace("title: 虚构备忘录", "title: 备忘录: 虚构"))

    assert (finding.code, finding.span.line, underlined(finding)) == ("CR101", 3, ":")
    assert finding.what("en") == "a colon stands where no key can be"
    assert "in quotes" in finding.fix("en")
    assert "加引号" in finding.fix("zh")


def test_two_memoranda_of_one_key_name_both_places() -> None:
    """A key that is taken is reported where it is taken again, with the place where it was first."""
    found = found_in((HEAD + MEASURE).replace("memorandum: other", "memorandum: tax"))

    (finding,) = [f for f in found if f.code == "CR209"]
    assert underlined(finding) == "tax"
    assert [(span.file, span.line) for span in finding.related] == [("memoranda/tax.yaml", 1)]
    assert "memoranda/tax.yaml:1:13" in finding.what("zh")


def test_a_document_number_is_one_whatever_its_brackets() -> None:
    """〔2016〕 and [2016] are the same year of the same number."""
    text = (HEAD + MEASURE).replace("虚构〔2018〕1号", "发改财金[2016]2798 号")

    (finding,) = found_in(text)

    assert (finding.code, underlined(finding)) == ("CR210", "发改财金[2016]2798 号")


def test_a_circle_of_memoranda_is_told_step_by_step() -> None:
    """The chain of a cyclic supersession names every memorandum in it."""
    text = (HEAD + MEASURE).replace("lists:", "supersedes: [虚构〔2018〕1号]\nlists:")

    (finding,) = found_in(text)

    assert (finding.code, underlined(finding)) == ("CR203", "虚构〔2018〕1号")
    assert finding.what("en").endswith("other → other")


def test_a_law_not_in_the_index_is_a_note_and_the_rest_loads() -> None:
    """What cannot be checked is said and does not forbid use."""
    found = found_in(
        HEAD + MEASURE + "    basis: [{law: 虚构条例, article: 3}, {law: 虚构条例, article: 4}]\n"
    )

    assert [(f.code, f.severity, underlined(f)) for f in found] == [("CR216", "note", "虚构条例")]


def test_a_superseded_document_that_is_not_there_is_a_note() -> None:
    """An older document outside the catalogue is no mistake."""
    found = found_in((HEAD + MEASURE).replace("lists:", "supersedes: [虚构〔2014〕9号]\nlists:"))

    assert [(f.code, f.severity, underlined(f)) for f in found] == [("CR215", "note", "虚构〔2014〕9号")]
