"""Testing: random dossiers that fit a catalogue, one of `catalogues` or any other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from attrs import evolve, frozen
from hypothesis import strategies as st

from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier, Listing, RoleHeld, Subject
from creditrules.testing.conditions import several
from creditrules.testing.facts import Declared, declared, facts_of
from creditrules.testing.listings import Drawn, listings
from creditrules.testing.pools import MAYBE_DAY, MAYBE_RECORDED
from creditrules.testing.vocabulary import PLACES

# Names no sentence of the library contains, so that a leak can be told from a coincidence.
PERSONS = ("辛壬癸", "戊己庚", "甲乙丙丁", "Xq Zv")
NUMBERS = ("210681198001018888", "310101197502290017", "440300600101001", "21068119800101888X")
FIRMS = ("虚构一厂", '虚构"二"公司', "Invented Ltd.", "虚构四社")


@frozen
class Words:
    """What of a catalogue a dossier may speak of."""

    kinds: tuple[tuple[str, bool], ...]
    roles: tuple[str, ...]
    lists: tuple[str, ...]
    capacities: tuple[str, ...]
    facts: tuple[Declared, ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Words:
        """Take the words from a catalogue; the more lists, the fewer listings meet, so a few are enough."""
        kinds = tuple((key, kind.natural) for key, kind in catalogue.kinds.items())
        first = tuple(catalogue.lists)[:4]
        roles, capacities = tuple(catalogue.roles)[:4], tuple(catalogue.capacities)
        return cls(kinds, roles, first, capacities, tuple(declared(f) for f in catalogue.facts.values()))


def dossiers(catalogue: Catalogue) -> st.SearchStrategy[Dossier]:
    """Generate a dossier: up to four subjects, their facts, roles and listings, corrections included."""
    return dossiers_of(Words.of(catalogue))


@cache
def dossiers_of(words: Words) -> st.SearchStrategy[Dossier]:
    """Generate a dossier that speaks of nothing but some words."""
    facts = facts_of(words.facts, "subject", "target")
    subject = st.builds(
        _subject,
        st.sampled_from(words.kinds),
        st.sampled_from((None, *PLACES)),
        st.booleans(),
        facts,
    )
    role = st.builds(
        RoleHeld,
        person=st.sampled_from("1023"),
        organisation=st.sampled_from("0012"),
        role=st.sampled_from((words.roles[0], *words.roles)),
        since=MAYBE_DAY,
        until=MAYBE_DAY,
        confirmed=st.sampled_from((None, None, True, False)),
        recorded=MAYBE_RECORDED,
    )
    listing = listings(words.lists, words.capacities, facts_of(words.facts, "listing"))
    return st.builds(
        _dossier,
        several(subject, (2, 1, 3, 4)),
        several(role, (1, 0, 2, 3, 4)),
        several(listing, (1, 1, 2, 3, 0)),
        st.just(dict(words.kinds)),
    )


def _subject(
    kind: tuple[str, bool], region: str | None, numbered: bool, facts: Mapping[str, object]
) -> Subject:
    number = "yes" if numbered and kind[1] else None
    return Subject("?", kind[0], "?", None, number, region, facts)  # type: ignore[arg-type]


def _dossier(
    drawn: tuple[Subject, ...],
    roles: tuple[RoleHeld, ...],
    listed: tuple[Drawn, ...],
    natural: Mapping[str, bool],
) -> Dossier:
    subjects = {f"s{n}": _named(subject, n, natural[subject.kind]) for n, subject in enumerate(drawn)}
    ids = tuple(subjects)
    organisations = tuple(key for key, subject in subjects.items() if not natural[subject.kind])
    held = (_role(role, ids, organisations) for role in roles if organisations)
    fitting = {(r.person, r.organisation, r.role, r.since, r.recorded): r for r in held}
    return digested_dossier(Dossier(subjects, _listings(listed, ids), tuple(fitting.values())))


def _named(subject: Subject, n: int, natural: bool) -> Subject:
    number = NUMBERS[n] if subject.id_number else None
    code = None if natural else f"9121060{n}MA0000000X"
    return evolve(subject, id=f"s{n}", name=(PERSONS if natural else FIRMS)[n], code=code, id_number=number)


def _role(role: RoleHeld, ids: tuple[str, ...], organisations: tuple[str, ...]) -> RoleHeld:
    person = ids[int(role.person) % len(ids)]
    organisation = organisations[int(role.organisation) % len(organisations)]
    until = role.until if role.since is None or role.until is None or role.since <= role.until else None
    return evolve(role, person=person, organisation=organisation, until=until)


def _listings(listed: tuple[Drawn, ...], ids: tuple[str, ...]) -> tuple[Listing, ...]:
    made: list[Listing] = []
    for n, drawn in enumerate(listed):
        findings = tuple(evolve(f, person=ids[int(f.person) % len(ids)]) for f in drawn.listing.findings)
        listing = evolve(drawn.listing, id=f"L{n}", subject=ids[drawn.subject % len(ids)], findings=findings)
        before = made[-1] if made else None
        if drawn.corrects and before is not None and before.recorded != listing.recorded:
            listing = evolve(listing, id=before.id, subject=before.subject)
        if (listing.id, listing.recorded) not in {(v.id, v.recorded) for v in made}:
            made.append(listing)
    return tuple(made)


def digested_dossier(dossier: Dossier) -> Dossier:
    """Return a dossier under a digest of its contents."""
    contents = repr((dossier.subjects, dossier.listings, dossier.roles)).encode("utf-8", "backslashreplace")
    return evolve(dossier, digest=sha256(contents).hexdigest())
