"""Testing: the workload as a catalogue and as dossiers, so that every engine of the library can answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from creditrules.compile.passes import compile_rulebook
from creditrules.evaluate.protocol import Match
from creditrules.model.basis import StatuteIndex
from creditrules.model.catalogue import (
    Catalogue,
    EffectKind,
    FactDeclaration,
    Manifest,
    Matter,
    Party,
    RoleKind,
    SubjectKind,
)
from creditrules.model.condition import Op, Test, conjunction
from creditrules.model.dossier import Dossier, FactEntry, Listing, Repair, RoleHeld, Subject
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Clause, Effect, Exempt, Measure, Memorandum, Reach, UnitPart
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.model.time import Since
from creditrules.model.unit import Unit, Units
from creditrules.model.words import Direction, Discretion, HeldAt, Level, Outcome, Truth
from creditrules.testing.workload import (
    FIELDS,
    KINDS,
    ON,
    OTHER_ROLES,
    REPRESENTATIVE,
    RESPONSIBLE,
    Applied,
    WorkListing,
    WorkRule,
    WorkSubject,
)

FIELD, AMOUNT, EXEMPT = "work.field", "work.amount", "work.exempt"
PERSON = "natural_person"
SIGNED = date(2016, 1, 1)
_REVIEW = ON + timedelta(days=365)
_ROLES = (REPRESENTATIVE, *OTHER_ROLES)


def catalogue_of(rules: Sequence[WorkRule]) -> Catalogue:
    """Return the catalogue that says what these rules say."""
    signed = [_memorandum(key, tuple(part)) for key, part in groupby(rules, key=lambda r: r.memorandum)]
    units = {u: Unit(u, _named(u)) for u in sorted({u for rule in rules for u in rule.units})}
    parties = {_party(rule.kinds): Party(_party(rule.kinds), Text("当事人"), rule.kinds) for rule in rules}
    return Catalogue(
        manifests=(Manifest("workload", "2024.06", Text("测试负载", "workload")),),
        memoranda={memorandum.key: memorandum for memorandum in signed},
        lists={key: _list(key) for key in sorted({rule.list for rule in rules})},
        units=Units(units, {unit.name.zh: (key,) for key, unit in units.items()}),
        effects={"restrict": EffectKind("restrict", Text("限制", "restrict"), "A", 5)},
        matters={"procurement": Matter("procurement", Text("采购", "procurement"))},
        roles={key: RoleKind(key, _named(key)) for key in _ROLES},
        kinds={key: SubjectKind(key, _named(key), key == PERSON) for key in (*KINDS, PERSON)},
        capacities={},
        parties=parties,
        facts={
            FIELD: FactDeclaration(FIELD, "subject", "choice", _named(FIELD), {f: _named(f) for f in FIELDS}),
            AMOUNT: FactDeclaration(AMOUNT, "listing", "integer", _named(AMOUNT)),
            EXEMPT: FactDeclaration(EXEMPT, "subject", "boolean", _named(EXEMPT)),
        },
        regimes=(),
        statutes=StatuteIndex(),
        digest=f"workload-{len(signed)}-{hash_of(rules)}",
        compiler=compile_rulebook,
    )


def hash_of(rules: Iterable[WorkRule]) -> str:
    """Return a digest of the rules: engines keep under it what they compile."""
    from hashlib import sha256

    said = repr([rule._replace(kinds=sorted(rule.kinds)) for rule in rules])  # type: ignore[arg-type]
    return sha256(said.encode()).hexdigest()[:16]


def _named(key: str) -> Text:
    return Text(f"〔{key}〕", key)


def _party(kinds: Iterable[str]) -> str:
    return "+".join(sorted(kinds))


def _list(key: str) -> ListKind:
    ends, remedy = (Text("移出", "removal"),), Text("异议", "objection")
    return ListKind(key, _named(key), Level.BLACKLIST, Text("认定部门", "authority"), remedy, ends)


def _memorandum(key: str, rules: tuple[WorkRule, ...]) -> Memorandum:
    return Memorandum(
        key=key,
        doc_no=f"虚构〔2016〕{key}号",
        title=_named(key),
        since=Since.exactly(SIGNED),
        lists=frozenset({rules[0].list}),
        covers=(),
        measures=tuple(_measure(rule) for rule in rules),
    )


def _measure(rule: WorkRule) -> Measure:
    asked = [Test(FIELD, Op.IS, rule.field)] if rule.field is not None else []
    if rule.at_least is not None:
        asked.append(Test(AMOUNT, Op.AT_LEAST, rule.at_least))
    roles = {REPRESENTATIVE: rule.representative, RESPONSIBLE: rule.responsible}
    reached = frozenset(role for role, is_reached in roles.items() if is_reached)
    office = (Reach(Direction.ROLE, reached, held=HeldAt.DAY),) if reached else ()
    return Measure(
        key=rule.measure,
        n=int(rule.measure),
        effects=(Effect("restrict", Discretion.MUST, ("procurement",)),),
        does=Text("采取虚构措施", "take an invented measure"),
        covers=(Clause(_party(rule.kinds), (Reach(), *office)),),
        when=conjunction(*asked),
        unless=(Exempt("exempt", Test(EXEMPT, Op.IS, True)),) if rule.spares_exempt else (),
        units=tuple(UnitPart(_named(unit).zh, unit) for unit in rule.units),
    )


def dossier_of(subject: WorkSubject) -> Dossier:
    """Return what is known of a subject."""
    facts = {FIELD: (FactEntry(subject.field),), EXEMPT: (FactEntry(subject.exempt),)}
    known = {subject.id: Subject(subject.id, subject.kind, f"虚构{subject.id}", facts=facts)}
    known |= {person: Subject(person, PERSON, f"虚构人{person}") for _, person in subject.people}
    return Dossier(
        known,
        tuple(_listing(subject.id, n, listing) for n, listing in enumerate(subject.listings)),
        tuple(RoleHeld(person, subject.id, role) for role, person in subject.people),
        digest=subject.id,
    )


def _listing(subject: str, n: int, listing: WorkListing) -> Listing:
    since = listing.since
    repaired = Repair(applied=since, decided=since, outcome=Outcome.GRANTED)
    return Listing(
        f"L{n}",
        subject,
        listing.list,
        determined=since,
        served=since,
        aggregated=since,
        until=listing.until,
        review=_REVIEW,
        repairs=(repaired,) if listing.repaired else (),
        facts={AMOUNT: (FactEntry(listing.amount),)},
    )


def rows_of(rulebook: Rulebook, dossier: Dossier, matches: Iterable[Match]) -> list[Applied]:
    """Return matches as the rows of the workload; what is unknown applies to nobody."""
    found: list[Applied] = []
    for match in matches:
        rule = rulebook.rules[match.rule]
        if match.truth != Truth.TRUE:
            continue
        person = None if match.role < 0 else dossier.roles[match.role].person
        subject = dossier.listings[match.listing].subject
        found.append((subject, person, rule.document, rule.part, tuple(act.unit for act in rule.acts)))
    return found
