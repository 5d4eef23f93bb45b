"""Policy: schemas as files, and the line by which a document names its schema to editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MODELINE = "# yaml-language-server: $schema="


def file_name(kind: str) -> str:
    """Return the name of the file of a schema."""
    return f"{kind}.schema.json"


def as_text(schema: Mapping[str, Any]) -> str:
    """Return a schema as it is written: one line for every key, Chinese as it is."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def shipped_folder() -> Path:
    """Return where the schemas of the shipped catalogue lie: in the package, or in a checkout beside it."""
    package = Path(__file__).parents[2]
    installed = package / "schemas"
    return installed if installed.is_dir() else package.parents[1] / "schemas"


def modeline(place: str) -> str:
    """Return the line that tells an editor where the schema of a document is."""
    return f"{MODELINE}{place}"
