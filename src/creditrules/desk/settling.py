"""Desk: from a decision to pushes and orders: what is new is pushed, what changed told, what ended lifted.

Settling twice does nothing the second time: only the difference between what a decision asks for and what the
desk has already pushed becomes an event and a message.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, insert, select, update

from creditrules.deliver.json import to_json
from creditrules.desk import outbox
from creditrules.desk.chart import OUTSTANDING, CaseState
from creditrules.desk.differences import identity, steps
from creditrules.desk.keys import Keys
from creditrules.desk.ledger import Entry, append
from creditrules.desk.occasion import Matter, Occasion
from creditrules.desk.snapshots import identifier_of, supersede
from creditrules.desk.steps import Targets, take
from creditrules.desk.tables import cases, decisions, pushes
from creditrules.desk.wanted import Wanted, wanted_by_listing
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, Listing
from creditrules.model.status import Status

# A listing in one of these has ended for good; a suspended one may come back.
ENDED = frozenset(
    status.value for status in (Status.REMOVED, Status.REPAIRED, Status.EXPIRED, Status.REVOKED)
)


@frozen
class Settled:
    """What settling a decision came to: the cases, and how many steps of each kind were taken."""

    cases: tuple[int, ...]
    counts: Mapping[str, int]

    @property
    def changed(self) -> bool:
        """Whether anything was pushed, changed or taken back."""
        return bool(self.counts)

    def told(self) -> str:
        """Return the steps in one line: `push 58, lift 3`."""
        return ", ".join(f"{kind} {n}" for kind, n in sorted(self.counts.items()))


def settle(
    connection: Connection,
    decision: Decision,
    dossier: Dossier,
    keys: Keys,
    occasion: Occasion,
    listings: Collection[str] | None = None,
) -> Settled:
    """Bring the cases of a dossier in line with a decision on it, in the transaction of the connection.

    Args:
        connection: the transaction; it holds the ledger.
        decision: what holds.
        dossier: what it was made on.
        keys: the secret of the store.
        occasion: who settles, when and why.
        listings: those whose cases are meant; all of the dossier when nothing is said.
    """
    known = dossier.as_known(decision.known).listings
    seen = {item.id: item for item in known if listings is None or item.id in listings}
    if not seen:
        return Settled((), {})
    wanted = wanted_by_listing(decision)
    statuses = {listing: status for listing, status, _ in decision.statuses}
    number = _write(connection, decision, keys, occasion)
    found, counts, before = list[int](), Counter[str](), set[str]()
    for listing in seen.values():
        case = _case(connection, listing, dossier, keys)
        if case is None:
            case = _open(connection, listing, dossier, decision, keys, occasion, number)
        before.add(case.dossier)
        found.append(case.id)
        called = (listing.id, listing.subject)
        matter = Matter(connection, case, statuses[listing.id], occasion, number, decision.dossier, called)
        counts.update(_settle_case(matter, wanted.get(listing.id, {}), _targets(case, dossier, keys)))
        _rests_on(matter, decision)
        conclude(connection, case.id, occasion)
    _let_go(connection, before - {decision.dossier})
    return Settled(tuple(found), dict(counts))


def _write(connection: Connection, decision: Decision, keys: Keys, occasion: Occasion) -> int:
    """Write a decision down: in the ledger what it rests on and its digest, beside it what it says."""
    said = to_json(decision).encode()
    digest = hashlib.sha256(said).hexdigest()
    body = {
        "on": decision.on.isoformat(),
        "known": decision.known.isoformat() if decision.known else None,
        "engine": decision.engine,
        "catalogue": decision.catalogue,
        "dossier": decision.dossier,
        "digest": digest,
    }
    [number] = append(connection, [Entry("decided", occasion.by, occasion.because, body=body)], occasion.now)
    sealed = keys.encrypt(said, f"decision {digest}")
    connection.execute(insert(decisions).values(seq=number, digest=digest, body=sealed))
    return number


def case_key(listing: Listing, dossier: Dossier, keys: Keys) -> str:
    """Return what makes a listing this one: whose it is, on which list, by which document."""
    whose = identifier_of(dossier.subjects[listing.subject])
    return keys.index(f"{whose}|{listing.list}|{listing.doc_no or listing.id}")


def resting_on(connection: Connection, dossier: Dossier, keys: Keys) -> set[str]:
    """Return the listings of a dossier whose cases rest on it now; those of others rest on a later one."""
    cases_of = {listing.id: _case(connection, listing, dossier, keys) for listing in dossier.listings}
    return {key for key, case in cases_of.items() if case is not None and case.dossier == dossier.digest}


def _case(connection: Connection, listing: Listing, dossier: Dossier, keys: Keys) -> Any:
    return connection.execute(select(cases).where(cases.c.key == case_key(listing, dossier, keys))).first()


def _open(
    connection: Connection,
    listing: Listing,
    dossier: Dossier,
    decision: Decision,
    keys: Keys,
    occasion: Occasion,
    number: int,
) -> Any:
    """Open a case; tell the district (六: by region) and, of what is not public, the employer."""
    subject = dossier.subjects[listing.subject]
    values = {
        "key": case_key(listing, dossier, keys),
        "list": listing.list,
        "listing": listing.id,
        "subject": listing.subject,
        "subject_index": keys.index(identifier_of(subject)),
        "region": subject.region,
        "state": CaseState.OPEN.value,
        "status": "",
        "dossier": decision.dossier,
        "catalogue": decision.catalogue,
        "decided_on": decision.on.isoformat(),
        "decision": number,
        "opened_at": occasion.now,
    }
    connection.execute(insert(cases).values(**values))
    case = _case(connection, listing, dossier, keys)
    called = (listing.id, listing.subject)
    matter = Matter(connection, case, "", occasion, number, decision.dossier, called)
    matter.note("case_opened", list=listing.list, listing=listing.id)
    whose = {"target": listing.subject, "subject": listing.subject}
    told_of = {"list": listing.list, "listing": listing.id, **whose}
    body = {**told_of, "dossier": decision.dossier}
    told = []
    if subject.region:
        address = f"district:{subject.region}"
        told.append(outbox.Posted(f"region:{case.id}", address, "region", case.id, body))
    if listing.publishable is False:
        told.append(outbox.Posted(f"employer:{case.id}", "employer", "employer_notice", case.id, body))
    outbox.post(connection, told, occasion.now)
    return case


def _targets(case: Any, dossier: Dossier, keys: Keys) -> Targets:
    return {
        label: (subject.region or case.region, keys.index(identifier_of(subject)))
        for label, subject in dossier.subjects.items()
    }


def _settle_case(matter: Matter, wanted: Mapping[str, Wanted], targets: Targets) -> list[str]:
    query = select(pushes).where(pushes.c.case_id == matter.case.id).order_by(pushes.c.id)
    held = matter.connection.execute(query).all()
    by_person = {identity(w.action, targets[w.target][1]): w for w in wanted.values()}
    _call(matter, held, by_person)
    taken = take(matter, steps(by_person, held), targets)
    outbox.post(matter.connection, taken.messages, matter.occasion.now)
    return taken.kinds


def _call(matter: Matter, held: Sequence[Any], wanted: Mapping[str, Wanted]) -> None:
    """Let what stands be called as the dossier calls it that it rests on now."""
    same: list[int] = []
    for push in held:
        now = wanted.get(identity(push.action, push.target_index))
        if now is None or push.dossier == matter.dossier:
            continue
        if (now.action, now.target) == (push.action, push.target):
            same.append(push.id)
            continue
        values = {"action": now.action, "target": now.target, "dossier": matter.dossier}
        matter.connection.execute(update(pushes).where(pushes.c.id == push.id).values(**values))
    moved = update(pushes).where(pushes.c.id.in_(same)).values(dossier=matter.dossier)
    if same:
        matter.connection.execute(moved)


def _rests_on(matter: Matter, decision: Decision) -> None:
    """Note what the case rests on now, and what its listing and subject are called there."""
    listing, subject = matter.listing
    values = {
        "listing": listing,
        "subject": subject,
        "status": matter.status,
        "dossier": decision.dossier,
        "catalogue": decision.catalogue,
        "decided_on": decision.on.isoformat(),
        "decision": matter.decision,
    }
    matter.connection.execute(update(cases).where(cases.c.id == matter.case.id).values(**values))


def conclude(connection: Connection, case_id: int, occasion: Occasion) -> CaseState:
    """Close a case when its listing has ended and every order is confirmed; open it when it is back."""
    case = connection.execute(select(cases).where(cases.c.id == case_id)).one()
    open_states = [state.value for state in OUTSTANDING]
    query = select(pushes.c.id).where(pushes.c.case_id == case_id, pushes.c.state.in_(open_states)).limit(1)
    state = CaseState.OPEN
    if case.status in ENDED:
        state = CaseState.CLOSING if connection.execute(query).first() else CaseState.CLOSED
    if case.state != state.value:
        closed_at = occasion.now if state is CaseState.CLOSED else None
        changed = update(cases).where(cases.c.id == case_id)
        connection.execute(changed.values(state=state.value, closed_at=closed_at))
        kind = "case_reopened" if state is CaseState.OPEN else f"case_{state.value}"
        append(connection, [Entry(kind, occasion.by, case.status, case_id)], occasion.now)
    return state


def _let_go(connection: Connection, digests: set[str]) -> None:
    """Let dossiers no case rests on any more be asked no longer."""
    for digest in digests:
        if connection.execute(select(cases.c.id).where(cases.c.dossier == digest).limit(1)).first() is None:
            supersede(connection, digest)
