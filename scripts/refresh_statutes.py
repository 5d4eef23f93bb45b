"""Write rules/statutes.csv anew: the rows of a statute index whose titles the catalogue cites.

Usage: python scripts/refresh_statutes.py INDEX.csv

The index has the columns title, version_date, rank and last_article; more columns are left out. A title
counts as cited when it is the `law` of a basis anywhere in rules/ or memoranda/, without 《》 and without
中华人民共和国. A row without a day is left out: a text nobody can date proves no article of any day.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("title", "version_date", "rank", "last_article")


def cited(node: Any) -> Iterator[str]:
    """Yield every `law` in a tree, as the index writes titles."""
    if isinstance(node, dict):
        if isinstance(node.get("law"), str):
            yield node["law"].strip("《》").removeprefix("中华人民共和国")
        for value in node.values():
            yield from cited(value)
    elif isinstance(node, list):
        for value in node:
            yield from cited(value)


def main(index: Path) -> int:
    """Write the used part of *index* and say how many titles it has."""
    files = [path for folder in ("rules", "memoranda") for path in sorted((ROOT / folder).rglob("*.yaml"))]
    titles = {title for path in files for title in cited(yaml.safe_load(path.read_text(encoding="utf-8")))}
    with index.open(encoding="utf-8", newline="") as source:
        known = [row for row in csv.DictReader(source) if row["title"] in titles and row["version_date"]]
    rows = [{name: row[name] for name in COLUMNS} for row in known]
    rows.sort(key=lambda row: (row["title"], row["version_date"]))
    with (ROOT / "rules" / "statutes.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} versions of {len({row['title'] for row in rows})} statutes")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
