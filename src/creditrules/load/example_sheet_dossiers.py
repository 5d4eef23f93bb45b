"""Load: from the rows of a workbook to dossiers, and to the changes that cases and steps make in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from creditrules.load.example_sheet_columns import BELOW_LISTING
from creditrules.load.example_sheet_parts import FACTS, ROLES
from creditrules.load.example_sheet_places import VALUE, Scope, report_nowhere
from creditrules.load.example_sheet_rows import Book, Row
from creditrules.load.example_sheet_shape import Sheet

_LEADING = ("no", "step", "given", "subject", "listing")


class Dossier:
    """What the rows of one dossier, or of one change, make: subjects and their listings by their names."""

    def __init__(self, scope: Scope, known: dict[str, set[str]] | None, is_change: bool) -> None:
        self.scope = scope
        # The listings of each subject of the dossier that is changed; None: it stands in another file.
        self.known = known
        self.is_change = is_change
        self.subjects: dict[str, Scope] = {}
        self.listings: dict[tuple[str, str], Scope] = {}

    def subject(self, row: Row, column: str, book: Book) -> Scope | None:
        """Return the subject a row speaks of; a change may speak of one that the dossier names."""
        name = row.get(column)
        if name is None:
            if column not in row.spans:
                book.add("CR474", row.span, name="主体 / subject", **VALUE)
            return None
        if name not in self.subjects:
            if not self.is_change or (self.known is not None and name not in self.known):
                known = [*self.subjects, *(self.known or {})]
                report_nowhere(book, row, column, ("subject", "主体"), known, "主体 / subjects")
                return None
            self.add_subject(row, name)
        return self.subjects[name]

    def add_subject(self, row: Row, name: str) -> Scope:
        """Begin the entry of a subject."""
        self.scope.append(row, ("subjects",), {}, ())
        entries = self.scope.tree["subjects"]
        entries[-1]["id"] = name
        path = (*self.scope.path, "subjects", len(entries) - 1)
        self.subjects[name] = Scope(path, entries[-1], self.scope.places)
        return self.subjects[name]

    def listing(self, row: Row, subject: Scope, book: Book) -> Scope | None:
        """Return the listing a row speaks of; `L1#2` is the second version of L1."""
        who, name = subject.tree["id"], row.get("listing")
        if (who, name) not in self.listings:
            there = None if self.known is None else self.known.get(who, set())
            if not self.is_change or (there is not None and name not in there):
                known = [each for holder, each in self.listings if holder == who]
                known += there or ()
                report_nowhere(book, row, "listing", ("listing", "列入"), known, "列入 / listings")
                return None
            self.add_listing(row, subject, name)
        return self.listings[who, name]

    def add_listing(self, row: Row, subject: Scope, name: str) -> Scope:
        """Begin the entry of a listing; one more of the same name is a further version of it."""
        subject.append(row, ("listings",), {"id": name}, ("id" if "id" in row else "listing",))
        entries = subject.tree["listings"]
        scope = Scope((*subject.path, "listings", len(entries) - 1), entries[-1], subject.places)
        versions = sum(entry["id"] == name for entry in entries)
        token = name if versions == 1 else f"{name}#{versions}"
        self.listings[subject.tree["id"], token] = scope
        return scope


def fill_dossier(dossier: Dossier, rows: dict[str, list[Row]], book: Book) -> None:
    """Put the rows of one dossier, or of one change, into its tree."""
    for row in rows.get("subjects", ()):
        name = row.get("id")
        if name is None:
            if "id" not in row.spans:
                book.add("CR474", row.span, name="编号 / id", **VALUE)
        elif name in dossier.subjects:
            first = dossier.scope.places.span((*dossier.subjects[name].path, "id"))
            book.add("CR475", row.at("id"), name=name, first=first.cell, **VALUE)
        else:
            scope = dossier.add_subject(row, name)
            for key in _keys(row):
                scope.set(row, (key,), key)
    for row in rows.get("roles", ()):
        subject = dossier.subject(row, "subject", book)
        if subject is not None:
            _append(row, subject, ROLES)
    for row in rows.get("listings", ()):
        _fill_listing(row, dossier, book)
    for sheet in BELOW_LISTING:
        for row in rows.get(sheet.key, ()):
            listing = _listing_of(row, dossier, book)
            if listing is not None:
                _append(row, listing, sheet)
    _fill_facts(rows.get("facts", []), dossier, book)


def _append(row: Row, holder: Scope, sheet: Sheet) -> None:
    """Add an entry to a list; nothing but （无） in the first column says that the list is empty."""
    keys = list(_keys(row))
    if keys == [first_column(sheet)] and row.get(keys[0]) is None:
        holder.tree.setdefault(sheet.key, [])
        holder.places.put((*holder.path, sheet.key), row.at(keys[0]))
        return
    holder.append(row, (sheet.key,), {key: row.get(key) for key in keys}, keys)


def first_column(sheet: Sheet) -> str:
    """Return the first column of a list that is about the entry itself."""
    return next(column.key for column in sheet.columns if column.key not in _LEADING)


def _keys(row: Row) -> Iterator[str]:
    return (key for key in row.values if key not in _LEADING)


def _fill_listing(row: Row, dossier: Dossier, book: Book) -> None:
    subject = dossier.subject(row, "subject", book)
    if "id" not in row:
        if "id" not in row.spans:
            book.add("CR474", row.span, name="编号 / id", **VALUE)
        return
    if subject is None:
        return
    if "conduct" in row and ("conduct.since" in row or "conduct.until" in row):
        book.add(
            "CR475",
            row.at("conduct"),
            name=str(row.get("conduct")),
            first=row.at("conduct.since").cell,
            **VALUE,
        )
        return
    scope = dossier.add_listing(row, subject, row.get("id"))
    for key in _keys(row):
        scope.set(row, tuple(key.split(".")), key)


def _listing_of(row: Row, dossier: Dossier, book: Book) -> Scope | None:
    subject = dossier.subject(row, "subject", book)
    if subject is not None and "listing" not in row:
        if "listing" not in row.spans:
            book.add("CR474", row.span, name="列入 / listing", **VALUE)
        return None
    return dossier.listing(row, subject, book) if subject is not None else None


def _fill_facts(rows: list[Row], dossier: Dossier, book: Book) -> None:
    """Put the rows of facts together: several rows of one fact are its statements one by one."""
    stated: dict[tuple[int, str], tuple[Scope, list[Row]]] = {}
    for row in rows:
        holder = dossier.subject(row, "subject", book)
        if holder is not None and "listing" in row:
            holder = dossier.listing(row, holder, book)
        missing = [c for c in FACTS.columns if c.key in ("fact", "value") and c.key not in row.spans]
        for column in missing:
            book.add("CR474", row.span, name=f"{column.zh} / {column.en}", **VALUE)
        if holder is not None and "fact" in row and "value" in row:
            stated.setdefault((id(holder), row.get("fact")), (holder, []))[1].append(row)
    for (_, fact), (holder, of_fact) in stated.items():
        entries = [_statement(row) for row in of_fact]
        facts = holder.tree.setdefault("facts", {})
        facts[fact] = entries if len(entries) > 1 else entries[0]
        for n, row in enumerate(of_fact):
            path = (*holder.path, "facts", fact, *((n,) if len(entries) > 1 else ()))
            holder.places.put(path, row.at("value"))
            for key in _keys(row):
                holder.places.put((*path, key), row.at(key))


def _statement(row: Row) -> Any:
    entry = {key: row.get(key) for key in _keys(row) if key != "fact"}
    return entry if len(entry) > 1 else entry["value"]
