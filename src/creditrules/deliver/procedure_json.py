"""Deliver: duties and ways out as plain data and as canonical JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from creditrules.deliver.json import plain
from creditrules.deliver.procedure_view import in_order
from creditrules.model.procedure import Duty, Proceedings

DUTIES = "creditrules/duties/1"
REPAIR = "creditrules/repair/1"


def duties_json(duties: Iterable[Duty], on: date) -> str:
    """Return duties as one line of JSON, the most pressing first."""
    return _line({"schema": DUTIES, "on": plain(on), "duties": [plain(d) for d in in_order(duties)]})


def repair_json(proceedings: Proceedings, on: date) -> str:
    """Return the ways out as one line of JSON."""
    data = plain(proceedings)
    return _line({"schema": REPAIR, "on": plain(on), "exits": data["exits"], "notes": data["notes"]})


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
