"""What a run over mutants says, in words and as data."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from creditrules.cli._mutation_page import print_report
from creditrules.deliver.table import console_for
from creditrules.policy.mutation.data import to_data, to_json
from creditrules.policy.mutation.run import mutate
from creditrules.policy.mutation.verdict import Report
from tests.support.bench import bench_catalogue, bench_examples, bench_memorandum

SCHEMA = Path(__file__).parents[4] / "schemas" / "mutation.schema.json"


@pytest.fixture(scope="module")
def report() -> Report:
    """Return the report of the bench memorandum."""
    return mutate(bench_catalogue(), "bench", bench_examples())


def printed(report: Report, lang: str) -> str:
    """Return a report as it is written into a file."""
    file = io.StringIO()
    print_report(report, bench_memorandum(), console_for(file, width=120), lang)
    return file.getvalue()


def test_the_data_is_what_the_schema_says(report: Report) -> None:
    """Programs that read the report can rely on its published form."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)

    errors = list(
        Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(
            to_data(report, bench_memorandum())
        )
    )

    assert errors == []


def test_the_schema_refuses_what_it_does_not_know(report: Report) -> None:
    """It is closed: a field nobody described is an error."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    data = to_data(report, bench_memorandum()) | {"more": 1}

    assert not Draft202012Validator(schema).is_valid(data)


def test_the_same_run_gives_the_same_bytes(report: Report) -> None:
    """How long a run took is no part of its answer."""
    again = mutate(bench_catalogue(), "bench", bench_examples())

    assert to_json(report, bench_memorandum()) == to_json(again, bench_memorandum())


def test_what_nobody_noticed_is_told_in_plain_words_with_its_place(report: Report) -> None:
    """The sentence, the line of the rule, the case and the line to add stand together."""
    said = printed(report, "en")

    assert (
        "no example fails when measure 2 is no longer carried out by 国务院  memoranda/bench.yaml:32" in said
    )
    assert 'actions: [{measure: "2", against: jia, unit: 国务院, matter: exit}]' in said


def test_the_report_speaks_chinese(report: Report) -> None:
    """Every line is in the language that was asked for."""
    said = printed(report, "zh")

    assert "没有案例会因此失败：第2项不再由国务院办理" in said
    assert "任何一日都不改变决定所说的内容（1）" in said
    assert "在所有案例的决定之日都不起作用（2）" in said


def test_a_report_without_cases_says_so() -> None:
    """A run past nothing is not one in which all is well."""
    nothing = mutate(bench_catalogue(), "bench", [], operators=["drop_unit"])

    assert "no example touches this document" in printed(nothing, "en")
