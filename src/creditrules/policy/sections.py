"""Policy: the sections of an expectation while it is rewritten: entries that stay, and those added."""

from __future__ import annotations

from typing import Any

from creditrules.policy.yaml_edits import Entry

Raw = dict[str, Any]
Sections = dict[str, list[Entry]]


def add(sections: Sections, key: str, raw: Raw) -> None:
    """Add an entry to a section unless it is there."""
    entries = sections.setdefault(key, [])
    if all(entry.value != raw for entry in entries):
        entries.append(Entry(raw))


def put(sections: Sections, key: str, kept: list[Entry]) -> None:
    """Put the entries that stay before those that were added meanwhile."""
    if key in sections or kept:
        sections[key] = [*kept, *(e for e in sections.get(key, ()) if e.old is None)]


def written_in(sections: Sections, key: str) -> list[Entry]:
    """Return the entries of a section that come from the file."""
    return [entry for entry in sections.get(key, ()) if entry.old is not None]
