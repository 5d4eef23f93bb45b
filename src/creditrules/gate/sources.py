"""Gate: where dossiers come from: anything that finds what is known of somebody by his number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from creditrules.gate.merging import label_of, merged
from creditrules.load.dossier import read_dossier, read_dossier_text
from creditrules.load.identifiers import compact
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.words import Direction

_KEPT = 16
_known: dict[str, frozenset[str] | None] = {}
Given = bytes | str | Mapping[str, Any] | Dossier


class DossierSource(Protocol):
    """What a gate asks: another system's tables, a folder, the register of a desk."""

    def about(self, identifier: str) -> Iterable[Given]:
        """Return every dossier that speaks of whoever bears a number, the oldest first.

        A dossier that was read already, against the catalogue of the gate, is taken as it is.
        """
        ...


class FolderOfDossiers:
    """A folder of dossiers, read once: for trying things out, and for a handful of subjects."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._found: dict[str, list[bytes]] = {}
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml", ".json")):
            body = path.read_bytes()
            for subject in read_dossier_text(body, catalogue, file=str(path)).subjects.values():
                for number in filter(None, (subject.code, subject.id_number)):
                    self._found.setdefault(number, []).append(body)

    def about(self, identifier: str) -> Iterable[Given]:
        """Return the dossiers of the folder that speak of somebody."""
        return tuple(self._found.get(compact(identifier), ()))


def everything_about(identifier: str, source: DossierSource, catalogue: Catalogue) -> Dossier | None:
    """Return one dossier with all that is known of somebody, and of those through whom he can be reached.

    For an organisation that is whoever holds an office in it, where a measure reaches organisations through
    persons who are listed themselves. None when nobody bears the number.

    Raises:
        FactsError: a dossier has findings; nothing may be decided on it.
    """
    found = _read(source.about(identifier), catalogue)
    if not found:
        return None
    whole = merged(found)
    label = label_of(whole, identifier)
    for number in sorted(_behind(whole, label, catalogue)):
        found += _read(source.about(number), catalogue)
    return merged(list({dossier.digest: dossier for dossier in found}.values()))


def _behind(dossier: Dossier, label: str | None, catalogue: Catalogue) -> set[str]:
    """Return the numbers of those whose office in an organisation lets some clause reach it."""
    through = _through(catalogue)
    people = (
        dossier.subjects[role.person]
        for role in dossier.roles
        if role.organisation == label and (through is None or role.role in through)
    )
    return {number for person in people if (number := person.id_number or person.code)}


def _through(catalogue: Catalogue) -> frozenset[str] | None:
    """Return the same as `roles_that_reach_organisations`, worked out once for the last few catalogues."""
    try:
        return _known[catalogue.digest]
    except KeyError:
        found = roles_that_reach_organisations(catalogue)
    if len(_known) >= _KEPT:
        _known.clear()
    _known[catalogue.digest] = found
    return found


def roles_that_reach_organisations(catalogue: Catalogue) -> frozenset[str] | None:
    """Return the offices through which a listed person touches his organisation; None: any office."""
    clauses = [clause for memorandum in catalogue.memoranda.values() for clause in memorandum.covers]
    clauses += [
        clause
        for memorandum in catalogue.memoranda.values()
        for measure in memorandum.measures
        for clause in measure.covers or ()
    ]
    reaches = [
        reach for clause in clauses for reach in clause.reaches if reach.direction is Direction.ORGANISATION
    ]
    if any(reach.any_role for reach in reaches):
        return None
    return frozenset().union(*(reach.roles for reach in reaches))


def _read(given: Iterable[Given], catalogue: Catalogue) -> list[Dossier]:
    return [_one(each, catalogue) for each in given]


def _one(given: Given, catalogue: Catalogue) -> Dossier:
    if isinstance(given, Dossier):
        return given
    return (
        read_dossier(given, catalogue) if isinstance(given, Mapping) else read_dossier_text(given, catalogue)
    )
