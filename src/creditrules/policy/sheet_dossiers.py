"""Policy: a dossier, or what a case changes in it, as rows of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from creditrules.load.example_sheet_cells import encode
from creditrules.load.example_sheet_columns import BELOW_LISTING
from creditrules.load.example_sheet_dossiers import first_column
from creditrules.load.example_sheet_parts import FACTS, LISTINGS, ROLES, SUBJECTS
from creditrules.load.example_sheet_shape import Sheet
from creditrules.policy.sheet_rows import Rows

_LABEL = re.compile(r"[A-Za-z0-9_\-一-龥]{1,64}")
_LEADING = {"no", "step", "given", "subject", "listing"}
_LISTS = tuple(sheet.key for sheet in BELOW_LISTING)
# The sheets that speak of subjects, in the order in which they are read.
_BELOW_SUBJECT = (ROLES, LISTINGS, *BELOW_LISTING, FACTS)
_DATED = ("since", "until", "recorded", "source")

Names = Mapping[str, set[str]]


class DossierRows:
    """Writes one dossier into rows.

    `scope` says in their first columns what the rows are about, `prefix` where the dossier stands for what
    has no column; `known` are the subjects and listings that a change may speak of (None: any).
    """

    def __init__(
        self, rows: Rows, scope: dict[str, str], prefix: tuple[str, ...], known: Names | None
    ) -> None:
        self.rows = rows
        self.scope = scope
        self.prefix = prefix
        self.known = known

    def write(self, tree: dict[str, Any]) -> None:
        """Write a dossier whose keys are English, see `in_english`."""
        for key, value in tree.items():
            if key == "subjects" and _are_named(value, versions=False):
                self._subjects(value)
            else:
                self.rows.rest(self.scope, (*self.prefix, key), value)
        if not tree and not self.is_change:
            self.rows.rest(self.scope, self.prefix, {})

    @property
    def is_change(self) -> bool:
        """Whether it is laid over another dossier."""
        return "no" in self.scope

    def _subjects(self, subjects: list[dict[str, Any]]) -> None:
        scalars = {c.key for c in SUBJECTS.columns} - _LEADING - {"id"}
        before = self._counts()
        for entry in subjects:
            self._below(entry, scalars)
        stated = [bool(scalars & set(e)) or not self._knows(e["id"]) for e in subjects]
        names = [entry["id"] for entry in subjects]
        if not self.is_change or self._order(names, stated, _BELOW_SUBJECT, "subject", before) != names:
            stated = [True] * len(subjects)
        for entry, has_row in zip(subjects, stated, strict=True):
            self._subject(entry, has_row, scalars)

    def _knows(self, subject: str, listing: str | None = None) -> bool:
        if self.known is None:
            return True
        return subject in self.known and (listing is None or listing in self.known[subject])

    def _counts(self) -> dict[str, int]:
        return {sheet.key: len(self.rows.of[sheet.key]) for sheet in _BELOW_SUBJECT}

    def _order(
        self,
        names: list[str],
        stated: list[bool],
        sheets: Sequence[Sheet],
        column: str,
        before: Mapping[str, int],
    ) -> list[str]:
        """Return the order in which a reader meets names: those with rows of their own, then the others."""
        own = [name for name, has_row in zip(names, stated, strict=True) if has_row]
        met = [row.get(column) for sheet in sheets for row in self.rows.of[sheet.key][before[sheet.key] :]]
        spelled = {self._spelled(name): name for name in names}
        return list(dict.fromkeys([*own, *(spelled[word] for word in met if word in spelled)]))

    def _spelled(self, name: str) -> object:
        return encode(name, SUBJECTS.column("id"), self.rows.lang)

    def _subject(self, entry: dict[str, Any], has_row: bool, scalars: set[str]) -> None:
        cells: dict[str, Any] = {}
        for key in (k for k in entry if k in scalars):
            if self.rows.cells(SUBJECTS, {key: entry[key]}) is None:
                self._rest((entry["id"], key), entry[key])
            else:
                cells[key] = entry[key]
        if has_row:
            self.rows.add(SUBJECTS, {**self.scope, "id": entry["id"], **cells})

    def _rest(self, path: tuple[str, ...], value: Any) -> None:
        self.rows.rest(self.scope, (*self.prefix, "subjects", *path), value)

    def _below(self, entry: dict[str, Any], scalars: set[str]) -> None:
        who = entry["id"]
        of = {**self.scope, "subject": who}
        for key, value in _in_order(entry):
            if key in scalars or key == "id":
                continue
            if key == "roles" and self._list(ROLES, of, value):
                continue
            if key == "facts" and self._facts(of, value, (who,)):
                continue
            if key == "listings" and _are_named(value, versions=True):
                self._listings(of, value)
                continue
            self._rest((who, key), value)

    def _list(self, sheet: Sheet, of: dict[str, str], entries: Any) -> bool:
        """Write entries that need no name; False: some do not fit, and none is written."""
        if not isinstance(entries, list):
            return False
        nobody = {first_column(sheet): None}
        if entries == [nobody]:
            return False
        entries = entries or [nobody]
        if not all(isinstance(e, dict) and e and not set(e) & _LEADING for e in entries):
            return False
        cells = [self.rows.cells(sheet, {**of, **entry}) for entry in entries]
        if None in cells:
            return False
        self.rows.of[sheet.key] += [row for row in cells if row is not None]
        return True

    def _facts(self, of: dict[str, str], facts: Any, path: tuple[str, ...]) -> bool:
        """Write facts one by one; those whose statements do not fit stand where all else does."""
        if not isinstance(facts, dict) or not facts:
            return False
        written = {name: self._statements(of, name, value) for name, value in facts.items()}
        if not any(written.values()):
            return False
        for name, rows in written.items():
            self.rows.of["facts"] += rows
            if not rows:
                self._rest((*path, "facts", name), facts[name])
        return True

    def _statements(self, of: dict[str, str], name: str, value: Any) -> list[dict[str, object]]:
        stated = value if isinstance(value, list) and len(value) > 1 else [value]
        entries = [entry if isinstance(entry, dict) else {"value": entry} for entry in stated]
        dated = [{"value", *_DATED} >= set(e) and "value" in e for e in entries]
        whole = [len(e) > 1 or not isinstance(v, dict) for e, v in zip(entries, stated, strict=True)]
        if not all(dated) or not all(whole) or not name:
            return []
        rows = [self.rows.cells(FACTS, {**of, "fact": name, **entry}) for entry in entries]
        return [] if None in rows else [row for row in rows if row is not None]

    def _listings(self, of: dict[str, str], listings: list[dict[str, Any]]) -> None:
        before = self._counts()
        names = [entry["id"] for entry in listings]
        tokens = list(_tokens(names))
        own = []
        for entry, token in zip(listings, tokens, strict=True):
            own.append(self._own_cells(of, entry, token))
            self._below_listing({**of, "listing": token}, entry, token)
        stated = [bool(c) or not self._knows(of["subject"], n) for c, n in zip(own, names, strict=True)]
        met = self._order(tokens, stated, (*BELOW_LISTING, FACTS), "listing", before)
        if not self.is_change or met != tokens or tokens != names:
            stated = [True] * len(listings)
        for cells, name, has_row in zip(own, names, stated, strict=True):
            if has_row:
                self.rows.add(LISTINGS, {**of, "id": name, **cells})

    def _own_cells(self, of: dict[str, str], entry: dict[str, Any], token: str) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        for key, value in entry.items():
            if key in ("id", "facts", *_LISTS):
                continue
            flat = _flat(key, value)
            if self.rows.cells(LISTINGS, flat) is None or set(flat) & _LEADING or not flat:
                self._rest((of["subject"], "listings", token, key), value)
            else:
                cells |= flat
        return cells

    def _below_listing(self, of: dict[str, str], entry: dict[str, Any], token: str) -> None:
        path = (of["subject"], "listings", token)
        for key, value in _in_order(entry):
            if key == "facts":
                written = self._facts(of, value, path)
            elif key in _LISTS:
                sheet = next(sheet for sheet in BELOW_LISTING if sheet.key == key)
                written = self._list(sheet, of, value)
            else:
                continue
            if not written:
                self._rest((*path, key), value)


def _in_order(entry: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return what an entry holds, the facts about itself first: the order of keys changes no row."""
    return sorted(entry.items(), key=lambda item: item[0] != "facts")


def _flat(key: str, value: Any) -> dict[str, Any]:
    """Return a value of a listing by column: the two days of its conduct have columns of their own."""
    if key == "conduct" and isinstance(value, dict) and set(value) <= {"since", "until"}:
        return {f"conduct.{name}": day for name, day in value.items()}
    return {} if "." in key else {key: value}


def _are_named(entries: Any, *, versions: bool) -> bool:
    """Say whether a list holds entries that are known by a label, each but once unless it has versions."""
    if not isinstance(entries, list) or not entries or not all(isinstance(e, dict) for e in entries):
        return False
    labels = [entry.get("id") for entry in entries]
    if not all(isinstance(label, str) and _LABEL.fullmatch(label) for label in labels):
        return False
    return versions or len(set(labels)) == len(labels)


def _tokens(labels: list[str]) -> Iterator[str]:
    """Yield what each entry is called: the second of a name is `L1#2`."""
    for n, label in enumerate(labels):
        version = labels[: n + 1].count(label)
        yield label if version == 1 else f"{label}#{version}"
