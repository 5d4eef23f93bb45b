"""Policy, coverage: a report as plain data, as `schemas/coverage.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.policy.coverage.gaps import gaps_of, headline
from creditrules.policy.coverage.model import Branch, Coverage, Document, Item, Mark, share_of
from creditrules.policy.ready import CaseRef

SCHEMA = "creditrules/coverage/1"
Near = Callable[[str], str]


def to_json(coverage: Coverage, near: Near = str) -> str:
    """Return a report as one line of JSON; *near* names files as the reader knows them."""
    return json.dumps(to_data(coverage, near), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_data(coverage: Coverage, near: Near = str) -> dict[str, Any]:
    """Return a report as plain data; cases are told once, and named by their number."""
    writer = _Writer(near)
    documents = [writer.document(document) for document in coverage.documents]
    general = [writer.item(item) for item in coverage.general]
    gaps = writer.gaps(coverage.general)
    return {
        "schema": SCHEMA,
        "share": round(coverage.share, 1),
        "cases": coverage.cases,
        "failing": [writer.case(case) for case in coverage.failing],
        "documents": documents,
        "general": general,
        "general_gaps": gaps,
        "case_list": writer.case_list,
    }


class _Writer:
    def __init__(self, near: Near) -> None:
        self._near = near
        self._numbers: dict[CaseRef, int] = {}

    @property
    def case_list(self) -> list[dict[str, Any]]:
        return [
            {
                "file": self._near(case.file),
                "line": case.line,
                "name": case.name,
                "on": None if case.on is None else str(case.on),
            }
            for case in self._numbers
        ]

    def case(self, case: CaseRef) -> int:
        return self._numbers.setdefault(case, len(self._numbers))

    def document(self, document: Document) -> dict[str, Any]:
        measures = document.of("measure")
        return {
            "key": document.key,
            "doc_no": document.doc_no,
            "title": _text(document.title),
            "headline": _text(headline(document)),
            "share": round(share_of(document.items), 1),
            "cases": document.cases,
            "measures": {
                "total": len(measures),
                "positive": document.having("positive"),
                "negative": document.having("negative"),
                "without_case": [item.key for item in document.bare],
            },
            "items": [self.item(item) for item in document.items if item.mark is not Mark.IDLE],
            "gaps": self.gaps(document.items),
            **self._place(document.span),
        }

    def item(self, item: Item) -> dict[str, Any]:
        return {
            "kind": item.kind,
            "key": item.key,
            "measure": item.measure,
            "text": _text(item.text),
            "note": _text(item.note),
            "mark": item.mark.value,
            "branches": [self._branch(branch) for branch in item.branches],
            **self._place(item.span),
        }

    def gaps(self, items: Iterable[Item]) -> list[dict[str, Any]]:
        return [
            {
                "kind": gap.item.kind,
                "item": gap.item.key,
                "branch": gap.branch,
                "text": _text(gap.text),
                **self._place(gap.span),
            }
            for gap in gaps_of(tuple(items))
        ]

    def _branch(self, branch: Branch) -> dict[str, Any]:
        return {
            "name": branch.name,
            "covered": branch.is_covered,
            "cases": [self.case(case) for case in branch.cases],
            "seen": [self.case(case) for case in branch.seen],
        }

    def _place(self, span: Span | None) -> dict[str, Any]:
        if span is None:
            return {"file": None, "line": None}
        return {"file": self._near(span.file), "line": span.line}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text("zh"), "en": text("en")}
