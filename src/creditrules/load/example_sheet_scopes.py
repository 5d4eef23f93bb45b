"""Load: which dossier a row of a workbook belongs to: the shared one, a named one, or a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creditrules.load.dossier_problems import Path
from creditrules.load.example_sheet_cases import Case, find_case, find_step
from creditrules.load.example_sheet_columns import BELOW_LISTING
from creditrules.load.example_sheet_dossiers import Dossier, fill_dossier
from creditrules.load.example_sheet_parts import FACTS, LISTINGS, ROLES, SUBJECTS
from creditrules.load.example_sheet_places import VALUE, Scope, report_nowhere
from creditrules.load.example_sheet_rows import Book, Row
from creditrules.load.example_sheet_texts import Misread
from creditrules.load.example_sheet_yaml import read_flow

_SHEETS = (SUBJECTS, ROLES, LISTINGS, *BELOW_LISTING, FACTS)
# A file, and not the name of a dossier of the workbook.
_FILES = (".yaml", ".yml", ".json")

# What a row is about: a case and perhaps a step of it, or the name of a dossier (empty: the shared one).
_Key = tuple[int, int | None] | str
_Rows = dict[_Key, dict[str, list[Row]]]


def fill_dossiers(book: Book, document: Scope, cases: list[Case]) -> None:
    """Fill the dossier that all cases share, those that some share, and what cases and steps change."""
    rows = _by_scope(book, cases)
    shared = _dossier(rows, "", Scope(("given",), {}, document.places), book)
    if isinstance(document.tree.get("given"), str):
        if "" in rows:
            first = next(iter(rows[""].values()))[0]
            at = document.places.span(("given",)).cell
            book.add("CR475", first.span, name=first.span.cell, first=at, **VALUE)
    elif "" in rows:
        document.tree["given"] = shared.tree
    _fill_rest(book, rows, "", document)
    named: dict[str, Scope] = {}
    for n, case in enumerate(cases):
        _give(case, n, rows, named, book, document)
    for name in rows:
        if isinstance(name, str) and name and name not in named:
            first = next(iter(rows[name].values()))[0]
            report_nowhere(
                book, first, "given", ("dossier of a case", "案例所用的档案"), list(named), "案例 / cases"
            )
    for n, case in enumerate(cases):
        _change(case, n, rows, book, document)


def _by_scope(book: Book, cases: list[Case]) -> _Rows:
    """Return the rows of the sheets about dossiers by what they are about, then by sheet."""
    rows: _Rows = {}
    for sheet in (*(s.key for s in _SHEETS), "rest"):
        for row in book.rows[sheet]:
            key: _Key | None = row.get("given") or ""
            if "no" in row.spans:
                key = _key(row, book, cases)
            if key is not None:
                rows.setdefault(key, {}).setdefault(sheet, []).append(row)
    return rows


def _key(row: Row, book: Book, cases: list[Case]) -> _Key | None:
    case = find_case(row, book, cases)
    if case is None:
        return None
    if "step" not in row.spans:
        return cases.index(case), None
    step = find_step(row, book, case)
    return None if step is None else (cases.index(case), case.steps.index(step))


def _dossier(rows: _Rows, key: _Key, scope: Scope, book: Book) -> Scope:
    fill_dossier(Dossier(scope, None, False), rows.get(key, {}), book)
    return scope


def _give(case: Case, number: int, rows: _Rows, named: dict[str, Scope], book: Book, document: Scope) -> None:
    """Put the dossier that a case names into its place; cases that name the same have the same."""
    name = case.scope.tree.get("given")
    if not isinstance(name, str) or name.lower().endswith(_FILES):
        return
    if name not in rows:
        row = next(row for step in case.steps for row in step.rows if "given" in row)
        known = [key for key in rows if isinstance(key, str) and key]
        report_nowhere(book, row, "given", ("dossier", "档案"), known, "主体 / subjects")
        return
    if name not in named:
        named[name] = _dossier(rows, name, Scope(("dossiers", name), {}, document.places), book)
        _fill_rest(book, rows, name, named[name])
    case.scope.tree["given"] = named[name].tree
    document.places.shared["cases", number, "given"] = named[name].path


def _change(case: Case, number: int, rows: _Rows, book: Book, document: Scope) -> None:
    """Fill what a case changes in its dossier, and what each of its steps changes after it."""
    base = case.scope.tree.get("given", document.tree.get("given"))
    known = None if isinstance(base, str) else names_in(base)
    scopes: list[tuple[_Key, Scope]] = [((number, None), case.scope)]
    scopes += [((number, n), step.scope) for n, step in enumerate(case.steps) if step.scope is not case.scope]
    for key, holder in scopes:
        if any(sheet != "rest" for sheet in rows.get(key, ())):
            tree = holder.tree.setdefault("change", {})
            scope = Scope((*holder.path, "change"), tree, holder.places)
            fill_dossier(Dossier(scope, known, True), rows[key], book)
        _fill_rest(book, rows, key, holder)
        if known is not None:
            for subject, listings in names_in(holder.tree.get("change")).items():
                known.setdefault(subject, set()).update(listings)


def names_in(tree: Any) -> dict[str, set[str]]:
    """Return the names of the subjects of a dossier, each with those of its listings."""
    names: dict[str, set[str]] = {}
    for subject in _entries(tree, "subjects"):
        names.setdefault(subject["id"], set()).update(e["id"] for e in _entries(subject, "listings"))
    return names


def _entries(tree: Any, key: str) -> list[dict[str, Any]]:
    entries = tree.get(key) if isinstance(tree, dict) else None
    entries = entries if isinstance(entries, list) else []
    return [e for e in entries if isinstance(e, dict) and isinstance(e.get("id"), str)]


def _fill_rest(book: Book, rows: _Rows, key: _Key, scope: Scope) -> None:
    """Put what has no column of its own where its row says."""
    for row in rows.get(key, {}).get("rest", ()):
        if "value" not in row:
            if "value" not in row.spans:
                book.add("CR474", row.span, name="内容 / content", **VALUE)
            continue
        try:
            value = read_flow(str(row.get("value")))
        except ValueError:
            words = Misread("content").words
            book.add("CR477", row.at("value"), given=str(row.get("value")), column="内容 / content", **words)
            continue
        path = put_by(scope.tree, str(row.get("path") or ""), value)
        if path is None:
            report_nowhere(book, row, "path", ("place", "位置"), [], row.span.sheet)
        else:
            scope.places.put((*scope.path, *path), row.at("value"))


def put_by(tree: dict[str, Any], place: str, value: Any) -> Path | None:
    """Put a value at a place such as `subjects/heji/listings/L1/findings`; return its path, None for nowhere.

    An entry of a list is named by its `id` (`L1#2` is the second of that name) or by its number (`#0`); at
    the end of a place the number says where to insert. Other names are written as `written_place` does.
    """
    if not place:
        if isinstance(value, dict):
            tree.clear()
            tree.update(value)
            return ()
        return None
    path: list[str | int] = []
    held: Any = tree
    names = place.split("/")
    for written, following in zip(names, (*names[1:], None), strict=True):
        name = written if isinstance(held, list) else _unescaped(written)
        if isinstance(held, list):
            at = _number_in(held, name)
            if at is None or (at >= len(held) and following is not None):
                return None
            path.append(at)
            if following is None:
                held.insert(at, value)
            else:
                held = held[at]
        elif isinstance(held, dict):
            path.append(name)
            if following is None:
                held[name] = value
            else:
                held = held.setdefault(name, [] if following.startswith("#") else {})
        else:
            return None
    return tuple(path)


def written_place(path: Sequence[str | int]) -> str:
    """Return a path as a place: a slash in a name is `~1`, a tilde `~0`, a # before it `~2`, no name `~`."""
    return "/".join(f"#{name}" if isinstance(name, int) else _escaped(name) for name in path)


def _escaped(name: str) -> str:
    escaped = name.replace("~", "~0").replace("/", "~1")
    return f"~2{escaped[1:]}" if escaped.startswith("#") else escaped or "~"


def _unescaped(name: str) -> str:
    return "" if name == "~" else name.replace("~2", "#").replace("~1", "/").replace("~0", "~")


def _number_in(entries: Sequence[Any], name: str) -> int | None:
    if name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        return min(int(name[1:]), len(entries))
    label, _, version = name.partition("#")
    found = [n for n, entry in enumerate(entries) if isinstance(entry, dict) and entry.get("id") == label]
    at = int(version) - 1 if version.isascii() and version.isdigit() else 0
    return found[at] if 0 <= at < len(found) else None
