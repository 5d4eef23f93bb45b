"""What a program may hand over, and which reader a text is given to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from creditrules.errors import FactsError
from creditrules.load.dossier import read_dossier, read_dossier_text
from creditrules.load.dossier_problems import Problems
from creditrules.load.dossier_values import plain_values
from creditrules.load.yaml_tree import Limits
from tests.support.catalogue import small_catalogue

CATALOGUE = small_catalogue()
FIRM = {"id": "a", "kind": "enterprise", "name": "虚构"}
JSON = '{"subjects": [{"id": "a", "kind": "enterprise", "name": "虚构"}]}'


class Kind(StrEnum):
    """A program's own words."""

    FIRM = "enterprise"


def found_in(source: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """Return code and path of everything found in a mapping."""
    with pytest.raises(FactsError) as caught:
        read_dossier(source, CATALOGUE)
    return [(finding.code, finding.span.file.removeprefix("dossier: ")) for finding in caught.value.findings]


def found_in_text(text: str | bytes, file: str = "d") -> list[str]:
    """Return the codes of everything found in a text."""
    with pytest.raises(FactsError) as caught:
        read_dossier_text(text, CATALOGUE, file)
    return [finding.code for finding in caught.value.findings]


@pytest.mark.parametrize(
    "value",
    [b"x", {1}, object(), datetime(2018, 6, 1, 12), float("nan"), float("inf"), Decimal("nan"), 10**40],
)
def test_what_no_file_could_hold_is_found_at_its_path(value: object) -> None:
    """Bytes, sets, objects, instants and numbers without end are no part of a dossier."""
    listing = {"id": "L", "list": "失信被执行人", "determined": value}

    assert found_in({"subjects": [FIRM | {"listings": [listing]}]}) == [
        ("CR444", "subjects[0].listings[0].determined")
    ]


def test_keys_are_texts() -> None:
    """A number, a yes or nothing is no key, and no reason to skip the rest."""
    assert found_in({"subjects": [FIRM | {True: date(2018, 6, 1), "x": 1}]}) == [
        ("CR443", "subjects[0]"),
        ("CR403", "subjects[0].x"),
    ]


def test_hidden_characters_are_found_in_mappings_too() -> None:
    """A mark that turns the reading direction is no part of a name."""
    assert found_in({"subjects": [FIRM | {"name": "虚构\u202e公司"}]}) == [("CR112", "subjects[0].name")]


def test_a_mapping_without_end_is_a_finding() -> None:
    """A mapping that contains itself, or repeats itself beyond all measure, is left alone."""
    endless: dict[str, Any] = {}
    endless["subjects"] = [endless]
    wide: list[Any] = []
    for _ in range(30):
        wide = [wide, wide]

    assert [code for code, _ in found_in(endless)] == ["CR103"]
    assert [code for code, _ in found_in({"subjects": wide})] == ["CR116"]


def test_the_limits_are_counted_exactly() -> None:
    """As many values and as much depth as the limit allows are allowed."""
    problems = Problems()

    assert plain_values({"a": [1]}, problems, Limits(depth=2, nodes=3)) == {"a": [1]}
    assert problems == []
    plain_values({"a": [1]}, problems, Limits(depth=1, nodes=3))
    plain_values({"a": [1]}, problems, Limits(depth=2, nodes=2))
    assert [problem.code for problem in problems] == ["CR103", "CR116"]


def test_words_of_a_program_count_as_their_text() -> None:
    """A member of a text enumeration is the text."""
    assert read_dossier({"subjects": [FIRM | {"kind": Kind.FIRM}]}, CATALOGUE) == read_dossier_text(
        JSON, CATALOGUE
    )


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        JSON.encode(),
        "\ufeff" + JSON,
        b"\xef\xbb\xbf" + JSON.encode(),
        "\n\t " + JSON,
        JSON.replace(": ", ":\n\t"),
        JSON.replace("虚构", "\\u865a\\u6784"),
        JSON.replace('"', ""),
        JSON.replace('"', "'"),
        JSON.replace("{", "# 注\n{", 1),
    ],
)
def test_json_and_yaml_in_braces_are_told_apart(text: str | bytes) -> None:
    """JSON however it is laid out, and YAML with braces, are the same dossier."""
    assert read_dossier_text(text, CATALOGUE) == read_dossier({"subjects": [FIRM]}, CATALOGUE)


