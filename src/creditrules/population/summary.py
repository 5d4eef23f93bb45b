"""Population: what came of a run, in short."""

from __future__ import annotations

import json
from collections import Counter

import polars as pl

from creditrules.population.run import Run


def reasons(run: Run) -> Counter[tuple[str, str]]:
    """Count the refused rows of a run by table and code."""
    refused = pl.read_parquet(run.folder / "rejects" / "*.parquet")
    counted = refused.group_by("table", "code").len().sort("table", "code")
    return Counter({(table, code): n for table, code, n in counted.rows()})


def to_json(run: Run) -> str:
    """Return the summary of a run as one line of JSON."""
    data = {
        "folder": str(run.folder),
        "chunks": run.chunks,
        "read": run.counts.to_dicts(),
        "answers": run.rows,
        "sampled": {"subjects": run.sampled.subjects, "rows": run.sampled.rows, "agree": True},
        "refused": [
            {"table": table, "code": code, "rows": n} for (table, code), n in sorted(reasons(run).items())
        ],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
