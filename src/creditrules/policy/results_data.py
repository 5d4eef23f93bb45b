"""Policy: the results of a run as plain data, for `--format json`."""

from __future__ import annotations

from typing import Any

from creditrules.deliver.findings import to_data
from creditrules.deliver.plain import shown
from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.policy.difference import Difference
from creditrules.policy.results import CaseResult, FileResult, RunResult

SCHEMA = "creditrules/test/1"


def result_data(result: RunResult) -> dict[str, Any]:
    """Return a run as plain data, with its texts in both languages."""
    return {
        "schema": SCHEMA,
        "passed": result.passed,
        "cases": result.cases,
        "failed": result.failed,
        "unread": result.unread,
        "left_out": result.left_out,
        "jobs": result.jobs,
        "seconds": round(result.seconds, 3),
        "files": [_file(file) for file in result.files],
    }


def _file(file: FileResult) -> dict[str, Any]:
    return {
        "file": shown(file.file),
        "passed": file.passed,
        "findings": to_data(file.findings),
        "cases": [_case(case) for case in file.cases],
    }


def _case(case: CaseResult) -> dict[str, Any]:
    return {
        "name": shown(case.name),
        "passed": case.passed,
        **_place(case.span),
        "seconds": round(case.seconds, 4),
        "differences": [_difference(difference) for difference in case.differences],
        "findings": to_data(case.findings),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "on": str(difference.on),
        **_place(difference.span),
        "text": _both(difference.text),
        "why": [_both(reason) for reason in difference.why],
    }


def _place(span: Span) -> dict[str, Any]:
    place: dict[str, Any] = {"file": shown(span.file), "line": span.line, "column": span.column}
    return place | ({"cell": shown(span.cell)} if span.cell else {})


def _both(text: Text) -> dict[str, str]:
    return {lang: shown(text(lang)) for lang in ("zh", "en")}
