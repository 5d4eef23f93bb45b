"""The overlay of Dandong: it says who acts there, holds the notice whole, and invents nothing."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from creditrules import decide, load_catalogue, read_dossier
from creditrules.compile.day import Day
from creditrules.compile.units_of_day import unit_of_day
from creditrules.deliver.notice import sheet_of, to_data
from creditrules.load.doc_notices import FORCES
from creditrules.load.shipped import default_source
from creditrules.model.catalogue import Catalogue
from creditrules_dandong import source

NOTICE = "dandong-notice-2018-14"
NUMBERS = [*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九")]


@cache
def stacked() -> Catalogue:
    """Return the overlay on top of the shipped catalogue."""
    return load_catalogue(default_source(), source())


def test_the_overlay_has_no_finding_of_its_own() -> None:
    """It localises and adds; nothing of it is beyond a city."""
    assert [str(n) for n in stacked().notes if "creditrules_dandong" in n.span.file] == []


def test_the_overlay_adds_no_measure_and_decides_nothing_else() -> None:
    """With the overlay the same dossier gets the same actions, by the same units."""
    firm = {
        "id": "a",
        "kind": "enterprise",
        "name": "虚构公司",
        "region": "210602",
        "facts": {"tax.arrears_unsecured": True},
        "listings": [
            {
                "id": "L",
                "list": "tax-major-violations",
                "determined": date(2018, 3, 1),
                "served": date(2018, 3, 2),
                "aggregated": date(2018, 3, 5),
                "until": date(2020, 3, 1),
            }
        ],
    }
    shipped = load_catalogue()

    answers = [
        decide(catalogue.rulebook(on=date(2018, 12, 20)), read_dossier({"subjects": [firm]}, catalogue))
        for catalogue in (shipped, stacked())
    ]

    assert answers[0].actions
    assert answers[0].actions == answers[1].actions
    assert set(stacked().memoranda) == set(shipped.memoranda)


def test_the_notice_has_its_nineteen_sections() -> None:
    """Numbers as printed, a heading and one sentence in each language, and how binding it is."""
    sections = stacked().notices[NOTICE].sections

    assert [part.number for part in sections] == NUMBERS
    for part in sections:
        assert part.heading
        assert part.says.zh
        assert part.says.en
        assert part.force
        assert set(part.force) <= set(FORCES)
        assert not re.search(r"[。.]$", part.says.zh)


def test_every_channel_is_named_by_a_section() -> None:
    """A channel that no section names would be somebody's idea."""
    catalogue = stacked()
    named = {key for part in catalogue.notices[NOTICE].sections for key in part.channels}

    assert set(catalogue.channels) == named


def test_the_provincial_list_is_an_empty_slot_that_says_so() -> None:
    """What no source shows has a place, a note, and no measures."""
    slot = stacked().measure_lists["liaoning-regional-measures"]

    assert not slot.seen
    assert slot.memoranda == ()
    assert slot.note.zh
    assert any("未见" in line for line in sheet_of(stacked().notices[NOTICE], stacked(), "zh").open)


def test_the_credit_office_gives_way_to_an_authority_nobody_has_seen() -> None:
    """Until 2021 the office acts; from 2022 a role does, which names no body and leaves an action open."""
    units = stacked().units
    office = units.by_key["dd_credit_office"]

    found = {
        on: unit_of_day(units, office, None, Day.of(stacked(), on, False))
        for on in (date(2021, 12, 31), date(2022, 1, 1))
    }

    assert [u.key for u in found[date(2021, 12, 31)]] == ["dd_credit_office"]
    assert [u.key for u in found[date(2022, 1, 1)]] == ["dd_credit_authority"]
    assert found[date(2022, 1, 1)][0].is_generic


def test_every_district_has_its_government() -> None:
    """The notice is addressed to the governments of all districts and counties."""
    units = stacked().units
    districts = {code for code, region in units.regions.items() if region.parent == "210600"}

    named = {local.region for local in units.by_key["dd_counties"].locals}

    assert districts <= named


def test_a_notice_is_shown_in_both_languages_and_as_data() -> None:
    """Nothing of a section is lost on the way to a reader."""
    notice = stacked().notices[NOTICE]

    for lang in ("zh", "en"):
        sheet = sheet_of(notice, stacked(), lang)
        assert [part.number for part in sheet.measures] == NUMBERS
        assert [part.does for part in sheet.measures] == [part.says(lang) for part in notice.sections]
    data = to_data(notice)
    assert data["schema"] == "creditrules/notice/1"
    assert len(data["sections"]) == 19
