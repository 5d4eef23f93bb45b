"""Load: check what a dossier says against itself: days in order, numbers well formed, all present."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from creditrules.load.dossier_problems import Path, Problems
from creditrules.load.dossier_scalars import UNREADABLE
from creditrules.load.identifiers import (
    code_fault,
    compact,
    id_number_fault,
    looks_like_id_number,
    masked_number,
)
from creditrules.model.words import Outcome

if TYPE_CHECKING:
    from creditrules.load.dossier_docs import (
        DossierDoc,
        ListingDoc,
        ObjectionDoc,
        RepairDoc,
        RoleDoc,
        SubjectDoc,
    )

_LABEL = re.compile(r"[A-Za-z0-9_\-一-龥]{1,64}")
_REGION = re.compile(r"[0-9]{6}", re.ASCII)
# What cannot come before a determination.
_STEPS = ("served", "aggregated", "published", "until", "removed", "revoked")
_FAULTS = {
    "length": ("it does not have 18 places", "不是 18 位"),
    "letters": ("it has a character that may not stand in its place", "含有不允许的字符"),
    "birth": ("its birth date is not in the calendar", "出生日期不存在"),
    "check": ("its check character does not match", "校验码不符"),
}


def check_identity(subject: SubjectDoc, natural: bool | None, path: Path, problems: Problems) -> None:
    """Check the label and the numbers of one subject; *natural* None: its kind is not known."""
    if looks_like_id_number(subject.id):
        problems.hide(subject.id)
        problems.add("CR409", (*path, "id"), label=subject.id)
    elif subject.id != UNREADABLE and not _LABEL.fullmatch(subject.id):
        problems.add("CR408", (*path, "id"), label=subject.id)
    if subject.region is not None and not _REGION.fullmatch(subject.region):
        problems.add("CR417", (*path, "region"), region=subject.region)
    if subject.code is not None:
        if natural:
            problems.add_key("CR414", (*path, "code"), key="code", right="id_number")
        elif fault := code_fault(compact(subject.code)):
            en, zh = _FAULTS[fault]
            problems.add("CR412", (*path, "code"), code=subject.code, fault_en=en, fault_zh=zh)
    if subject.id_number is not None:
        problems.hide(subject.id_number)
        if natural is False:
            problems.add_key("CR414", (*path, "id_number"), key="id_number", right="code")
        elif fault := id_number_fault(compact(subject.id_number)):
            en, zh = _FAULTS[fault]
            shown = masked_number(compact(subject.id_number))
            problems.add("CR413", (*path, "id_number"), number=shown, fault_en=en, fault_zh=zh)


def check_distinct(doc: DossierDoc, problems: Problems) -> None:
    """Check that no two subjects share a label, a code or a citizen number."""
    subjects = [(subject, ("subjects", i)) for i, subject in enumerate(doc.subjects)]
    for code, key in (("CR415", "id"), ("CR416", "code"), ("CR416", "id_number")):
        first: dict[str, Path] = {}
        for subject, path in subjects:
            stated = getattr(subject, key)
            if stated is None or stated == UNREADABLE:
                continue
            same = first.setdefault(stated if key == "id" else compact(stated), (*path, key))
            if same != (*path, key):
                shown = masked_number(stated) if key == "id_number" else stated
                problems.add(code, (*path, key), same, word=shown, key=key)


def check_role(role: RoleDoc, path: Path, problems: Problems) -> None:
    """Check the days of a role."""
    _in_order("CR430", role.since, role.until, path, "since", "until", problems)


def check_listing(
    listing: ListingDoc, path: Path, problems: Problems, determined_by_event: date | None = None
) -> None:
    """Check the days of a listing and of everything that happened to it, each against the step before it."""
    _in_order("CR430", listing.since, listing.until, path, "since", "until", problems)
    conduct = listing.conduct
    if conduct is not None:
        _in_order("CR430", conduct.since, conduct.until, (*path, "conduct"), "since", "until", problems)
    determined = listing.determined or determined_by_event
    steps: list[tuple[Path, date | bool | None]] = [((*path, key), getattr(listing, key)) for key in _STEPS]
    for i, objection in enumerate(listing.objections):
        place = (*path, "objections", i)
        _check_objection(objection, place, problems)
        steps.append(((*place, "decided"), objection.decided))
    for i, repair in enumerate(listing.repairs):
        place = (*path, "repairs", i)
        _check_repair(repair, place, problems)
        steps.append(((*place, "decided"), repair.decided))
    if determined is None:
        return
    for place, day in steps:
        if isinstance(day, date) and day < determined:
            words = {"step": str(place[-1]), "day": str(day), "determined": str(determined)}
            problems.add("CR431", place, (*path, "determined"), **words)
    if conduct is not None and conduct.since is not None and conduct.since > determined:
        words = {"day": str(conduct.since), "determined": str(determined)}
        problems.add("CR442", (*path, "conduct", "since"), (*path, "determined"), **words)


def _check_objection(objection: ObjectionDoc, path: Path, problems: Problems) -> None:
    _in_order("CR432", objection.filed, objection.decided, path, "filed", "decided", problems)
    if (objection.outcome is None) != (objection.decided is None):
        _report_half(path, objection.decided is None, problems)


def _check_repair(repair: RepairDoc, path: Path, problems: Problems) -> None:
    _in_order("CR432", repair.applied, repair.decided, path, "applied", "decided", problems)
    _in_order("CR434", repair.decided, repair.revoked, path, "decided", "revoked", problems)
    if repair.outcome is None and repair.decided is not None:
        _report_half(path, False, problems)
    elif repair.outcome == Outcome.GRANTED and repair.decided is None:
        _report_half(path, True, problems)


def _report_half(path: Path, without_day: bool, problems: Problems) -> None:
    given, missing = ("outcome", "decided") if without_day else ("decided", "outcome")
    problems.add("CR433", (*path, given), given=given, missing=missing)


def _in_order(
    code: str,
    start: date | None,
    end: date | None,
    path: Path,
    start_key: str,
    end_key: str,
    problems: Problems,
) -> None:
    if start is not None and end is not None and end < start:
        words = {"start": str(start), "end": str(end), "start_key": start_key, "end_key": end_key}
        problems.add(code, (*path, end_key), (*path, start_key), **words)


def check_references(doc: DossierDoc, natural: Iterable[bool | None], problems: Problems) -> None:
    """Check that roles and findings speak of subjects of this dossier, and roles of organisations.

    *natural* says of each subject whether it is a natural person. With a label that cannot be read, nothing
    is missing for certain.
    """
    kinds = dict(zip((subject.id for subject in doc.subjects), natural, strict=True))
    if UNREADABLE in kinds:
        kinds = _Anyone(kinds)
    for i, subject in enumerate(doc.subjects):
        for j, role in enumerate(subject.roles):
            place: Path = ("subjects", i, "roles", j, "organisation")
            if role.organisation not in kinds and role.organisation != UNREADABLE:
                problems.unknown("CR435", place, role.organisation, kinds)
            elif kinds.get(role.organisation):
                problems.add("CR436", place, word=role.organisation)
        for j, listing in enumerate(subject.listings):
            for k, finding in enumerate(listing.findings):
                if finding.person not in kinds and finding.person != UNREADABLE:
                    place = ("subjects", i, "listings", j, "findings", k, "person")
                    problems.unknown("CR437", place, finding.person, kinds)


class _Anyone(dict[str, bool | None]):
    """Labels of which one could not be read, so that any label may be it."""

    def __contains__(self, label: object) -> bool:
        return True


def check_versions(doc: DossierDoc, problems: Problems) -> None:
    """Check that listings which correct one another can be told apart by the day they were recorded."""
    versions: dict[tuple[str, date | None], Path] = {}
    holders: dict[str, tuple[int, Path]] = {}
    for i, subject in enumerate(doc.subjects):
        for j, listing in enumerate(subject.listings):
            place: Path = ("subjects", i, "listings", j, "id")
            if listing.id == UNREADABLE:
                continue
            same = versions.setdefault((listing.id, listing.recorded), place)
            holder, first = holders.setdefault(listing.id, (i, place))
            if holder != i:
                problems.add("CR439", place, first, word=listing.id)
            elif same != place:
                problems.add("CR438", place, same, word=listing.id)
