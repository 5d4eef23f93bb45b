"""Gate: what a subject is told about himself: what is held, on which basis, until when, how to object.

He sees his own name and number in full; whoever else is spoken of is masked as in every decision.
Source of the right: 个人信息保护法 第四十四条、第四十五条.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from creditrules.deliver.json import plain
from creditrules.deliver.words import word_table
from creditrules.gate.answer_json import Data, action_data, called
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision, Record
from creditrules.model.dossier import (
    Dossier,
    FactEntry,
    Listing,
    ResponsibilityFinding,
    RoleHeld,
    Subject,
)
from creditrules.model.lists import ListKind
from creditrules.model.status import last_day
from creditrules.model.text import Text


def own_view(decision: Decision, dossier: Dossier, catalogue: Catalogue, label: str) -> Data:
    """Return everything a decision says of one subject, for himself to read.

    Args:
        decision: made on everything known of him.
        dossier: what it was made on.
        catalogue: what it was made by.
        label: who he is in the dossier.
    """
    subject = dossier.subjects[label]
    actions = decision.against(label)
    known = dossier.as_known(None)
    roles = [role for role in known.roles if role.person == label]
    about = {label, *(role.organisation for role in roles)}
    about |= {part.listing for action in actions for part in action.parts}
    kept = [item for item in known.listings if about & {item.subject, item.id}]
    return {
        "is_held": True,
        "on": decision.on.isoformat(),
        "subject": _himself(subject, catalogue),
        "roles": [_role(role, decision, catalogue) for role in roles],
        "facts": [_fact(name, entry, catalogue) for name, said in subject.facts.items() for entry in said],
        "findings": [_finding(f, item) for item in kept for f in item.findings if f.person == label],
        "listings": [_listing(item, label, decision, catalogue) for item in kept],
        "actions": [action_data(action, decision, catalogue) for action in actions],
        "open": [
            {"text": plain(point.text), "questions": [plain(ask.question) for ask in point.asks]}
            for point in decision.undetermined
            if point.target == label
        ],
        "records": [_record(record) for record in decision.records if record.file_of == label],
        "rights": plain(word_table()["service.rights"]),
    }


def nothing_held(on: date) -> Data:
    """Return the view of somebody on whom nothing is held."""
    empty: Data = {
        name: [] for name in ("roles", "facts", "findings", "listings", "actions", "open", "records")
    }
    rights = plain(word_table()["service.rights"])
    return {"is_held": False, "on": on.isoformat(), "subject": None, **empty, "rights": rights}


def _himself(subject: Subject, catalogue: Catalogue) -> Data:
    kind = catalogue.kinds.get(subject.kind)
    return {
        "kind": {"key": subject.kind, "name": plain(kind.name if kind else Text(zh=subject.kind))},
        "name": subject.name,
        "number": subject.code or subject.id_number,
        "region": subject.region,
    }


def _role(role: RoleHeld, decision: Decision, catalogue: Catalogue) -> Data:
    kind = catalogue.roles.get(role.role)
    return {
        "role": {"key": role.role, "name": plain(kind.name if kind else Text(zh=role.role))},
        "organisation": called(role.organisation, decision),
        "since": plain(role.since),
        "until": plain(role.until),
    }


def _fact(name: str, entry: FactEntry, catalogue: Catalogue) -> Data:
    declared = catalogue.facts.get(name)
    value = entry.value if isinstance(entry.value, bool | int | str) else str(entry.value)
    return {
        "fact": name,
        "question": plain(declared.ask if declared else Text(zh=name)),
        "value": value,
        "since": plain(entry.since),
        "until": plain(entry.until),
        "source": entry.source,
    }


def _finding(finding: ResponsibilityFinding, listing: Listing) -> Data:
    return {
        "finds": finding.finds.value,
        "on": plain(finding.on),
        "authority": finding.authority,
        "doc_no": finding.doc_no,
        "listing": listing.doc_no or listing.id,
    }


def _listing(listing: Listing, label: str, decision: Decision, catalogue: Catalogue) -> Data:
    kind = catalogue.lists[listing.list]
    status, since = next(((s, day) for key, s, day in decision.statuses if key == listing.id), ("", None))
    return {
        "list": {"key": kind.key, "title": plain(kind.title), "level": kind.level.value},
        "is_own": listing.subject == label,
        "of": called(listing.subject, decision),
        "authority": listing.authority,
        "doc_no": listing.doc_no,
        "determined": plain(listing.determined),
        "published": plain(listing.published),
        "status": {"key": status, "name": _status(status), "since": plain(since)},
        "until": plain(last_day(listing, kind)),
        "review": plain(listing.review),
        **_ways_out(kind),
    }


def _status(status: str) -> Any:
    return plain(word_table().get(f"status.{status}", Text(zh=status, en=status)))


def _ways_out(kind: ListKind) -> Data:
    return {
        "bases": [str(basis) for basis in kind.bases],
        "ends_by": plain(kind.ends_by),
        "remedy": plain(kind.remedy),
    }


def _record(record: Record) -> Data:
    return {
        "text": plain(record.text),
        "basis": str(record.basis),
        "shared_with": list(record.shared_with),
        "status": record.status,
        "sharing_stopped": plain(record.sharing_stopped),
    }
