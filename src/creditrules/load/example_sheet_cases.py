"""Load: the cases of a workbook, day by day, with what they expect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field

from creditrules.load.example_sheet_places import VALUE, Scope, SheetPlaces, report_nowhere
from creditrules.load.example_sheet_rows import Book, Row
from creditrules.load.example_sheet_words import EXPECTED, Words
from creditrules.load.findings import near

# Columns that say what a case is, and what a day of it is; the others belong to one expectation.
_OF_CASE = ("recalled", "given", "only")
_OF_STEP = ("on", "note", "known", "nothing_else")
_LEADING = frozenset(("no", "name", "step", "expect", *_OF_CASE, *_OF_STEP))


@define
class Step:
    """The rows of one day of a case; `scope` is what they fill."""

    label: str
    rows: list[Row] = field(factory=list)
    scope: Scope = field(init=False)


@define
class Case:
    """The rows of one case, day by day."""

    row: Row
    label: str
    name: str
    steps: list[Step] = field(factory=list)
    scope: Scope = field(init=False)

    def step(self, name: str | None) -> Step | None:
        """Return a day by its number or its date; without a name the only one."""
        if name is None:
            return self.steps[0] if "timeline" not in self.scope.tree else None
        found = [s for s in self.steps if name == s.label]
        found = found or [s for s in self.steps if name == str(_first(s.rows, "on"))]
        return found[0] if len(found) == 1 and "timeline" in self.scope.tree else None


def cases_of(book: Book) -> Iterator[Case]:
    """Yield the cases, each with the rows from the one that names it to the next that names another."""
    case: Case | None = None
    labels: dict[str, Row] = {}
    for row in book.rows["cases"]:
        name, label = row.get("name"), row.get("no")
        same = case is not None and name in (None, case.name) and label in (None, case.label)
        if not same:
            if "name" not in row:
                if "name" not in row.spans:
                    book.add("CR474", row.span, name="案例 / case", **VALUE)
                continue
            if case is not None:
                yield case
            case = Case(row, label or "", name)
            if label is not None:
                first = labels.setdefault(label, row)
                if first is not row:
                    book.add("CR475", row.at("no"), name=label, first=first.at("no").cell, **VALUE)
        assert case is not None
        _add(row, case)
    if case is not None:
        yield case


def _add(row: Row, case: Case) -> None:
    """Add a row to the day it belongs to: a number or a date other than the last one begins a new day."""
    last = case.steps[-1] if case.steps else None
    step, day = row.get("step"), row.get("on")
    if last is not None and step is None:
        begun = day is not None and day != (_first(last.rows, "on") or day)
    else:
        begun = last is None or step != last.label
    if begun:
        case.steps.append(Step(step or str(len(case.steps) + 1)))
    case.steps[-1].rows.append(row)


def _first(rows: list[Row], key: str) -> Any:
    return next((row.get(key) for row in rows if key in row), None)


def case_tree(case: Case, number: int, places: SheetPlaces) -> dict[str, Any]:
    """Return what the rows of a case say of it, without its dossier."""
    path = ("cases", number)
    rows = [row for step in case.steps for row in step.rows]
    scope = case.scope = Scope(path, {}, places)
    places.put(path, case.row.span)
    scope.set(case.row, ("name",), "name")
    for key in _OF_CASE:
        _set_once(scope, rows, key)
    is_timeline = len(case.steps) > 1 or any("step" in row or "note" in row for row in rows)
    if is_timeline:
        scope.tree["timeline"] = []
    for n, step in enumerate(case.steps):
        step.scope = Scope((*path, "timeline", n), {}, places) if is_timeline else scope
        if is_timeline:
            scope.tree["timeline"].append(step.scope.tree)
            places.put(step.scope.path, step.rows[0].span)
        step.scope.tree["expect"] = {}
        for key in _OF_STEP:
            _set_once(step.scope, step.rows, key, ("expect", key) if key == "nothing_else" else (key,))
        for row in step.rows:
            _expect(row, step.scope, places.book)
    return scope.tree


def _set_once(scope: Scope, rows: list[Row], key: str, path: tuple[str, ...] = ()) -> None:
    stated = [row for row in rows if key in row]
    for row in stated[1:]:
        if row.get(key) != stated[0].get(key):
            book = scope.places.book
            book.add("CR475", row.at(key), name=str(row.get(key)), first=stated[0].at(key).cell, **VALUE)
    for row in stated[:1]:
        scope.set(row, path or (key,), key)


def _expect(row: Row, scope: Scope, book: Book) -> None:
    columns = [key for key in row.values if key not in _LEADING]
    kind = expected_kind(row, EXPECTED, book)
    if kind is not None:
        scope.append(row, ("expect", kind), {key: row.get(key) for key in columns}, columns)
    elif columns and "expect" not in row.spans:
        book.add("CR474", row.at(columns[0]), name="期望 / expect", **VALUE)


def expected_kind(row: Row, words: Words, book: Book) -> str | None:
    """Return what kind of expectation a row holds; report a word that is none."""
    word = row.get("expect")
    if word is None or word in words:
        return word if word is None else str(word)
    known = [name for names in words.values() for name in names]
    book.add(
        "CR473", row.at("expect"), name=str(word), kind_en="word", kind_zh="词", **near(str(word), known)
    )
    return None


def find_case(row: Row, book: Book, cases: list[Case]) -> Case | None:
    """Return the case a row speaks of, by its number or its name; report it when there is none."""
    name = row.get("no")
    if name is None:
        if "no" not in row.spans:
            book.add("CR474", row.span, name="案例 / case", **VALUE)
        return None
    found = [case for case in cases if name == case.label] or [case for case in cases if name == case.name]
    if not found:
        known = [word for case in cases for word in (case.label, case.name)]
        report_nowhere(book, row, "no", ("case", "案例"), known, "案例 / cases")
    return found[0] if found else None


def find_step(row: Row, book: Book, case: Case) -> Step | None:
    """Return the day of a case a row speaks of; report it when there is none."""
    step = case.step(row.get("step"))
    if step is None and ("step" in row or "step" not in row.spans):
        known = [s.label for s in case.steps]
        report_nowhere(book, row, "step", ("step of this case", "本案例的步骤"), known, "案例 / cases")
    return step
