"""The page of all findings: `src/creditrules/texts/cr*.yaml` and the docstrings of `policy/checks/cr*.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from creditrules.errors import finding_texts

STAGES = {
    "1": "Documents (CR1xx)",
    "2": "Linking (CR2xx)",
    "3": "Checks of catalogues (CR3xx)",
    "4": "Facts and dossiers (CR4xx)",
    "5": "Engines, plug-ins and usage (CR5xx)",
    "6": "Letters (CR6xx)",
}


def page() -> str:
    """Return every code with what it says, why, how to mend it, and an example."""
    pages = finding_texts()
    parts: list[str] = []
    for digit, title in STAGES.items():
        codes = sorted(code for code in pages if code[2] == digit)
        if codes:
            parts.append(f"## {title}")
            parts += ["\n\n".join(_entry(code, pages[code])) for code in codes]
    return "\n\n".join(parts)


def _entry(code: str, text: Mapping[str, Any]) -> Iterator[str]:
    title = text["title"]
    yield f"### {code} {_flat(title['en'])} · {_flat(title['zh'])}"
    more = text.get("more") or {}
    yield f"{_cased(_marked(text['what']['en']))}."
    yield from _more(more, "what")
    yield f"*Why it matters:* {_marked(text['why']['en'])}."
    yield from _more(more, "why")
    yield f"*Instead:* {_marked(text['fix']['en'])}."
    yield from _more(more, "fix")
    for name, example in (text.get("example") or {}).items():
        yield f"{name}:\n\n```text\n{str(example).rstrip()}\n```"


def _more(more: Mapping[str, Any], part: str) -> Iterator[str]:
    """Yield what explains a clause, one sentence a line."""
    for paragraph in more.get(part, {}).get("en", "").split("\n\n"):
        if paragraph:
            yield re.sub(r"(?<=[.:]) (?=[A-Z])", "\n", _marked(paragraph) + ".")


def _flat(text: str) -> str:
    return " ".join(str(text).split())


def _marked(text: str) -> str:
    """Show the places that a finding fills as such, and leave out what is filled only for near misses."""
    flat = re.sub(r"\{(near|heading|other_heading)_\w+\}", "", _flat(text))
    return re.sub(r"\{(\w+)\}", r"‹\1›", flat).rstrip(".")


def _cased(text: str) -> str:
    return text[:1].upper() + text[1:]
