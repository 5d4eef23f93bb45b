"""A memorandum as a sheet to read."""

from __future__ import annotations

import io
import json

import pytest
from attrs import evolve

from creditrules.deliver.memorandum import sheet_of, to_data, to_markdown
from creditrules.deliver.memorandum_table import print_sheet
from creditrules.deliver.plain import width
from creditrules.deliver.table import console_for
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Not, Op, Some, Test
from creditrules.model.memorandum import Duration, Exempt, Grade
from creditrules.model.text import Text
from creditrules.model.time import Period, Since

from .conftest import DAY


@pytest.mark.parametrize(("lang", "unseen"), [("zh", "未见"), ("en", "not seen")])
def test_what_no_source_shows_is_shown_as_open(catalogue: Catalogue, lang: str, unseen: str) -> None:
    """A measure without content is there, marked; nobody takes the sheet for the whole document."""
    sheet = sheet_of(catalogue.memoranda["fiction"], catalogue, lang)
    last = sheet.measures[-1]

    assert last.state == unseen
    assert unseen in last.heading
    assert [value for _, value in last.lines].count(unseen) == 3
    assert any("9" in line for line in sheet.open)
    assert any(line.endswith("unseen") for line in sheet.open)


def test_everything_about_a_measure_is_said(catalogue: Catalogue) -> None:
    """Number, heading, effect with its discretion, units, basis and how long."""
    measure = sheet_of(catalogue.memoranda["fiction"], catalogue, "zh").measures[0]

    assert (measure.number, measure.heading, measure.state) == ("2", "禁止参加政府采购活动", "已核实")
    assert dict(measure.lines) == {
        "措施": "禁止：政府采购（应当）",
        "实施单位": "财政部",
        "依据": "《中华人民共和国政府采购法》（2014-08-31）第22条（法律、直接依据）",
        "期限": "与列入同期",
    }


def test_conditions_exceptions_and_durations_are_said(catalogue: Catalogue) -> None:
    """Conditions are put in words, whatever their form."""
    memorandum = catalogue.memoranda["fiction"]
    arrears = Test("tax.arrears", Op.AT_LEAST, 5)
    measure = evolve(
        memorandum.measures[0],
        when=Some((arrears, Not(Test("subject.kind", Op.IS, "enterprise")))),
        unless=(Exempt("paid", arrears, Text("已缴清", "paid")),),
        duration=Duration(
            False, grades=(Grade(arrears, Period(years=1, months=6)), Grade(arrears, Period(days=1)))
        ),
    )
    lines = dict(sheet_of(evolve(memorandum, measures=(measure,)), catalogue, "en").measures[0].lines)

    assert lines["when"] == (
        "(any of: tax.arrears is at least 5; or not (What kind of subject is it? enterprise))"
    )
    assert lines["unless"] == "paid; tax.arrears is at least 5"
    assert lines["lasts"] == ("tax.arrears is at least 5: 1 year 6 months; tax.arrears is at least 5: 1 day")


def test_a_day_known_only_by_its_bounds_is_said_so(catalogue: Catalogue) -> None:
    """Neither a month nor a missing day is turned into a day."""
    memorandum = catalogue.memoranda["fiction"]
    said = [
        dict(sheet_of(evolve(memorandum, since=since), catalogue, "en").facts)["in force"]
        for since in (memorandum.since, Since.exactly(DAY), None)
    ]

    assert said == [
        "between 2016-12-01 and 2016-12-31 (the day was not seen)",
        "2018-12-20",
        "not seen",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_prints_and_turns_into_markdown(catalogue: Catalogue, lang: str) -> None:
    """Both forms hold every line of the sheet."""
    sheet = sheet_of(catalogue.memoranda["fiction"], catalogue, lang)
    file = io.StringIO()
    print_sheet(sheet, console_for(file, width=100), lang)
    plain = "".join(file.getvalue().split())

    assert max(width(line) for line in file.getvalue().split("\n")) <= 100
    for measure in sheet.measures:
        for _, value in measure.lines:
            assert "".join(value.split()) in plain
            assert value in to_markdown(sheet, lang).replace("\\", "")


def test_a_memorandum_as_data_keeps_keys_and_codes(catalogue: Catalogue) -> None:
    """The JSON form is plain data."""
    data = to_data(catalogue.memoranda["fiction"])

    assert json.loads(json.dumps(data)) == data
    assert data["measures"][0]["effects"] == [
        {"effect": "prohibit", "discretion": "must", "matters": ["government_procurement"]}
    ]
