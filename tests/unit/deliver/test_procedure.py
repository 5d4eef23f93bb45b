"""Duties and ways out, as rows, tables, Markdown and JSON."""

from __future__ import annotations

import io
import json
from enum import Enum
from pathlib import Path

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from creditrules.deliver.json import to_json
from creditrules.deliver.plain import width
from creditrules.deliver.procedure_json import duties_json, repair_json
from creditrules.deliver.procedure_table import print_duties, print_repair, print_section, section_markdown
from creditrules.deliver.procedure_view import ENDS, ORDER, Proceeding, view_of
from creditrules.deliver.table import console_for
from creditrules.deliver.words import word_table
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.event import EventKind
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.procedure import DutyState, Force, Proceedings
from creditrules.model.text import Text
from creditrules.model.words import Outcome

from .conftest import DAY
from .procedures import DOSSIER, PROCEEDINGS, way, with_procedure

SCHEMA = json.loads((Path(__file__).parents[3] / "schemas" / "decision.schema.json").read_text("utf-8"))


def _view(catalogue: Catalogue, lang: str = "en", found: Proceedings = PROCEEDINGS) -> Proceeding:
    return view_of(found, DOSSIER, with_procedure(catalogue), DAY, lang)


def test_the_most_pressing_duty_stands_first(catalogue: Catalogue) -> None:
    """Overdue before due before open before pending before done before excused, however they were given."""
    rows = _view(catalogue).duties

    assert [row.state for row in rows] == ["overdue", "due", "open", "pending", "done", "excused"]
    assert _view(catalogue, found=evolve(PROCEEDINGS, duties=PROCEEDINGS.duties[::-1])).duties == rows


def test_every_state_has_its_place() -> None:
    """No state of a duty is left out of the order."""
    assert sorted(ORDER) == sorted(DutyState)


@pytest.mark.parametrize(
    ("group", "kind"),
    [("procedure.duty_state", DutyState), ("procedure.force", Force), ("outcome", Outcome)],
)
def test_every_closed_word_has_a_name(group: str, kind: type[Enum]) -> None:
    """A value of the model is never shown as its key."""
    assert [v.value for v in kind if f"{group}.{v.value}" not in word_table()] == []


def test_every_event_has_a_name() -> None:
    """A timeline never shows the key of an event."""
    assert set(EVENT_NAMES) == set(EventKind)


def test_the_authority_is_named_as_the_dossier_names_it(catalogue: Catalogue) -> None:
    """Whoever reads knows which body is meant."""
    assert {row.who for row in _view(catalogue).duties} == {"authority (虚构局)"}


def test_a_period_nobody_set_is_shown_as_unset_and_a_missing_fact_as_missing(catalogue: Catalogue) -> None:
    """The two are told apart: one the authority sets, the other somebody finds out."""
    (row,) = [row for row in _view(catalogue).duties if row.state == "open"]

    assert "no period set: period of the push (no document states one; the authority sets it)" in row.notes
    assert "missing: tax.paid" in row.notes


def test_what_is_overdue_says_for_how_long(catalogue: Catalogue) -> None:
    """The days since the deadline are counted to the day of the question."""
    assert _view(catalogue).duties[0].when == "since 2018-03-01; was due by 2018-12-03, 17 days ago"


def test_a_day_counted_without_a_calendar_is_marked(catalogue: Catalogue) -> None:
    """Provisional days say so, the others do not."""
    marked = [row.state for row in _view(catalogue).duties if "provisional" in row.when]

    assert marked == ["due"]


def test_what_was_done_late_says_so(catalogue: Catalogue) -> None:
    """A late fulfilment is shown with its day."""
    (row,) = [row for row in _view(catalogue).duties if row.state == "done"]

    assert row.when == "done 2018-03-05, late"


