"""Events in a dossier fill the fields of their listing; what is odd is said and forbids nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
import yaml

from creditrules.errors import FactsError, Finding, finding_texts
from creditrules.load.dossier import read_dossier, read_dossier_text
from creditrules.load.event_words import EVENT_WORDS, event_kind
from creditrules.model.dossier import Dossier, Listing, Objection, Repair
from creditrules.model.event import EventKind
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.words import Outcome
from tests.support.catalogue import small_catalogue

CATALOGUE = small_catalogue()
PAGES = {code: page for code, page in finding_texts().items() if "CR451" <= code <= "CR459"}
ORDER = sorted(code for code in PAGES if code != "CR451")


def _read(*events: dict[str, Any], **fields: Any) -> Dossier:
    listing = {"id": "L1", "list": "tax-major-violations", **fields, "events": list(events)}
    firm = {"id": "a", "kind": "enterprise", "name": "虚构公司", "listings": [listing]}
    return read_dossier({"subjects": [firm]}, CATALOGUE)


def _listing(*events: dict[str, Any], **fields: Any) -> Listing:
    return _read(*events, **fields).listings[0]


def _event(kind: str, on: str, **rest: Any) -> dict[str, Any]:
    return {"kind": kind, "on": on, **rest}


def _notes(text: str) -> tuple[Finding, ...]:
    return read_dossier_text(text, CATALOGUE).notes


def test_events_fill_the_fields_that_say_the_same() -> None:
    """A determination, a service and so on are what the fields of those names would have said."""
    listing = _listing(
        _event("service", "2018-06-05"),
        _event("determination", "2018-06-01", by="虚构局", doc_no="虚〔2018〕1号", until="2020-06-01"),
        _event("aggregation", "2018-06-07"),
        _event("publication", "2018-06-09"),
        _event("removal", "2019-01-01"),
        _event("revocation", "2019-02-01"),
    )

    assert (listing.determined, listing.served) == (date(2018, 6, 1), date(2018, 6, 5))
    assert (listing.aggregated, listing.published) == (date(2018, 6, 7), date(2018, 6, 9))
    assert (listing.removed, listing.revoked) == (date(2019, 1, 1), date(2019, 2, 1))
    assert (listing.authority, listing.doc_no) == ("虚构局", "虚〔2018〕1号")
    assert listing.until == date(2020, 6, 1)


def test_objections_and_repairs_are_put_together_from_their_events() -> None:
    """An outcome belongs to the objection it answers, a revocation to the repair it takes back."""
    listing = _listing(
        _event("objection", "2018-07-01", details={"suspends": True}),
        _event("objection_outcome", "2018-07-20", outcome="不成立"),
        _event("objection", "2018-08-01"),
        _event("repair_application", "2018-09-01"),
        _event("repair_decision", "2018-09-10", outcome="granted"),
        _event("repair_revocation", "2018-10-10"),
        determined="2018-06-01",
    )

    assert listing.objections == (
        Objection(date(2018, 7, 1), True, date(2018, 7, 20), Outcome.REJECTED),
        Objection(date(2018, 8, 1)),
    )
    assert listing.repairs == (
        Repair(date(2018, 9, 1), date(2018, 9, 10), Outcome.GRANTED, date(2018, 10, 10)),
    )


def test_a_field_and_an_event_that_agree_are_one_statement() -> None:
    """Saying the same twice neither is an error nor counts twice."""
    listing = _listing(
        _event("service", "2018-06-05"),
        _event("objection", "2018-07-01"),
        determined="2018-06-01",
        served="2018-06-05",
        objections=[{"filed": "2018-07-01", "suspends": True}],
    )

    assert listing.served == date(2018, 6, 5)
    assert listing.objections == (Objection(date(2018, 7, 1), True),)


def test_events_stand_by_day_however_they_are_written() -> None:
    """The order of the file means nothing, and so does the language: the digest is the same."""
    one = _read(_event("service", "2018-06-05"), _event("determination", "2018-06-01"))
    other = _read(_event("认定", "2018-06-01"), _event("送达", "2018-06-05"))

    assert [event.kind for event in one.listings[0].events] == ["determination", "service"]
    assert one == other
    assert one.digest == other.digest


def test_a_service_before_the_determination_serves_nothing() -> None:
    """What is out of order never makes a listing stand firmer; the day of service stays unknown."""
    dossier = _read(_event("service", "2018-05-05"), determined="2018-06-01")

    assert dossier.listings[0].served is None
    assert [note.code for note in dossier.notes] == ["CR452"]


def test_what_was_recorded_later_counts_only_from_then_on() -> None:
    """A removal entered in March is unknown in February, and stands for whoever asks later."""
    dossier = _read(_event("removal", "2019-01-01", recorded="2019-03-01"), determined="2018-06-01")

    assert dossier.as_known(date(2019, 2, 1)).listings[0].removed is None
    assert dossier.as_known(date(2019, 3, 1)).listings[0].removed == date(2019, 1, 1)
    assert dossier.as_known(None).listings[0].removed == date(2019, 1, 1)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_has_its_chinese_name(kind: EventKind) -> None:
    """Whatever can happen may be written in either language."""
    assert event_kind(kind.value) is kind
    assert event_kind(EVENT_NAMES[kind].zh) is kind
    assert re.search(r"[一-龥]", EVENT_NAMES[kind].zh)
    assert EVENT_NAMES[kind].en.isascii()


def test_no_word_stands_for_two_kinds() -> None:
    """The names of kinds are all different."""
    assert len({name.zh for name in EVENT_NAMES.values()}) == len(EventKind)
    assert all(not word.isascii() for word in EVENT_WORDS)


@pytest.mark.parametrize("code", ORDER)
def test_what_is_out_of_order_is_a_warning_at_its_place(code: str) -> None:
    """The wrong example of a page has its warning and no other, and is read all the same."""
    notes = _notes(PAGES[code]["example"]["wrong"])

    assert {note.code for note in notes} == {code}
    assert {note.severity for note in notes} == {"warning"}
    assert all(note.span.line > 8 and note.excerpt for note in notes)


@pytest.mark.parametrize("code", ORDER)
def test_the_right_example_of_a_page_has_no_warning(code: str) -> None:
    """What a page calls right is in order."""
    assert _notes(PAGES[code]["example"]["right"]) == ()


@pytest.mark.parametrize("code", ORDER)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_texts_of_a_warning_leave_no_place_unfilled(code: str, lang: str) -> None:
    """Every word a page asks for is given."""
    for note in _notes(PAGES[code]["example"]["wrong"]):
        for text in (note.what(lang), note.why(lang), note.fix(lang)):
            assert text
            assert not re.search(r"\{[a-z_]+\}", text)


def test_an_event_about_somebody_unknown_is_an_error() -> None:
    """The wrong example of CR451 is refused, its right one is not."""
    page = PAGES["CR451"]["example"]

    with pytest.raises(FactsError) as caught:
        read_dossier_text(page["wrong"], CATALOGUE)
    assert [finding.code for finding in caught.value.findings] == ["CR451"]
    assert _notes(page["right"]) == ()


@pytest.mark.parametrize("code", ORDER)
def test_warnings_of_json_have_their_places_too(code: str) -> None:
    """A text that is read without positions is read again when there is something to say."""
    tree = yaml.load(PAGES[code]["example"]["wrong"], Loader=yaml.CSafeLoader)
    tree = json.loads(json.dumps(tree, default=str, ensure_ascii=False).replace('"true":', '"on":'))
    text = json.dumps(tree, ensure_ascii=False, indent=1)

    notes = read_dossier_text(text, CATALOGUE, "dossier.json").notes

    assert {note.code for note in notes} == {code}
    assert all(note.span.line > 1 for note in notes)


def test_the_authority_may_be_written_with_or_without_its_place() -> None:
    """Half a name is the same body."""
    dossier = _read(
        _event("rectification_order", "2018-06-10", by="丹东市税务局"),
        authority="国家税务总局丹东市税务局",
        determined="2018-06-01",
    )

    assert dossier.notes == ()


def test_details_are_texts() -> None:
    """Whatever a duty may ask of an event is kept as a text, days and numbers included."""
    listing = _listing(
        _event("push", "2018-06-10", details={"measure": 9, "day": date(2018, 1, 2), "done": "是"}),
        determined="2018-06-01",
    )

    assert listing.events[0].details == {"measure": "9", "day": "2018-01-02", "done": "true"}
