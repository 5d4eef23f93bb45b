"""Policy: a file of examples as the rows of a workbook, from which reading makes the same file again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from creditrules.load.example_docs import ExampleDoc
from creditrules.load.example_sheet_columns import CASES, DUTIES, FILE, OTHER, PERIODS
from creditrules.load.example_sheet_scopes import names_in
from creditrules.load.example_sheet_words import EXPECTED, OTHERS, PROCEDURE
from creditrules.policy.sheet_dossiers import DossierRows
from creditrules.policy.sheet_english import with_english_keys
from creditrules.policy.sheet_rows import Rows, tree_of

_FILES = (".yaml", ".yml", ".json")
_OF_CASE = ("recalled", "given", "only")
_OF_STEP = ("on", "note", "known")


def rows_of(doc: ExampleDoc, lang: str, file: str = "") -> Rows:
    """Return the rows of every sheet.

    Raises:
        FactsError: CR477, a text is too long for a cell.
    """
    rows = Rows(lang, file)
    tree = with_english_keys(tree_of(doc))
    given = tree.get("given")
    head: dict[str, Any] = {key: tree[key] for key in ("examples", "about") if key in tree}
    rows.add(FILE, {**head, **({"given": given} if isinstance(given, str) else {})})
    if isinstance(given, dict):
        if given:
            DossierRows(rows, {}, ("given",), None).write(given)
        else:
            rows.rest({}, ("given",), {})
    named = _Named(rows)
    for number, case in enumerate(tree["cases"], 1):
        _case(case, str(number), named, given, rows)
    rows.of["rest"].sort(key=_place)
    return rows


def _place(row: dict[str, object]) -> tuple[object, ...]:
    """Sort what has no column by case, step, dossier and place, so that the order of keys changes nothing."""
    names = str(row.get("path", "")).split("/")
    path = [(0, int(n[1:]), "") if n.startswith("#") else (1, 0, n) for n in names]
    return (int(str(row.get("no", 0))), int(str(row.get("step", 0))), str(row.get("given", "")), path)


class _Named:
    """The dossiers that some cases have instead of the one of the file; the same one is written once."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.names: dict[str, str] = {}

    def name(self, given: dict[str, Any]) -> str:
        """Return the name of a dossier, and write it when it is a new one."""
        content = repr(given)
        if content not in self.names:
            self.names[content] = self._new(given)
            DossierRows(self.rows, {"given": self.names[content]}, (), None).write(given)
        return self.names[content]

    def _new(self, given: dict[str, Any]) -> str:
        """Return a name after the first subject."""
        subjects = given.get("subjects")
        first = subjects[0].get("id") if isinstance(subjects, list) and _is_mapping(subjects[:1]) else None
        plain = isinstance(first, str) and first.replace("_", "").replace("-", "").isalnum()
        base = str(first) if plain else ("dossier" if self.rows.lang == "en" else "档案")
        taken = set(self.names.values())
        return next(n for n in (base, *(f"{base}-{i}" for i in range(2, len(taken) + 3))) if n not in taken)


def _is_mapping(entries: list[Any]) -> bool:
    return len(entries) == 1 and isinstance(entries[0], dict)


def _case(case: dict[str, Any], no: str, named: _Named, shared: Any, rows: Rows) -> None:
    given = case.get("given", shared)
    of_case = {key: case[key] for key in _OF_CASE if key in case}
    if isinstance(case.get("given"), dict):
        of_case["given"] = named.name(case["given"])
    elif "given" in case and not case["given"].lower().endswith(_FILES):
        del of_case["given"]
        rows.rest({"no": no}, ("given",), case["given"])
    known = None if isinstance(given, str) else names_in(given)
    _change(case, {"no": no}, known, rows)
    timeline = "timeline" in case
    lead = {"no": no, "name": case["name"], **of_case}
    for n, step in enumerate(case["timeline"] if timeline else (case,), 1):
        scope = {"no": no, **({"step": str(n)} if timeline else {})}
        if timeline:
            _change(step, scope, known, rows)
        _step(step, {**lead, **scope}, scope, rows)
        lead = {"no": no}
    for key, period in case.get("parameters", {}).items():
        rows.add(PERIODS, {"no": no, "key": key, **period})


def _change(
    holder: dict[str, Any], scope: dict[str, str], known: dict[str, set[str]] | None, rows: Rows
) -> None:
    if "change" in holder:
        DossierRows(rows, scope, ("change",), known).write(holder["change"])
        for subject, listings in names_in(holder["change"]).items():
            if known is not None:
                known.setdefault(subject, set()).update(listings)


def _step(step: dict[str, Any], lead: dict[str, Any], scope: dict[str, str], rows: Rows) -> None:
    """Write the rows of one day; the first expectation stands in the row that names the day."""
    for key in _OF_STEP:
        if key in step and rows.cells(CASES, {key: step[key]}) is not None:
            lead[key] = step[key]
        elif key in step:
            rows.rest(scope, (key,), step[key])
    expect = step["expect"]
    if "nothing_else" in expect:
        lead["nothing_else"] = expect["nothing_else"]
    entries = []
    for kind, n, entry in _entries(expect, EXPECTED):
        if rows.cells(CASES, entry) is None:
            rows.rest(scope, ("expect", kind, n), entry)
        else:
            entries.append({"expect": kind, **entry})
    first, *others = entries or [{}]
    rows.add(CASES, {**lead, **first})
    for entry in others:
        rows.add(CASES, {**scope, **entry})
    for sheet, kinds in ((OTHER, OTHERS), (DUTIES, PROCEDURE)):
        for kind, n, entry in _entries(expect, kinds):
            row = {("key" if key in ("duty", "way") else key): value for key, value in entry.items()}
            if not rows.add(sheet, {**scope, "expect": kind, **row}):
                rows.rest(scope, ("expect", kind, n), entry)


def _entries(expect: dict[str, Any], kinds: Any) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for kind in kinds:
        if kind == "status":
            for n, (listing, status) in enumerate(expect.get(kind, {}).items()):
                yield kind, n, {"listing": listing, "status": status}
        else:
            for n, entry in enumerate(expect.get(kind, ())):
                yield kind, n, _plain(entry)


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    # Closed words are texts with a class of their own.
    return {key: str(value) if isinstance(value, str) else value for key, value in entry.items()}
