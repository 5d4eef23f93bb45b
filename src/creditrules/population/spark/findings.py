"""Population, Spark: findings on their way home: what a worker finds is raised where the job was started."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from creditrules.errors import CreditRulesError, EngineError, FactsError, Finding, Span, UsageError

_MARK = "creditrules found: "
_KINDS = {kind.__name__: kind for kind in (EngineError, FactsError, UsageError)}
_LACKS = re.compile(r"ModuleNotFoundError: No module named '([^']+)'")


class FoundThere(RuntimeError):
    """What a worker raises in place of findings, which Spark would make into lines of text."""


@contextmanager
def told_home() -> Iterator[None]:
    """Let findings come home as findings.

    Raises:
        FoundThere: with the findings in its text.
    """
    try:
        yield
    except CreditRulesError as error:
        raise FoundThere(_MARK + _written(error)) from error


@contextmanager
def heard() -> Iterator[None]:
    """Raise the findings of workers here; other errors of Spark are its own.

    Raises:
        CreditRulesError: what a worker found; CR537, a worker lacks a package.
    """
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        found = findings_in(str(error))
        if found is None:
            raise
        raise found from None


def _written(error: CreditRulesError) -> str:
    findings = [[f.code, f.span.file, dict(f.words)] for f in error.findings]
    return json.dumps([type(error).__name__, findings])


def findings_in(said: str) -> CreditRulesError | None:
    """Return the findings in what Spark says of a failed task; None when there are none."""
    _, mark, rest = said.partition(_MARK)
    if mark:
        kind, findings = json.loads(rest.splitlines()[0])
        return _KINDS.get(kind, EngineError)(
            Finding(code, Span(file), words) for code, file, words in findings
        )
    lacks = _LACKS.search(said)
    return EngineError([Finding("CR537", Span("worker"), {"package": lacks[1]})]) if lacks else None
