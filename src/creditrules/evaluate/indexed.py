"""Evaluate: the indexed engine. From the entries of a dossier straight to the rules, along an index.

It reads the dossier itself, with readers of its own: so it is quick, and what it agrees on with an engine
that matches candidates is right in both. The index is made from the typed model; no text of a document is
ever compiled as code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from creditrules.evaluate.index_readers import on_record
from creditrules.evaluate.index_tree import Branch, Index, Rules
from creditrules.evaluate.once import Once
from creditrules.evaluate.protocol import Match, Met, expand
from creditrules.model.dossier import Dossier, RoleHeld
from creditrules.model.rulebook import Rulebook
from creditrules.model.status import carries

# Up to so many roles are looked through for each listing; more are sorted by subject first.
FEW = 16
_TRUE = 2
_ITSELF: tuple[tuple[int, RoleHeld | None]] = ((-1, None),)

Numbered = Iterable[tuple[int, RoleHeld | None]]


class IndexedEngine:
    """The rulebook compiled to an index. Safe to share between threads."""

    name = "indexed"

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        """Return every match of a dossier, sorted."""
        return expand(self.met(rulebook, dossier))

    def met(self, rulebook: Rulebook, dossier: Dossier) -> list[Met]:
        """Return what each listing carries along each route, listing by listing.

        One function and few names looked up: a call inside its loops would cost as much as what it does.
        """
        index = _index(rulebook)
        on, starts, subjects, roles = index.on, index.starts, dossier.subjects, dossier.roles
        around = _around(roles) if len(roles) > FEW else None
        found: list[Met] = []
        for number, listing in enumerate(dossier.listings):
            start = starts[listing.list]
            stands: int = carries(listing, start.kind, on)
            if start.asks_records:
                stands += 3 * on_record(listing, start.kind, on)
            way = start[stands]
            if way is None:
                continue
            subject = subjects[listing.subject]
            while type(way) is Branch:
                value = way.read(listing, subject, None, subject)
                way = way.children.get(value) or way.grow(value)
            fork, who = way, subject.id
            routes: Numbered = _ITSELF
            if fork.along_roles:
                routes = chain(_ITSELF, enumerate(roles) if around is None else around.get(who, ()))
            for role_number, role in routes:
                if role is None:
                    along, target = fork.to_self, subject
                elif role.organisation == who:
                    along, target = fork.holders[role.role], subjects[role.person]
                elif role.person == who:
                    along, target = fork.organisations[role.role], subjects[role.organisation]
                else:
                    continue
                while type(along) is Branch:
                    value = along.read(listing, subject, role, target)
                    along = along.children.get(value) or along.grow(value)
                if along is None:
                    continue
                certain, possible = along.always, _NONE
                for ask, rules in along.asked:
                    truth = ask(listing, subject, role, target)
                    if truth == _TRUE:
                        certain += rules
                    elif truth:
                        possible += rules
                if certain or possible:
                    found.append((number, role_number, certain, possible))
        return found


_NONE: Rules = ()


def _around(roles: tuple[RoleHeld, ...]) -> Mapping[str, list[tuple[int, RoleHeld]]]:
    """Return the roles around each subject, with their numbers."""
    around: dict[str, list[tuple[int, RoleHeld]]] = {}
    for numbered in enumerate(roles):
        for subject in {numbered[1].organisation, numbered[1].person}:
            around.setdefault(subject, []).append(numbered)
    return around


_index = Once(Index)
