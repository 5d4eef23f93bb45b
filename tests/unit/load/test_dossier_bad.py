"""Broken dossiers: `tests/bad/dossier/` says on each line which findings it has; there are no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from creditrules.errors import FactsError, Finding, finding_texts
from creditrules.load.dossier import read_dossier, read_dossier_text
from tests.support.catalogue import small_catalogue

BAD = Path(__file__).parents[2] / "bad" / "dossier"
CATALOGUE = small_catalogue()
PAGES = {code: page for code, page in finding_texts().items() if "CR400" <= code <= "CR449"}
# Their mistakes cannot be written in a YAML file.
NOT_YAML = {"CR401", "CR443", "CR444", "CR445"}
_NOTE = re.compile("# ((?:CR[0-9]{3} ?)+)$")


def findings_in(text: str, file: str = "dossier") -> tuple[Finding, ...]:
    """Return what is found in a dossier's text."""
    with pytest.raises(FactsError) as caught:
        read_dossier_text(text, CATALOGUE, file)
    return caught.value.findings


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_mistake_of_a_dossier_is_found_on_its_line_and_nothing_else(path: Path) -> None:
    """All findings are reported at once, each on the line that is wrong."""
    text = path.read_text("utf-8")
    notes = ((n, _NOTE.search(line)) for n, line in enumerate(text.splitlines(), 1))
    expected = sorted((n, code) for n, note in notes if note for code in note[1].split())

    found = sorted((finding.span.line, finding.code) for finding in findings_in(text))

    assert found == expected


@pytest.mark.parametrize("code", sorted(PAGES.keys() - NOT_YAML))
def test_the_wrong_example_of_a_page_has_its_finding(code: str) -> None:
    """What a page calls wrong is found under the page's code."""
    assert code in {finding.code for finding in findings_in(PAGES[code]["example"]["wrong"])}


@pytest.mark.parametrize("code", sorted(PAGES.keys() - NOT_YAML))
def test_the_right_example_of_a_page_is_a_dossier(code: str) -> None:
    """What a page calls right has no finding."""
    assert read_dossier_text(PAGES[code]["example"]["right"], CATALOGUE).subjects


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_texts_of_findings_leave_no_place_unfilled(path: Path, lang: str) -> None:
    """Every word a page asks for is given by the code that reports it."""
    for finding in findings_in(path.read_text("utf-8")):
        for text in (finding.what(lang), finding.why(lang), finding.fix(lang)):
            assert text
            assert not re.search(r"\{[a-z_]+\}", text), (finding.code, text)


def test_a_finding_points_at_the_value_that_is_wrong() -> None:
    """The span covers the value itself and the line is quoted."""
    text = (BAD / "days_out_of_order.yaml").read_text("utf-8")
    finding = next(f for f in findings_in(text) if f.words.get("step") == "served")

    line = text.splitlines()[finding.span.line - 1]

    assert line[finding.span.column - 1 : finding.span.end_column - 1] == "2018-05-01"
    assert finding.excerpt == line
    assert finding.related[0].line == finding.span.line - 1


def test_a_finding_about_a_key_points_at_the_key() -> None:
    """An unknown key is underlined itself, in Chinese files too."""
    text = "主体:\n  - {编号: a, 主体类型: 企业, 名称: 虚构, 备案: 1}\n"

    (finding,) = findings_in(text)

    assert (finding.code, finding.words["word"]) == ("CR403", "备案")
    assert text.splitlines()[1][finding.span.column - 1 : finding.span.end_column - 1] == "备案"


def test_the_nearest_known_word_is_suggested() -> None:
    """A misspelt word comes with the word that was meant."""
    found = findings_in((BAD / "words.yaml").read_text("utf-8"))

    fixes = " ".join(finding.fix("en") for finding in found)

    for meant in ("tax-major-violations", "procurement_supplier", "legal_representative"):
        assert f"did you mean `{meant}`?" in fixes


def test_no_finding_repeats_a_citizen_number() -> None:
    """Words, quoted lines and places show only the ends of a citizen number."""
    text = (BAD / "numbers.yaml").read_text("utf-8")
    numbers = re.findall(r'"([0-9]{17}[0-9X])"', text)

    shown = " ".join(repr(finding) + str(finding) for finding in findings_in(text))

    assert len(numbers) == 4
    assert not [number for number in numbers if number in shown]
    assert numbers[0][:6] + "*" * 8 + numbers[0][-4:] in shown


def test_a_number_that_is_written_oddly_is_hidden_too() -> None:
    """Hyphens or a letter in it do not let a citizen number through."""
    for number in ("210602-19900203-0049", "2106O2199002030049"):
        text = (
            f'subjects:\n  - {{id: a, kind: natural_person, name: "{number}", id_number: "{number}", x: 1}}\n'
        )

        found = findings_in(text)

        assert [finding.code for finding in found] == ["CR413", "CR403"]
        assert number not in repr(found)


def test_a_mapping_names_the_path_instead_of_a_line() -> None:
    """A dossier from a program has findings at paths such as `subjects[0].listings[0].served`."""
    tree = yaml.safe_load(
        "subjects: [{id: a, kind: enterprise, name: 虚构, listings: [{id: L, list: 失信被执行人}]}]"
    )
    tree["subjects"][0]["listings"][0] |= {"determined": "2018-06-01", "served": "2018-05-01"}

    with pytest.raises(FactsError) as caught:
        read_dossier(tree, CATALOGUE, file="申报")

    (finding,) = caught.value.findings
    assert (finding.code, finding.span.file) == ("CR431", "申报: subjects[0].listings[0].served")
    assert finding.span.line == 1


def test_an_empty_file_is_a_finding() -> None:
    """Nothing at all is not a dossier without subjects."""
    assert [finding.code for finding in findings_in("")] == ["CR111"]


def test_a_file_that_is_not_there_is_a_finding() -> None:
    """A path that leads nowhere raises no error of the operating system."""
    with pytest.raises(FactsError) as caught:
        read_dossier("no-such-dossier.yaml", CATALOGUE)

    assert [finding.code for finding in caught.value.findings] == ["CR445"]


def test_a_label_that_cannot_be_read_makes_nobody_else_missing() -> None:
    """A role in the organisation whose label is missing is not reported as well."""
    text = (
        "subjects:\n  - {kind: enterprise, name: 虚构}\n"
        "  - {id: b, kind: natural_person, name: 虚构, roles: [{in: a, role: supervisor}]}\n"
    )

    assert [finding.code for finding in findings_in(text)] == ["CR404"]
