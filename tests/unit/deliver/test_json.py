"""A decision as JSON: canonical, complete, and as the published schema says."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator, FormatChecker

from creditrules.deliver.json import to_data, to_json
from creditrules.model.decision import Decision
from creditrules.model.procedure import DutyState, Force
from creditrules.model.status import Status
from creditrules.model.words import Checked, Direction, Discretion, Rank, Strength

from .procedures import PROCEEDINGS

SCHEMA = json.loads((Path(__file__).parents[3] / "schemas" / "decision.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def test_a_decision_is_as_the_schema_says(decision: Decision) -> None:
    """What is written validates, with and without reasons."""
    for reasons in (False, True):
        VALID.validate(json.loads(to_json(decision, reasons=reasons)))


def test_the_schema_is_a_schema() -> None:
    """The published file is valid JSON Schema 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


def _objects(schema: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield place, schema
        for key, part in schema.items():
            yield from _objects(part, f"{place}/{key}")
    elif isinstance(schema, list):
        for at, part in enumerate(schema):
            yield from _objects(part, f"{place}/{at}")


def test_the_schema_is_strict_about_every_object() -> None:
    """Nothing may be added, all but reasons and procedure is required, and every object is described."""
    for place, schema in _objects(SCHEMA):
        optional = set(schema["properties"]) - set(schema["required"])

        assert schema["additionalProperties"] is False, place
        assert optional <= {"reasons", "procedure"}, place
        assert schema["description"], place


def _places(data: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if isinstance(data, dict):
        yield place
    for key, part in items:
        yield from _places(part, (*place, key))


def test_leaving_out_or_adding_anything_is_refused(decision: Decision) -> None:
    """The schema notices a missing and a strange member in every object of a real output."""
    data = json.loads(to_json(decision, reasons=True, procedure=PROCEEDINGS))
    for place in _places(data):
        for change in ("add", *_at(data, place)):
            changed = copy.deepcopy(data)
            found = _at(changed, place)
            if change == "add":
                found["strange"] = 1
            else:
                del found[change]
            assert not VALID.is_valid(changed) or change in ("reasons", "procedure"), (place, change)


def _at(data: Any, place: tuple[str | int, ...]) -> Any:
    for key in place:
        data = data[key]
    return data


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("discretion", Discretion),
        ("checked", Checked),
        ("rank", Rank),
        ("basis/properties/strength", Strength),
        ("route/properties/direction", Direction),
        ("standing/properties/status", Status),
        ("duty/properties/state", DutyState),
        ("duty/properties/force", Force),
    ],
)
def test_the_schema_knows_the_words_of_the_model(path: str, words: Any) -> None:
    """A closed word of the model that the schema lacks would make a true output invalid."""
    assert _at(SCHEMA["$defs"], tuple(path.split("/")))["enum"] == [word.value for word in words]


def test_the_same_decision_gives_the_same_bytes(decision: Decision) -> None:
    """Writing twice, or after reading back, changes no byte."""
    once = to_json(decision, reasons=True)

    assert to_json(decision, reasons=True) == once
    again = json.dumps(json.loads(once), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == once


def test_characters_stand_as_they_are_on_one_line(decision: Decision) -> None:
    """Chinese is not escaped, and no line break gets into JSON lines."""
    text = to_json(decision)

    assert "丹东丰源虚构贸易有限公司" in text
    assert "\\u" not in text
    assert "\n" not in text


def test_days_texts_sets_and_words_have_one_form(decision: Decision) -> None:
    """Days are ISO, texts have both languages, sets are sorted, truth is a word."""
    data = to_data(decision, reasons=True)

    assert data["on"] == "2018-12-20"
    assert data["actions"][0]["notes"] == [{"zh": "并入两项", "en": "two merged"}]
    assert data["set_aside"][0]["lists"] == ["a", "b"]
    assert [c["truth"] for c in data["actions"][0]["reasons"]["children"]] == ["true", "unknown", "false"]


def test_reasons_are_there_only_when_asked_for(decision: Decision) -> None:
    """The tree of an action is an addition."""
    assert "reasons" not in to_data(decision)["actions"][0]
    assert to_data(decision, reasons=True)["actions"][0]["reasons"]["kind"] == "action"


def test_a_unit_sees_its_own_actions_under_their_numbers(decision: Decision) -> None:
    """Asking for one unit leaves the others out and renumbers nothing."""
    data = to_data(decision, unit="公安部")

    assert [action["number"] for action in data["actions"]] == ["A2"]
    assert [item["units"] for item in data["undetermined"]] == [["mps"]]
    assert to_data(decision, unit="丹东市财政局")["undetermined"] == []
    VALID.validate(data)


def test_a_day_of_knowledge_is_written(decision: Decision) -> None:
    """`known` is a day or null."""
    assert to_data(decision)["known"] is None
    assert to_data(evolve(decision, known=date(2018, 12, 1)))["known"] == "2018-12-01"
