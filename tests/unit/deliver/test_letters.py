"""Letters: what they say, whom they name, what they refuse, and where each field comes from."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from creditrules import decide, proceed, read_dossier
from creditrules.deliver.json import to_json
from creditrules.deliver.letter import FOLDER, Letter, write_letter
from creditrules.deliver.letter_choice import Matter
from creditrules.deliver.letter_fields import said
from creditrules.deliver.letter_file import Template
from creditrules.deliver.letter_kinds import KINDS, OFFICE, PLACES, LetterQuestion
from creditrules.deliver.words import word_table
from creditrules.errors import CreditRulesError, FactsError, UsageError
from creditrules.model.status import repaired_on
from tests.support.examples import shipped
from tests.support.tree import ROOT

docx = pytest.importorskip("docx", reason="letters need the extra `letters`")

LANHAI = ROOT / "examples" / "dossiers" / "lanhai-procedure.yaml"
YUANSHAN = ROOT / "examples" / "dossiers" / "yuanshan-key-attention.yaml"
OFFICE_FIELDS = {
    "letter_no": "虚字〔2019〕3号",
    "contact_person": "钱虚构",
    "contact_phone": "0415-0000000",
}
# The day each letter goes out, and what the office adds.
CASES: dict[str, tuple[date, dict[str, str]]] = {
    "rectification-order": (date(2018, 12, 18), {"requirements": "缴清税款", "rectify_by": "2019年1月31日"}),
    "warning-interview": (
        date(2019, 2, 10),
        {"interview_time": "2019年2月20日9时", "interview_place": "二楼"},
    ),
    "prior-notice": (date(2018, 12, 1), {"statement_by": "2018年12月7日", "facts_found": "少缴税款"}),
    "decision-notice": (date(2018, 12, 24), {"facts_found": "少缴税款"}),
    "repair-confirmation": (date(2019, 5, 25), {}),
    "push-notice": (date(2018, 12, 24), {"office_name": "虚构市信用办", "feedback_by": "2019年1月15日"}),
}


@cache
def _matter(on: date) -> Matter:
    dossier = read_dossier(LANHAI, shipped())
    book = shipped().rulebook(on=on)
    days = [day for v in dossier.listings if (day := repaired_on(v, on)) is not None]
    before = days[0] - timedelta(days=1) if days else None
    earlier = (before, proceed(shipped().rulebook(on=before), dossier)) if before else None
    return Matter(
        decide(book, dossier, engine="indexed"), proceed(book, dossier), dossier, shipped(), earlier
    )


def _question(case: str, **changes: Any) -> LetterQuestion:
    on, extra = CASES[case]
    unit = "财政部" if case == "push-notice" else None
    plain = LetterQuestion(KINDS[case], on, unit=unit, given={**OFFICE_FIELDS, **extra})
    return evolve(plain, **changes)


def _letter(kind: str, **changes: Any) -> Letter:
    question = _question(kind, **changes)
    return write_letter(question, _matter(question.on))


def _text(letter: Letter) -> str:
    document = docx.Document(io.BytesIO(letter.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _refused(case: str, matter: Matter | None = None, **changes: Any) -> list[str]:
    question = _question(case, **changes)
    with pytest.raises(CreditRulesError) as refused:
        write_letter(question, matter or _matter(question.on))
    return [finding.code for finding in refused.value.findings]


def _made(folder: Path, *words: str) -> Path:
    document = docx.Document()
    for line in words:
        document.add_paragraph(line)
    document.save(folder / "own.docx")
    return folder / "own.docx"


def test_a_reminder_goes_to_whoever_is_on_a_key_attention_list() -> None:
    """A subject on a watchlist is reminded, not warned, and the person in charge is called by name."""
    on = date(2019, 2, 1)
    dossier, book = read_dossier(YUANSHAN, shipped()), shipped().rulebook(on=date(2019, 2, 1))
    matter = Matter(decide(book, dossier), proceed(book, dossier), dossier, shipped(), None)
    given = {**OFFICE_FIELDS, "interview_time": "2019年2月12日9时", "interview_place": "二楼"}

    text = _text(write_letter(LetterQuestion(KINDS["reminder-interview"], on, given=given), matter))

    assert "提示性约谈" in text
    assert "警示性约谈" not in text
    assert "沈虚构" in text
    assert _refused("warning-interview", matter, on=on, given=given) != []


def test_every_kind_has_a_template_and_a_name() -> None:
    """What can be asked for can be written, in both languages of the interface."""
    assert {path.name for path in FOLDER.glob("*.docx")} == {kind.template for kind in KINDS.values()}
    assert [key for key in KINDS if f"letter.kind.{key}" not in word_table()] == []


def test_every_field_that_can_be_missing_has_a_name() -> None:
    """A finding names a field in words."""
    assert [f for f in (*OFFICE, *PLACES) if f"letter.field.{f}" not in word_table()] == []


def test_every_field_of_a_template_is_known() -> None:
    """A shipped template asks for nothing that no dossier, law or office gives."""
    for kind in KINDS.values():
        asked = Template.read(FOLDER / kind.template).fields()
        assert asked - OFFICE - set(PLACES) - {"date", "level", "measures", "measure_count"} == set()


@pytest.mark.parametrize("kind", CASES)
def test_a_letter_shows_every_field_and_leaves_no_place_open(kind: str) -> None:
    """Each traced value stands in the letter, no brace is left, and no line is empty but for spacing."""
    letter = _letter(kind)
    text = _text(letter)

    assert "{" not in text
    assert "None" not in text
    for name, field in letter.trace["fields"].items():
        if name not in ("level", "measure_count") and not name.endswith(
            ("remedy", "document", "statutes", "target")
        ):
            assert field["value"] in text or "[" in name, name
    assert "：。" not in text
    assert "（）" not in text


@pytest.mark.parametrize("kind", CASES)
def test_what_is_missing_is_named_all_at_once_and_nothing_is_written(kind: str) -> None:
    """Without what the office knows there is one finding a field and no letter."""
    asked = Template.read(FOLDER / KINDS[kind].template).fields()

    codes = _refused(kind, given={})

    assert codes == ["CR602"] * len(asked & (set(OFFICE_FIELDS) | set(CASES[kind][1])))


def test_what_the_dossier_lacks_is_found_at_its_place() -> None:
    """A listing without a number of its determination is named with file and line."""
    matter = _matter(CASES["decision-notice"][0])
    (listing,) = matter.dossier.listings
    poorer = evolve(matter, dossier=evolve(matter.dossier, listings=(evolve(listing, doc_no=""),)))
    with pytest.raises(FactsError) as refused:
        write_letter(_question("decision-notice"), poorer)

    (finding,) = refused.value.findings
    assert (finding.code, finding.words["field"]) == ("CR601", "listing_doc_no")
    assert finding.span == listing.span
    assert finding.span.line > 1


@pytest.mark.parametrize("kind", CASES)
def test_the_same_question_gives_the_same_bytes(kind: str) -> None:
    """A letter depends on its decision alone, not on the hour it is written."""
    assert _letter(kind).data == _letter(kind).data


@pytest.mark.parametrize("kind", CASES)
def test_every_field_is_traced_into_the_decision_or_to_who_gave_it(kind: str) -> None:
    """A pointer into the decision, or its procedure, leads to something that is there."""
    question = _question(kind)
    matter = _matter(question.on)
    data = json.loads(to_json(matter.decision, procedure=matter.proceedings))
    fields = write_letter(question, matter).trace["fields"]

    for name, field in fields.items():
        if field["from"] in ("decision", "procedure"):
            place = data if field["from"] == "decision" else data["procedure"]
            for step in field["at"].strip("/").split("/"):
                place = place[int(step)] if isinstance(place, list) else place[step]
            assert place, name
        elif field["from"] == "given":
            assert field["value"] == question.given[name]
    assert {f["from"] for f in fields.values()} >= {"decision", "dossier", "given"}


def test_the_day_in_a_letter_is_the_day_of_the_decision() -> None:
    """The pointer to a day leads to the day that the letter shows."""
    letter = _letter("decision-notice")
    data = json.loads(to_json(_matter(CASES["decision-notice"][0]).decision))

    assert data["on"] == "2018-12-24"
    assert letter.trace["fields"]["date"]["value"] == "2018年12月24日"


def test_a_letter_to_a_person_names_him_in_full_and_nobody_else() -> None:
    """By default the addressee is named in full, others are masked, and numbers are masked for all."""
    own = _text(_letter("decision-notice", person="guo"))
    of_other = _text(_letter("push-notice"))

    assert "郭虚构：" in own
    assert "郭虚构" not in of_other
    assert "郭**" in of_other
    for text in (own, of_other, _text(_letter("push-notice", mask=False))):
        assert not re.search(r"\d{17}[\dX]", text)


def test_masks_are_put_on_and_off() -> None:
    """`mask` hides the addressee too, its opposite spells out everybody; numbers stay masked."""
    assert "郭虚构" not in _text(_letter("decision-notice", person="guo", mask=True))
    assert "郭虚构" in _text(_letter("push-notice", mask=False))
    assert "郭虚构" in _text(_letter("warning-interview"))


def test_a_person_is_told_as_what_he_is_reached() -> None:
    """The decision notice to the head of a firm says which office of his makes him a target."""
    assert "法定代表人" in _letter("decision-notice", person="guo").trace["fields"]["reached_as"]["value"]


def test_only_the_actions_that_were_asked_for_are_told() -> None:
    """`--action` narrows the list that is attached."""
    whole = _letter("decision-notice").trace["fields"]
    number = whole["measures[1].number"]["value"]
    one = _letter("decision-notice", actions=(number,)).trace["fields"]

    assert int(whole["measure_count"]["value"]) > 1
    assert one["measure_count"]["value"] == "1"
    assert one["measures[0].number"]["value"] == number


def test_a_notice_to_a_unit_tells_its_measures_alone() -> None:
    """Every row of a push notice is an action of the unit, and the letter is addressed to its local body."""
    letter, matter = _letter("push-notice"), _matter(CASES["push-notice"][0])
    actions = matter.decision.for_unit("财政部")

    assert letter.trace["fields"]["measure_count"]["value"] == str(len(actions))
    assert letter.trace["fields"]["addressee"]["value"] == actions[0].local


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        ("push-notice", {"unit": None}, "CR605"),
        ("push-notice", {"unit": "最高人民法院"}, "CR611"),
        ("decision-notice", {"listing": "L9"}, "CR604"),
        ("decision-notice", {"person": "nobody"}, "CR604"),
        ("decision-notice", {"actions": ("A9999",)}, "CR604"),
        ("decision-notice", {"kind": KINDS["reminder-interview"]}, "CR606"),
        ("decision-notice", {"kind": KINDS["repair-confirmation"]}, "CR606"),
        ("decision-notice", {"kind": KINDS["warning-interview"]}, "CR606"),
        ("decision-notice", {"kind": KINDS["prior-notice"]}, "CR606"),
        ("repair-confirmation", {"kind": KINDS["decision-notice"]}, "CR606"),
        ("repair-confirmation", {"kind": KINDS["warning-interview"]}, "CR606"),
    ],
)
def test_a_letter_without_its_ground_does_not_go_out(kind: str, changes: dict[str, Any], code: str) -> None:
    """The wrong list, the wrong day, or nothing to tell: a finding says which."""
    assert _refused(kind, **changes) == [code]


def test_an_interview_is_not_held_twice() -> None:
    """Once it is recorded the procedure asks for it no more."""
    assert _refused("warning-interview", _matter(date(2019, 2, 25)), on=date(2019, 2, 25)) == ["CR606"]


def test_a_field_that_is_not_there_or_told_otherwise_is_refused() -> None:
    """A slip of the pen suggests the name; the office may repeat the decision and not contradict it."""
    question = _question("decision-notice")
    with pytest.raises(UsageError) as refused:
        write_letter(
            evolve(question, given={**question.given, "contact_preson": "x", "issuer": "另一局"}),
            _matter(question.on),
        )
    found = {f.code: f for f in refused.value.findings}

    assert set(found) == {"CR603", "CR608"}
    assert "contact_person" in found["CR603"].fix("en")
    assert _letter("decision-notice", given={**question.given, "issuer": "虚构市税务局稽查局"})


def test_what_the_office_gives_stays_text() -> None:
    """Marks of XML and of templates, controls and citizen numbers become no markup and are not repeated."""
    hostile = '<w:p>&"\x07{{ issuer }} 210603197504080012'
    given = {**_question("decision-notice").given, "facts_found": hostile}
    text = _text(_letter("decision-notice", given=given))

    assert '<w:p>&"' in text
    assert "{{ issuer }}" in text
    assert "210603********0012" in text


def test_lines_of_the_office_become_paragraphs() -> None:
    """What is written in two lines stands in two paragraphs, and the last full stop is the template's."""
    given = {**_question("decision-notice").given, "facts_found": "其一。\n其二。"}
    paragraphs = _text(_letter("decision-notice", given=given)).split("\n")

    assert any(p.endswith("其一。") for p in paragraphs)
    assert "其二。" in paragraphs
    assert said("其一。\n其二。") == "其一。\a其二"


