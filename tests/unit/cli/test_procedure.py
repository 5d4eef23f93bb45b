"""`duties`, `repair`, `timeline`, `letter` and `decide --procedure`, on a shipped example."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

from tests.support.tree import ROOT

from .conftest import Run

LANHAI = str(ROOT / "examples" / "dossiers" / "lanhai-procedure.yaml")
AFTER = "2019-02-10"  # the period to rectify has run out, and no interview was held yet
INTERVIEW = (
    *("letter", "warning-interview", LANHAI, "--on", AFTER, "--output", "out.docx"),
    *("--field", "letter_no=虚字〔2019〕3号", "--field", "contact_person=钱虚构"),
    *("--field", "contact_phone=0415-0000000", "--field", "interview_time=2019年2月20日"),
)


def _codes(result: Result) -> list[str]:
    return [word for word in result.stderr.split() if word.startswith("CR") and word[2:].isdigit()]


def test_duties_show_what_is_overdue(run: Run) -> None:
    """`--overdue` keeps the overdue ones alone, in the table and in the JSON."""
    data = json.loads(run("duties", LANHAI, "--on", AFTER, "--overdue", "--format", "json").stdout)
    table = run("duties", LANHAI, "--on", AFTER, "--overdue").stdout

    assert {d["state"] for d in data["duties"]} == {"overdue"}
    assert "1 overdue, 0 due, 0 without a deadline, 1 in all" in table


@pytest.mark.parametrize("name", ["authority", "认定部门（单位）", "认定部门", "虚构市税务局稽查局"])
def test_a_body_is_found_by_any_of_its_names(run: Run, name: str) -> None:
    """Key, name, short name, or the name of the authority in the dossier."""
    data = json.loads(run("duties", LANHAI, "--on", AFTER, "--body", name, "--format", "json").stdout)

    assert {d["who"] for d in data["duties"]} == {"authority"}


def test_an_unknown_body_is_a_finding_with_the_nearest(run: Run) -> None:
    """A slip of the pen is not answered with an empty list."""
    result = run("duties", LANHAI, "--on", AFTER, "--body", "市信用力")

    assert (result.exit_code, _codes(result)) == (2, ["CR570"])
    assert "市信用办" in result.stderr


def test_repair_tells_the_way_out(run: Run) -> None:
    """On the day of the application what is met is shown as met, and the notice's way is open."""
    text = run("repair", LANHAI, "--on", "2019-05-06", "--lang", "zh").stdout
    data = json.loads(run("repair", LANHAI, "--on", "2019-05-06", "--format", "json").stdout)

    assert "现在即可申请。" in text
    assert [e["way"] for e in data["exits"] if e["open"]] == ["notice-2018"]


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_decide_shows_the_procedure_when_asked(run: Run, form: str) -> None:
    """`--procedure` adds duties and ways out and changes nothing else."""
    given = ("decide", LANHAI, "--on", AFTER, "--format", form, "--catalogue", "default")
    plain, whole = run(*given, small=False).stdout, run(*given, "--procedure", small=False).stdout

    if form == "json":
        data = json.loads(whole)
        assert set(data.pop("procedure")) == {"duties", "exits", "notes"}
        assert data == json.loads(plain)
    else:
        assert whole.startswith(plain)
        assert "Duties (" in whole[len(plain) :]


def test_a_timeline_without_a_day_looks_from_the_last_one(run: Run) -> None:
    """The last day the dossier records stands for it; with no day at all there is a finding."""
    data = json.loads(run("timeline", LANHAI, "--format", "json").stdout)
    empty = "subjects: [{id: a, kind: enterprise, name: 虚构公司}]"

    assert data["on"] == "2019-05-20"
    assert _codes(run("timeline", "-", stdin=empty)) == ["CR571"]


def test_a_timeline_is_written_to_a_file(run: Run, folder: Path) -> None:
    """`--output` takes the picture, the page and the text; a place that cannot be written is a finding."""
    for form in ("svg", "html", "text", "json"):
        result = run("timeline", LANHAI, "--on", AFTER, "--format", form, "--output", f"t.{form}")
        assert (result.exit_code, result.stdout) == (0, "")
        assert run("timeline", LANHAI, "--on", AFTER, "--format", form).stdout == (
            folder / f"t.{form}"
        ).read_text("utf-8")

    assert ElementTree.parse(folder / "t.svg").getroot().tag.endswith("svg")
    assert _codes(run("timeline", LANHAI, "--output", "no/where.svg")) == ["CR569"]


def test_a_letter_and_its_trace_are_written(run: Run, folder: Path) -> None:
    """The Word file and the JSON beside it are there, and one line says so."""
    result = run(*INTERVIEW, "--field", "interview_place=二楼", "--trace", "trace.json")
    trace = json.loads((folder / "trace.json").read_text("utf-8"))

    assert result.stdout == f"wrote out.docx (notice of a warning interview, {len(trace['fields'])} fields)\n"
    assert (folder / "out.docx").read_bytes()[:2] == b"PK"
    assert trace["fields"]["person_in_charge"]["value"] == "郭虚构"


def test_a_letter_with_a_missing_field_writes_no_file(run: Run, folder: Path) -> None:
    """The place of the interview is missing: a finding, code 1, and nothing on the disk."""
    result = run(*INTERVIEW, "--trace", "trace.json")

    assert (result.exit_code, _codes(result)) == (1, ["CR602"])
    assert not (folder / "out.docx").exists()
    assert not (folder / "trace.json").exists()


def test_fields_come_from_a_file_and_the_command_line_goes_first(run: Run, folder: Path) -> None:
    """A file may hold days; what is typed goes before what is written."""
    (folder / "f.yaml").write_text("interview_place: 三楼\ninterview_time: 2019-02-21\n", "utf-8")
    run(*INTERVIEW, "--fields", "f.yaml", "--trace", "trace.json")
    fields = json.loads((folder / "trace.json").read_text("utf-8"))["fields"]

    assert fields["interview_place"]["value"] == "三楼"
    assert fields["interview_time"]["value"] == "2019年2月20日"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--field", "interview_place"), "CR610"),
        (("--field", "=二楼"), "CR610"),
        (("--fields", "none.yaml"), "CR557"),
        (("--fields", "list.yaml"), "CR610"),
        (("--fields", "nested.yaml"), "CR610"),
        (("--template", "none.docx"), "CR557"),
        (("--template", "list.yaml"), "CR607"),
        (("--unit", "没有的单位"), "CR532"),
        (("--field", "interview_place=二楼", "--output", "no/where.docx"), "CR569"),
    ],
)
def test_what_cannot_be_used_is_a_finding(run: Run, folder: Path, given: tuple[str, ...], code: str) -> None:
    """Each slip has its code, and no file is written."""
    (folder / "list.yaml").write_text("- a\n", "utf-8")
    (folder / "nested.yaml").write_text("interview_place: {a: b}\n", "utf-8")

    result = run(*INTERVIEW, *given)

    assert (result.exit_code, _codes(result)[:1]) == (2, [code])
    assert not (folder / "out.docx").exists()
