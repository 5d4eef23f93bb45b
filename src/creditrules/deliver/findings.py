"""Deliver: findings, for people (with the place in the source), for editors (one line each) and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from creditrules.deliver.plain import clean, mask, shown, width, window
from creditrules.deliver.words import Words
from creditrules.errors import Finding, Span, finding_texts

SCHEMA = "creditrules/findings/1"
_GRAVITY = ("error", "warning", "note")


def for_people(findings: Iterable[Finding], lang: str = "en") -> str:
    """Return findings with source line, carets, why and fix; a blank line stands between two."""
    return "\n\n".join(_long(finding, Words(lang)) for finding in findings)


def by_file(findings: Iterable[Finding], lang: str = "en") -> str:
    """Return findings as `for_people` does, those of a file together below its name and their number."""
    words = Words(lang)
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.span.file, []).append(finding)
    parts = []
    for file, group in groups.items():
        head = words("finding.in_file", file=shown(file), summary=summary(group, lang))
        parts.append(f"{head}\n\n" * bool(file) + for_people(group, lang))
    return "\n\n".join(parts)


def by_code(findings: Iterable[Finding], lang: str = "en") -> str:
    """Count findings by code, the gravest first: one line a code, with its title."""
    words = Words(lang)
    counted = Counter((_GRAVITY.index(f.severity), f.code) for f in findings)
    lines = []
    for (gravity, code), number in sorted(counted.items()):
        title = said(finding_texts().get(code, {}).get("title", {}).get(lang, ""))
        severity = words(f"finding.{_GRAVITY[gravity]}")
        lines.append(f"  {number:>4} × {code} [{severity}] {title}")
    return "\n".join(lines)


def for_editors(findings: Iterable[Finding], lang: str = "en") -> str:
    """Return one `file:line:column: CODE what` a finding."""
    return "\n".join(_head(finding, Words(lang)) for finding in findings)


def to_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain data, with their texts in both languages."""
    return [_data(finding) for finding in findings]


def to_json(findings: Iterable[Finding]) -> str:
    """Return findings as one line of canonical JSON."""
    data = {"schema": SCHEMA, "findings": to_data(findings)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def summary(findings: Sequence[Finding], lang: str = "en") -> str:
    """Count findings by severity in one line."""
    words = Words(lang)
    counts = {s: sum(f.severity == s for f in findings) for s in _GRAVITY}
    parts = [
        words(f"finding.count_{severity}{'' if number == 1 else 's'}", n=number)
        for severity, number in counts.items()
        if number
    ]
    return words.joined(parts) or words("finding.none")


def _head(finding: Finding, words: Words) -> str:
    severity = "" if finding.severity == "error" else f" [{words(f'finding.{finding.severity}')}]"
    # A finding about the command line has no file.
    place = f"{shown(str(finding.span))}: " if finding.span.file else ""
    return f"{place}{finding.code}{severity} {said(finding.what(words.lang))}"


def _long(finding: Finding, words: Words) -> str:
    lines = [_head(finding, words), *_excerpt(finding)]
    for part, text in (("why", finding.why(words.lang)), ("fix", finding.fix(words.lang))):
        if text.strip() and text != finding.code:
            lines.append(f"  {words(f'finding.{part}')}{said(text)}")
    lines += [f"  {words('finding.see')}{shown(str(span))}" for span in finding.related]
    return "\n".join(lines)


def said(text: str) -> str:
    """Return a text of a finding in one line, without what a terminal would obey and what nobody may see."""
    return mask(clean(" ".join(text.split())))


def _excerpt(finding: Finding) -> list[str]:
    """Return the source line with carets below; they are placed by display width, not by characters."""
    line = finding.excerpt.splitlines()[0] if finding.excerpt.strip() else ""
    if not line:
        return []
    start = min(max(finding.span.column - 1, 0), len(line))
    end = min(max(finding.span.end_column - 1, start), len(line))
    if finding.span.cell:
        start, end = 0, len(line)
    line, start, end = window(shown(line), start, end)
    number = finding.span.cell.rpartition("!")[2] or (str(finding.span.line) if finding.span.file else "")
    gutter = " " * len(number)
    carets = "^" * max(1, width(line[start:end]))
    return [f"{gutter} |", f"{number} | {line}", f"{gutter} | {' ' * width(line[:start])}{carets}"]


def _data(finding: Finding) -> dict[str, Any]:
    both = {
        part: {lang: said(getattr(finding, part)(lang)) for lang in ("zh", "en")}
        for part in ("what", "why", "fix")
    }
    return {
        "code": finding.code,
        "severity": finding.severity,
        **_place(finding.span),
        **both,
        "excerpt": shown(finding.excerpt),
        "related": [_place(span) for span in finding.related],
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "file": shown(span.file),
        "line": span.line,
        "column": span.column,
        "end_column": span.end_column,
        **({"cell": shown(span.cell)} if span.cell else {}),
    }
