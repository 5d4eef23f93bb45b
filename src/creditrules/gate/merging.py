"""Gate: several dossiers that speak of the same subjects become one, for one decision to see all of it. Pure.

Subjects are the same when they bear the same number (credit code, citizen number). Whoever has none stays
apart: two persons may share a name, and taking one for the other would restrict somebody who did nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from creditrules.load.dossier_digest import canonical, digest_of
from creditrules.model.dossier import Dossier, Facts, Listing, RoleHeld, Subject


def merged(dossiers: Sequence[Dossier]) -> Dossier:
    """Return one dossier that says what all of them say; where two differ, the later one counts.

    Labels stay as they are as long as they are not taken by somebody else.
    """
    if len(dossiers) == 1:
        return dossiers[0]
    subjects: dict[str, Subject] = {}
    listings: dict[tuple[str, ...], Listing] = {}
    roles: dict[tuple[object, ...], RoleHeld] = {}
    taken: dict[str, str] = {}
    for dossier in dossiers:
        labels = {subject.id: _label(subject, subjects, taken) for subject in dossier.subjects.values()}
        for subject in dossier.subjects.values():
            label = labels[subject.id]
            subjects[label] = _joined(subjects.get(label), evolve(subject, id=label))
        for listing in dossier.listings:
            moved = _relabelled(listing, labels)
            # Versions of one listing differ in the day they were recorded, and are all kept.
            listings[moved.subject, moved.list, moved.doc_no or moved.id, str(moved.recorded)] = moved
        for role in dossier.roles:
            held = evolve(role, person=labels[role.person], organisation=labels[role.organisation])
            roles[held.person, held.organisation, held.role, held.since, held.recorded] = held
    whole = Dossier(subjects, tuple(_with_ids_of_their_own(listings.values())), tuple(roles.values()))
    notes = tuple(note for dossier in dossiers for note in dossier.notes)
    return evolve(whole, digest=digest_of(canonical(whole)), notes=notes)


def label_of(dossier: Dossier, identifier: str) -> str | None:
    """Return the label of whoever bears a number, None when nobody does."""
    wanted = "".join(identifier.split()).upper()
    for subject in dossier.subjects.values():
        if wanted in (subject.code, subject.id_number):
            return subject.id
    return None


def _label(subject: Subject, subjects: Mapping[str, Subject], taken: dict[str, str]) -> str:
    number = subject.code or subject.id_number
    if number in taken:
        return taken[number]
    label, n = subject.id, 1
    while label in subjects or label in taken.values():
        n += 1
        label = f"{subject.id}-{n}"
    if number:
        taken[number] = label
    return label


def _joined(earlier: Subject | None, later: Subject) -> Subject:
    if earlier is None:
        return later
    return evolve(later, region=later.region or earlier.region, facts=_facts(earlier.facts, later.facts))


def _facts(earlier: Facts, later: Facts) -> Facts:
    # Whoever reads takes the first entry that holds on the day.
    return {name: (*later.get(name, ()), *earlier.get(name, ())) for name in {**earlier, **later}}


def _relabelled(listing: Listing, labels: Mapping[str, str]) -> Listing:
    return evolve(
        listing,
        subject=labels[listing.subject],
        findings=tuple(evolve(f, person=labels.get(f.person, f.person)) for f in listing.findings),
        events=tuple(
            e if e.person is None else evolve(e, person=labels.get(e.person, e.person))
            for e in listing.events
        ),
    )


def _with_ids_of_their_own(listings: Iterable[Listing]) -> Iterable[Listing]:
    """Two listings of two dossiers may bear the same id; versions of one listing keep theirs."""
    owners: dict[str, tuple[str, ...]] = {}
    for listing in listings:
        whose = (listing.subject, listing.list, listing.doc_no)
        name, n = listing.id, 1
        while owners.setdefault(name, whose) != whose:
            n += 1
            name = f"{listing.id}-{n}"
        yield listing if name == listing.id else evolve(listing, id=name)
