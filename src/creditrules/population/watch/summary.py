"""Population, watch: what came of deciding again, in short."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from creditrules.deliver.words import Words
from creditrules.population.differences import CHANGES, RAISED, SETTLED
from creditrules.population.watch.redeciding import Redecided

if TYPE_CHECKING:
    from rich.console import Console


def counts(found: Redecided) -> Mapping[str, tuple[int, int]]:
    """Return by kind of change how many actions or questions there are, and of how many subjects."""
    tables = ((found.differences.actions, CHANGES), (found.differences.undetermined, (RAISED, SETTLED)))
    told: dict[str, tuple[int, int]] = {}
    for table, kinds in tables:
        for kind in kinds:
            rows = table.filter(table["change"].cast(str) == kind)
            told[kind] = (rows.height, rows["target"].n_unique())
    return told


def to_json(found: Redecided, folder: str | None) -> str:
    """Return the summary as one line of JSON."""
    who = found.affected
    data = {
        "folder": folder,
        "before": str(found.before),
        "on": str(found.on),
        "changed": {name: {"gone": gone, "come": come} for name, (gone, come) in found.changed.items()},
        "decided": found.decided,
        "because": {"rows": who.by_rows, "days": who.by_days, "rules": who.by_rules},
        "differences": {
            kind: {"rows": n, "subjects": subjects} for kind, (n, subjects) in counts(found).items()
        },
        "sampled": {"subjects": found.sampled.subjects, "rows": found.sampled.rows, "agree": True},
        "refused": found.refused.height,
        "answers": dict(found.written),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def print_summary(found: Redecided, folder: str | None, console: Console, words: Words) -> None:
    """Print which rows changed, who was decided again and why, and what differs."""
    from rich.table import Table

    def say(line: str) -> None:
        console.print(line, soft_wrap=True)

    console.print(words("redecide.title", before=found.before, day=found.on), style="bold")
    for name, (gone, come) in found.changed.items():
        say(words("redecide.changed", table=name, gone=f"{gone:,}", come=f"{come:,}"))
    if not found.changed:
        say(words("redecide.no_rows"))
    who = found.affected
    numbers = {"rows": who.by_rows, "days": who.by_days, "rules": who.by_rules, "decided": found.decided}
    say(words("redecide.affected", **{name: f"{n:,}" for name, n in numbers.items()}))
    table = Table(box=None, padding=(0, 2))
    table.add_column(words("impact.changes"))
    for head in ("impact.count", "impact.subjects"):
        table.add_column(words(head), justify="right")
    told = counts(found)
    for kind, (n, subjects) in told.items():
        if n:
            table.add_row(words(f"impact.change.{kind}"), f"{n:,}", f"{subjects:,}")
    if any(n for n, _ in told.values()):
        console.print(table)
    else:
        say(words("redecide.nothing"))
    if found.refused.height and folder is not None:
        file = f"{folder}/differences/rejects.parquet"
        say(words("redecide.refused", n=f"{found.refused.height:,}", file=file))
    said = "population.sampled" if found.sampled.subjects else "population.not_sampled"
    say(words(said, n=found.sampled.subjects, rows=found.sampled.rows))
    if folder is not None:
        say(words("redecide.written", folder=folder))
