"""Policy: the keys of dossiers in English, whatever language a file of examples writes them in."""

from __future__ import annotations

from typing import Any

from creditrules.load.example_base import in_english


def with_english_keys(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a file of examples in which the keys of every dossier and every change are English.

    It says the same: which name a key has makes no difference. Keys that no dossier has stay as they are.
    """
    return _holder({**tree, "cases": [_holder(case) for case in tree["cases"]]})


def _holder(tree: dict[str, Any]) -> dict[str, Any]:
    made = dict(tree)
    for key in ("given", "change"):
        if isinstance(made.get(key), dict):
            made[key] = in_english(made[key])
    if "timeline" in made:
        made["timeline"] = [_holder(step) for step in made["timeline"]]
    return made