def test_a_backslash_in_a_name_is_only_a_backslash() -> None:
    """What looks like an escape after reading costs a second look and nothing else."""
    text = JSON.replace("虚构", r"\\b\\u0001")

    assert read_dossier_text(text, CATALOGUE).subjects["a"].name == r"\b\u0001"


@pytest.mark.parametrize(
    ("text", "file", "code"),
    [
        (JSON[:-1], "d.json", "CR401"),
        (JSON[:-1], "d.JSON", "CR401"),
        (JSON[:-1], "d.yaml", "CR101"),
        (JSON.replace('"id"', '"id": "b", "id"'), "d", "CR105"),
        (JSON.replace("虚构", "\\u0000"), "d", "CR112"),
        (JSON.replace("虚构", "\\ud800"), "d", "CR112"),
        (JSON.encode("utf-16"), "d.json", "CR100"),
        (JSON.encode("gb18030"), "d.json", "CR100"),
        (" " * (5 * 1024 * 1024) + JSON, "d.json", "CR102"),
        ("[]", "d.json", "CR400"),
        ("null", "d.json", "CR111"),
        ("虚构", "d.yaml", "CR400"),
    ],
)
def test_what_is_wrong_with_a_text_is_found(text: str | bytes, file: str, code: str) -> None:
    """Encoding, size, syntax and repeated keys are findings of the same error."""
    assert found_in_text(text, file) == [code]


def test_a_json_text_with_findings_has_their_places() -> None:
    """The quick reading knows no places; what it finds is looked up."""
    text = '{"subjects": [\n  {"id": "a", "kind": "enterprise", "name": "虚构", "region": "2106"}]}'

    with pytest.raises(FactsError) as caught:
        read_dossier_text(text, CATALOGUE, "stream.jsonl")

    (finding,) = caught.value.findings
    assert str(finding.span) == "stream.jsonl:2:61"
    assert finding.excerpt == text.splitlines()[1]


@pytest.mark.parametrize(
    "day", ["0000-01-01", "10000-01-01", "2018-02-29", "2018-6-1", "2018-06-01T00:00:00", "20180601"]
)
def test_only_days_of_the_calendar_are_days(day: str) -> None:
    """The years 0 and 10000, the 29th of a short February and other ways of writing are refused."""
    listing = {"id": "L", "list": "失信被执行人", "determined": day}

    assert found_in({"subjects": [FIRM | {"listings": [listing]}]}) == [
        ("CR406", "subjects[0].listings[0].determined")
    ]


def test_a_day_of_recording_may_lie_in_the_future() -> None:
    """The library has no clock: what was recorded when is the caller's to say."""
    facts = {"tax.cases": {"value": 1, "recorded": "9999-12-31"}}

    assert read_dossier({"subjects": [FIRM | {"facts": facts}]}, CATALOGUE).subjects["a"].facts


@pytest.mark.parametrize(("field", "value"), [("name", " "), ("name", None), ("id", ["a"]), ("code", True)])
def test_names_are_texts_that_are_not_empty(field: str, value: object) -> None:
    """A blank, nothing, a list or a yes is no name."""
    assert found_in({"subjects": [FIRM | {field: value}]}) == [("CR405", f"subjects[0].{field}")]