@pytest.mark.parametrize(
    "line",
    [
        "{{ issuer",
        "{% for m in measures %}",
        "{{ issuer.__class__.__mro__ }}",
        "{% for m in measures %}{{ m.nothing }}{% endfor %}",
        "{{ measures[0].number.upper().__globals__ }}",
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(tmp_path: Path, line: str) -> None:
    """Broken braces, unknown columns, and what reaches for more than fields."""
    question = _question("decision-notice", given={})
    with pytest.raises(UsageError) as refused:
        write_letter(question, _matter(question.on), _made(tmp_path, line))

    assert [f.code for f in refused.value.findings] == ["CR607"]


@pytest.mark.parametrize("data", [b"", b"no Word file", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_word_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """Whatever the name says."""
    (tmp_path / "own.docx").write_bytes(data)
    with pytest.raises(UsageError) as refused:
        Template.read(tmp_path / "own.docx")

    assert [f.code for f in refused.value.findings] == ["CR607"]


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """A small file may not fill the memory."""
    with zipfile.ZipFile(tmp_path / "own.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(65 * 1024 * 1024))
    with pytest.raises(UsageError):
        Template.read(tmp_path / "own.docx")


def test_an_office_may_ask_for_fields_of_its_own(tmp_path: Path) -> None:
    """What a changed template asks for is needed from the office, and shown."""
    template = _made(tmp_path, "{{ addressee }}：传真{{ fax }}")
    question = _question("decision-notice", given={})
    with pytest.raises(FactsError) as refused:
        write_letter(question, _matter(question.on), template)
    letter = write_letter(evolve(question, given={"fax": "0415-1"}), _matter(question.on), template)

    assert [f.words["field"] for f in refused.value.findings] == ["fax"]
    assert _text(letter) == "丹东蓝海虚构物流有限公司：传真0415-1"


def test_without_the_package_the_finding_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever only decides need not have it."""
    monkeypatch.setitem(__import__("sys").modules, "docxtpl", None)

    assert _refused("decision-notice") == ["CR609"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_laid_out_as_an_official_document(kind: str) -> None:
    """A4 with its margins, the issuer in red, body of 16 points in 仿宋 with 28 points from line to line."""
    document = docx.Document(FOLDER / KINDS[kind].template)
    section = document.sections[0]
    head, *rest = document.paragraphs
    body = [p for p in rest if p.paragraph_format.first_line_indent]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert str(head.runs[0].font.color.rgb) == "E60012"
    assert "w:pBdr" in rest[0]._p.xml
    assert {p.paragraph_format.line_spacing.pt for p in body} == {28}
    assert {run.font.size.pt for p in body for run in p.runs} == {16}
    assert {re.search(r'eastAsia="(.*?)"', p.runs[-1]._r.xml)[1] for p in body} == {"仿宋"}  # type: ignore[index]
    assert [p.text for p in rest if p.text.startswith("{{ date")] == ["{{ date }}"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_template_is_what_its_texts_say(kind: str) -> None:
    """`python -m scripts.make_letters` would change nothing."""
    from scripts.make_letters import made

    assert (FOLDER / KINDS[kind].template).read_bytes() == made(kind)
