"""Deliver: findings as SARIF 2.1.0, the form in which code hosts show what a checker found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from creditrules import __version__
from creditrules.deliver.findings import said
from creditrules.errors import Finding, finding_texts

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(findings: Iterable[Finding], lang: str = "en") -> str:
    """Return findings as one line of SARIF, with the pages of their codes as rules."""
    found = tuple(findings)
    codes = sorted({finding.code for finding in found})
    data = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "creditrules",
                        "version": __version__,
                        "rules": [_rule(code, lang) for code in codes],
                    }
                },
                # Columns are counted in characters here, also beyond the basic plane.
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes, lang) for finding in found],
            }
        ],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rule(code: str, lang: str) -> dict[str, Any]:
    page = finding_texts().get(code)
    if page is None:
        return {"id": code}
    return {"id": code, "shortDescription": {"text": " ".join(str(page["title"][lang]).split())}}


def _result(finding: Finding, codes: list[str], lang: str) -> dict[str, Any]:
    parts = (finding.what(lang), finding.why(lang), finding.fix(lang))
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": "\n".join(said(part) for part in parts)},
    }
    span = finding.span
    if span.file:
        region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.end_column}
        file = {"artifactLocation": {"uri": span.file.replace("\\", "/")}, "region": region}
        result["locations"] = [{"physicalLocation": file}]
    return result
