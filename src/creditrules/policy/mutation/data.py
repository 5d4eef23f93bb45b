"""Policy, mutation: a report as plain data, as `schemas/mutation.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from creditrules.model.memorandum import Memorandum
from creditrules.model.text import Text
from creditrules.policy.mutation.verdict import Report, State, Verdict
from creditrules.policy.ready import CaseRef

SCHEMA = "creditrules/mutation/1"
Near = Callable[[str], str]


def to_json(report: Report, document: Memorandum, near: Near = str) -> str:
    """Return a report as one line of JSON; *near* names files as the reader knows them."""
    data = to_data(report, document, near)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_data(report: Report, document: Memorandum, near: Near = str) -> dict[str, Any]:
    """Return a report as plain data; how long it took is left out, so that the same run gives the same."""
    return {
        "schema": SCHEMA,
        "memorandum": report.memorandum,
        "doc_no": document.doc_no,
        "cases": report.cases,
        "failing": [_case(case, near) for case in report.failing],
        "made": report.made,
        "tried": len(report.verdicts),
        "counts": {state.value: len(report.of(state)) for state in State},
        "share": round(report.share, 1),
        "mutants": [_verdict(verdict, near) for verdict in report.verdicts],
    }


def _verdict(verdict: Verdict, near: Near) -> dict[str, Any]:
    return {
        "key": verdict.key,
        "operator": verdict.operator,
        "state": verdict.state.value,
        "said": _text(verdict.said),
        "measures": sorted(verdict.measures),
        "file": None if verdict.span is None else near(verdict.span.file),
        "line": None if verdict.span is None else verdict.span.line,
        "by": None if verdict.by is None else _case(verdict.by, near),
        "reached": None if verdict.reached is None else _case(verdict.reached, near),
        "add": verdict.add,
        "hint": _text(verdict.hint),
        "shows_on": None if verdict.shows_on is None else str(verdict.shows_on),
    }


def _case(case: CaseRef, near: Near) -> dict[str, Any]:
    on = None if case.on is None else str(case.on)
    return {"file": near(case.file), "line": case.line, "name": case.name, "on": on}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text("zh"), "en": text("en")}
