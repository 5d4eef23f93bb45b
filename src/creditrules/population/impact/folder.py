"""Population, impact: everything a report holds, as files in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from creditrules.policy.diff.changes import Change
from creditrules.population.impact.charts import write_charts
from creditrules.population.impact.data import to_json
from creditrules.population.impact.page import to_html
from creditrules.population.impact.report import Impact
from creditrules.population.impact.view import View
from creditrules.population.impact.workbook import write_workbook
from creditrules.population.writing import write_parquet, write_whole

TABLES = ("actions", "parts", "undetermined")


def write_all(
    folder: Path, found: Impact, view: View, changes: Iterable[Change] = ()
) -> tuple[list[str], bool]:
    """Write page, data, workbook, charts and the differences themselves; return the names of the files.

    The second value says whether charts could be drawn. Only the files of the differences name anybody.

    Raises:
        OSError: a file cannot be written; what was written before stays, each file whole.
    """
    files = []
    texts = {"impact.html": to_html(view, changes), "impact.json": to_json(found) + "\n"}
    for name, text in texts.items():
        data = text.encode("utf-8")
        write_whole(folder / name, lambda draft, data=data: _written(draft, data))  # type: ignore[misc]
        files.append(name)
    if find_spec("openpyxl") is not None:
        write_workbook(folder / "impact.xlsx", view)
        files.append("impact.xlsx")
    charts = write_charts(view, folder)
    files += charts
    for name in TABLES:
        write_parquet(folder / "differences" / f"{name}.parquet", found.compared.differences[name].to_arrow())
    return [*files, "differences/"], bool(charts)


def _written(draft: Path, data: bytes) -> None:
    draft.write_bytes(data)