def test_numbers_without_quotes_are_read_as_they_stand() -> None:
    """YAML reads an unquoted code as a number; its digits are kept."""
    text = (
        "subjects: [{id: a, kind: natural_person, name: 虚构, id_number: 440524188001010014, region: 210681}]"
    )

    subject = read_dossier_text(text, CATALOGUE).subjects["a"]

    assert (subject.id_number, subject.region) == ("440524188001010014", "210681")


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("tax.arrears", 2**53 // 100, 2**53 // 100 * 100),
        ("tax.arrears", "-0.01", -1),
        ("tax.arrears", 1e3, 100000),
        ("tax.cases", 2**53, 2**53),
        ("holding.share", 33.33, 3333),
        ("tax.arrears_unsecured", "是", True),
        ("tax.arrears_unsecured", "否", False),
        ("holding.name", " 虚构 ", " 虚构 "),
    ],
)
def test_values_take_the_form_engines_compare(fact: str, value: object, expected: object) -> None:
    """Money is fen, a share is hundredths of a per cent, a yes is a yes."""
    dossier = read_dossier({"subjects": [FIRM | {"facts": {fact: value}}]}, CATALOGUE)

    (entry,) = dossier.subjects["a"].facts[fact]
    assert (entry.value, type(entry.value)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("tax.arrears", 2**53 // 100 + 1, "CR427"),
        ("tax.arrears", Decimal("1e999999"), "CR427"),
        ("tax.arrears", "1,000", "CR424"),
        ("tax.arrears", True, "CR424"),
        ("tax.arrears", "1" * 50, "CR424"),
        ("tax.arrears", 0.001, "CR426"),
        ("tax.cases", -(2**53) - 1, "CR427"),
        ("tax.cases", 1.0, "CR424"),
        ("tax.cases", "1", "CR424"),
        ("tax.arrears_unsecured", 0, "CR424"),
        ("holding.name", 5, "CR424"),
        ("tax.cases", [[1]], "CR424"),
        ("tax.cases", {"value": {"value": 1}}, "CR424"),
        ("tax.cases", {}, "CR404"),
    ],
)
def test_values_of_another_kind_are_refused(fact: str, value: object, code: str) -> None:
    """Nothing is rounded, and nothing is taken for what it is not."""
    assert [found for found, _ in found_in({"subjects": [FIRM | {"facts": {fact: value}}]})] == [code]


@pytest.mark.parametrize(
    "entries",
    [
        [{"value": 1, "until": "2018-01-01"}, {"value": 2, "since": "2018-01-01"}],
        [{"value": 1}, {"value": 1, "since": "2018-01-01"}, {"value": 2, "since": "2020-01-01"}],
        [
            {"value": 1, "since": "2018-01-01", "until": "2018-12-31"},
            {"value": 1, "since": "2018-02-01", "until": "2018-02-28"},
            {"value": 2, "since": "2018-03-01", "until": "2018-03-31"},
        ],
        [{"value": 1, "recorded": "2018-01-01"}, {"value": 2, "recorded": "2018-01-01"}],
    ],
)
def test_two_values_on_one_day_are_a_contradiction(entries: list[dict[str, object]]) -> None:
    """Entries recorded together that overlap and differ are found, wherever they stand."""
    assert [code for code, _ in found_in({"subjects": [FIRM | {"facts": {"tax.cases": entries}}]})] == [
        "CR428"
    ]
    assert [code for code, _ in found_in({"subjects": [FIRM | {"facts": {"tax.cases": entries[::-1]}}]})] == [
        "CR428"
    ]


@pytest.mark.parametrize(
    "entries",
    [
        [{"value": 1, "until": "2017-12-31"}, {"value": 2, "since": "2018-01-01"}],
        [{"value": 1}, {"value": 1}],
        [{"value": 1}, {"value": 2, "recorded": "2018-01-01"}],
    ],
)
def test_corrections_and_successions_are_no_contradiction(entries: list[dict[str, object]]) -> None:
    """One after the other, twice the same, or recorded later: nothing contradicts anything."""
    facts = (
        read_dossier({"subjects": [FIRM | {"facts": {"tax.cases": entries}}]}, CATALOGUE).subjects["a"].facts
    )

    assert len(facts["tax.cases"]) == 2
