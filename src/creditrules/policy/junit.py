"""Policy: the results of a run as JUnit XML, which build servers read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as xml

from creditrules.deliver.findings import for_people
from creditrules.deliver.plain import mask
from creditrules.policy.difference import Difference
from creditrules.policy.results import CaseResult, FileResult, RunResult
from creditrules.policy.said import words

# What XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(result: RunResult, lang: str = "en") -> bytes:
    """Return a run as JUnit XML: a suite for each file, a case for each case, with file and line."""
    root = xml.Element("testsuites", {"name": "creditrules", **_counts(result.files, result.seconds)})
    for file in result.files:
        suite = xml.SubElement(root, "testsuite", {"name": _fit(file.file), **_counts([file], file.seconds)})
        if file.findings:
            case = xml.SubElement(suite, "testcase", classname=_fit(file.file), name=_fit(file.file))
            case.attrib |= {"file": _fit(file.file), "line": str(file.findings[0].span.line)}
            _problem(case, "error", file.findings[0].what(lang), for_people(file.findings, lang))
        for each in file.cases:
            suite.append(_case(each, lang))
    xml.indent(root)
    made: bytes = xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _counts(files: Iterable[FileResult], seconds: float) -> dict[str, str]:
    found = list(files)
    cases = [case for file in found for case in file.cases]
    unread = sum(bool(file.findings) for file in found)
    return {
        "tests": str(len(cases) + unread),
        "failures": str(sum(bool(case.differences) for case in cases)),
        "errors": str(sum(bool(case.findings) for case in cases) + unread),
        "skipped": "0",
        "time": f"{seconds:.3f}",
    }


def _case(result: CaseResult, lang: str) -> xml.Element:
    case = xml.Element("testcase", classname=_fit(result.file), name=_fit(result.name))
    case.attrib |= {
        "file": _fit(result.file),
        "line": str(result.span.line),
        "time": f"{result.seconds:.3f}",
    }
    if result.findings:
        _problem(case, "error", result.findings[0].what(lang), for_people(result.findings, lang))
    elif result.differences:
        text = "\n".join(line for d in result.differences for line in difference_lines(d, lang))
        _problem(case, "failure", result.differences[0].text(lang), text)
    return case


def _problem(case: xml.Element, kind: str, message: str, text: str) -> None:
    problem = xml.SubElement(case, kind, message=_fit(message), type=kind)
    problem.text = _fit(text)


def difference_lines(difference: Difference, lang: str) -> list[str]:
    """Return a difference as lines: its place with its words, then the reasons."""
    lines = [f"{difference.span}: {difference.text(lang)}"]
    return lines + [f"    {words('page.why')(lang)}{reason(lang)}" for reason in difference.why]


def _fit(text: str) -> str:
    return mask(_FORBIDDEN.sub("\ufffd", text))