def test_a_way_out_tells_everything_in_plain_words(catalogue: Catalogue) -> None:
    """Required, met, missing, the earliest day, where, what ends, and what false papers cost."""
    (sheet,) = _view(catalogue).exits
    facts = dict(sheet.facts)

    assert [met for met, _ in sheet.requirements] == [True, False, None]
    assert sheet.requirements[0][1] == "corrected – confirmed 2018-10-01"
    assert sheet.verdict == "It may not be taken yet."
    assert facts["earliest day"] == "2019-02-01"
    assert facts["where to apply"] == "the authority"
    assert facts["what ends"] == "measures"
    assert facts["what does not end"] == "publicity, sharing, use"
    assert facts["false papers cost"] == "no application for three years"


def test_the_four_ends_are_always_divided_in_two(catalogue: Catalogue) -> None:
    """Publicity, sharing, use and measures each end or do not end, whatever a way out ends."""
    for ends in ((), ("publicity",), ("use", "measures"), ENDS):
        facts = dict(_view(catalogue, found=Proceedings(exits=(way(ends=ends),))).exits[0].facts)
        said = f"{facts.get('what ends', '')}, {facts.get('what does not end', '')}".strip(", ")
        assert sorted(said.split(", ")) == sorted(ENDS)


def test_what_can_never_be_repaired_says_why_and_offers_no_day(catalogue: Catalogue) -> None:
    """A barred way names its bar, and neither a place nor a day to apply."""
    barred = way(barred_by=Text("特定严重失信行为", "grave dishonesty"))
    (sheet,) = _view(catalogue, found=Proceedings(exits=(barred,))).exits

    assert sheet.verdict == "Can never be repaired: grave dishonesty."
    assert {"earliest day", "where to apply", "what ends"} & set(dict(sheet.facts)) == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [80, 120])
def test_no_line_is_too_wide(catalogue: Catalogue, lang: str, cells: int) -> None:
    """Tables fit the terminal in both languages, without blanks at line ends."""
    page, file = _view(catalogue, lang), io.StringIO()
    for show in (print_duties, print_repair, print_section):
        show(page, console_for(file, width=cells), lang)
    lines = file.getvalue().split("\n")

    assert [line for line in lines if width(line) > cells or line != line.rstrip()] == []


def test_nothing_to_show_is_said(catalogue: Catalogue) -> None:
    """An empty answer is a sentence and not a blank page."""
    page, file = _view(catalogue, found=Proceedings()), io.StringIO()
    print_duties(page, console_for(file, width=100), "en")
    print_repair(page, console_for(file, width=100), "en")

    assert "No duty answers this." in file.getvalue()
    assert "No way out applies to these listings." in file.getvalue()


def test_markdown_holds_the_duties_and_the_ways_out(catalogue: Catalogue) -> None:
    """Every row and every requirement is in the section, escaped."""
    hostile = evolve(PROCEEDINGS.duties[0], does=Text("a|b*c", "a|b*c"))
    found = evolve(PROCEEDINGS, duties=(hostile, *PROCEEDINGS.duties[1:]))
    text = section_markdown(_view(catalogue, found=found), "en")

    assert "a\\|b\\*c" in text
    assert text.count("| overdue |") == 1
    assert "- ✓ corrected – confirmed 2018-10-01 (met)" in text


def test_a_decision_with_its_procedure_is_as_the_schema_says(decision: Decision) -> None:
    """The published schema knows the section, and refuses a field it does not know."""
    data = json.loads(to_json(decision, procedure=PROCEEDINGS))
    valid = Draft202012Validator(SCHEMA)
    valid.validate(data)
    data["procedure"]["duties"][0]["more"] = 1

    assert not valid.is_valid(data)
    assert "procedure" not in json.loads(to_json(decision))


def test_json_of_duties_and_of_repair_is_canonical() -> None:
    """One line, keys sorted, the most pressing first, the same bytes each time."""
    said = duties_json(PROCEEDINGS.duties, DAY)
    data = json.loads(said)

    assert said == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert [d["state"] for d in data["duties"]][:2] == ["overdue", "due"]
    assert json.loads(repair_json(PROCEEDINGS, DAY))["exits"][0]["requirements"][2]["met"] is None
