"""Policy: lay the changes of one case over the dossier that the cases of a file share."""

from __future__ import annotations

from copy import deepcopy
from typing import Any


def laid_over(base: Any, change: Any) -> Any:
    """Return *base* with *change* laid over it; neither is altered.

    Mappings are merged key by key, a null takes a key away. Lists of entries with an `id` are merged entry by
    entry, new ones are added; any other list or value replaces what was there, and so does a list in which
    an `id` stands twice: two versions of one listing are a statement of their own.
    """
    if isinstance(change, dict):
        merged = deepcopy(base) if isinstance(base, dict) else {}
        for key, value in change.items():
            if value is None:
                merged.pop(key, None)
            else:
                merged[key] = laid_over(merged.get(key), value)
        return merged
    if _has_ids(base) and _has_ids(change):
        changes = {entry["id"]: entry for entry in change}
        known = {entry["id"] for entry in base}
        kept = [laid_over(entry, changes.get(entry["id"], {})) for entry in base]
        return kept + [laid_over(None, entry) for entry in change if entry["id"] not in known]
    return deepcopy(change)


def _has_ids(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(e, dict) and "id" in e for e in value):
        return False
    return len({entry["id"] for entry in value}) == len(value)
