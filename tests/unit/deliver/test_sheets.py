"""Sheets of lists, units and kinds: what is known, and what is open, in both languages."""

from __future__ import annotations

import io
import re

import pytest

from creditrules.deliver.kind_sheet import kind_sheet
from creditrules.deliver.list_sheet import list_sheet
from creditrules.deliver.sheet import EntrySheet, print_entry, to_markdown
from creditrules.deliver.table import console_for
from creditrules.deliver.unit_sheet import unit_data, unit_sheet
from creditrules.deliver.words import word_table
from tests.support.examples import shipped


def sheets(lang: str) -> list[EntrySheet]:
    """Return the sheet of every list and of every kind, and of some units."""
    catalogue = shipped()
    units = [catalogue.units.by_key[key] for key in ("mof", "samr", "saic", "mps")]
    return [
        *(list_sheet(kind, catalogue, lang) for kind in catalogue.lists.values()),
        *(kind_sheet(kind, catalogue, lang) for kind in catalogue.measure_kinds.values()),
        *(unit_sheet(unit, catalogue, lang) for unit in units),
    ]


def texts(sheet: EntrySheet) -> str:
    """Return everything a sheet says."""
    parts = [sheet.title, *(f"{n} {v}" for n, v in sheet.facts), *sheet.open]
    return "\n".join([*parts, *(line for title, lines in sheet.sections for line in (title, *lines))])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_leaves_no_word_unnamed_and_no_place_unfilled(lang: str) -> None:
    """Every word of the interface is in the table, and every place is filled."""
    for sheet in sheets(lang):
        said = texts(sheet)
        assert not re.search(r"\{[a-z_]+\}", said), said
        assert all(name for name, _ in sheet.facts)


def test_every_word_of_a_closed_list_that_a_sheet_shows_has_a_name() -> None:
    """Levels, natures and types of the shipped catalogue are named."""
    catalogue = shipped()
    wanted = {f"sheet.levels.{kind.level.value}" for kind in catalogue.lists.values()}
    wanted |= {f"sheet.natures.{unit.nature}" for unit in catalogue.units.by_key.values()}
    wanted |= {f"sheet.unit_levels.{unit.level}" for unit in catalogue.units.by_key.values()}
    wanted |= {f"sheet.types.{kind.type}" for kind in catalogue.measure_kinds.values()}

    assert wanted - set(word_table()) == set()


def test_a_list_says_what_is_open() -> None:
    """A list of which little was seen says so line by line."""
    sheet = list_sheet(shipped().lists["electricity"], shipped(), "zh")
    known = list_sheet(shipped().lists["wage-arrears-migrant-workers"], shipped(), "zh")

    assert {"列入情形未见", "期限未见", "法律依据未见"} <= set(sheet.open)
    assert "列入情形未见" not in known.open
    assert "满6个月" in texts(known)


def test_a_unit_is_shown_with_what_it_came_from_and_what_it_does() -> None:
    """The regulator names its predecessors and its measures; those by kind alone are counted as open."""
    sheet = unit_sheet(shipped().units.by_key["samr"], shipped(), "zh")
    data = unit_data(shipped().units.by_key["samr"], shipped())

    assert "国家工商行政管理总局" in texts(sheet)
    assert any("依措施种类推定" in line for line in sheet.open)
    assert len(data["measures"]) > 10


def test_a_kind_shows_old_and_new_numbers_and_what_limits_it() -> None:
    """146 with its number of today beside 178; limits stand apart."""
    bar = texts(kind_sheet(shipped().measure_kinds["company_officer_bar"], shipped(), "en"))
    sections = dict(kind_sheet(shipped().measure_kinds["market_access"], shipped(), "en").sections)

    assert "today article 178, since 2024-07-01" in bar
    assert any("第十七条" in line for line in sections["Provisions that limit it"])
    assert not any("第十七条 " in line for line in sections["Provisions that carry it"])


def test_a_kind_without_a_statute_says_so() -> None:
    """That nothing carries it is the most important thing about it."""
    sheet = kind_sheet(shipped().measure_kinds["concession_termination"], shipped(), "en")

    assert "no law or regulation that carries it was found" in sheet.open


def test_a_sheet_is_printed_and_written_as_markdown() -> None:
    """Both forms say everything."""
    sheet = list_sheet(shipped().lists["judgment-defaulters"], shipped(), "zh")
    page = io.StringIO()
    print_entry(sheet, console_for(page, width=110), "zh")
    plain = re.sub(r"\s", "", page.getvalue())

    for line in (*sheet.open, *(line for _, lines in sheet.sections for line in lines)):
        assert re.sub(r"\s", "", line) in plain
    assert to_markdown(sheet, "zh").startswith("# 失信被执行人名单\n")
