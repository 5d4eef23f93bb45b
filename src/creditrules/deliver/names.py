"""Deliver: what the keys of a decision are called, in one language."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from creditrules.deliver.plain import shown
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision, Part, Route
from creditrules.model.text import Text
from creditrules.model.words import Checked


@frozen
class Names:
    """Names by key; a key that the catalogue does not know stands for itself."""

    catalogue: Catalogue
    words: Words

    def unit(self, key: str) -> str:
        """Return the name of a unit."""
        unit = self.catalogue.units.by_key.get(key)
        return self._said(unit.name, key) if unit else key

    def unit_with_local(self, action: Action) -> str:
        """Return the unit of an action, and the body that acts for it where the target is registered."""
        return self.unit(action.unit) + (f" · {shown(action.local)}" if action.local else "")

    def effect(self, key: str) -> str:
        """Return the name of an effect."""
        kind = self.catalogue.effects.get(key)
        return self._said(kind.name, key) if kind else key

    def what(self, effect: str, matter: str | None) -> str:
        """Say what an effect does to a matter: its verb and the name of the matter."""
        kind = self.catalogue.effects.get(effect)
        verb = (self._said(kind.verb, "") or self._said(kind.name, effect)) if kind else effect
        if matter is None:
            return verb
        named = self.matter(matter)
        return (
            verb.replace("{matter}", named)
            if "{matter}" in verb
            else self.words.joined((verb, named), "verb")
        )

    def matter(self, key: str) -> str:
        """Return the name of a matter."""
        matter = self.catalogue.matters.get(key)
        return self._said(matter.name, key) if matter else key

    def role(self, key: str) -> str:
        """Return the name of a role."""
        role = self.catalogue.roles.get(key)
        return self._said(role.name, key) if role else key

    def kind(self, key: str) -> str:
        """Return the name of a kind of subject."""
        kind = self.catalogue.kinds.get(key)
        return self._said(kind.name, key) if kind else key

    def list(self, key: str) -> str:
        """Return the title of a list."""
        kind = self.catalogue.lists.get(key)
        return self._said(kind.title, key) if kind else key

    def regime(self, key: str) -> str:
        """Return the title of a regime."""
        found = next((r for r in self.catalogue.regimes if r.key == key), None)
        return self._said(found.title, key) if found else key

    def document(self, key: str) -> str:
        """Return the document number of a memorandum; rules about records come from a regime: its title."""
        memorandum = self.catalogue.memoranda.get(key)
        return memorandum.doc_no if memorandum else self.regime(key)

    def numbers(self, memorandum: str, measures: Iterable[str]) -> str:
        """Name measures of one document by their numbers, in its order; by their keys where it has none."""
        if memorandum not in self.catalogue.memoranda:
            return self.words.joined(dict.fromkeys(self._record(memorandum, key) for key in measures))
        places = sorted(self.place(memorandum, key) for key in measures)
        return self.words.joined(number for _, number in places)

    def place(self, memorandum: str, measure: str) -> tuple[int, str]:
        """Return where a measure stands in its document, and its number there."""
        found = self.catalogue.memoranda.get(memorandum)
        for at, known in enumerate(found.measures if found else ()):
            if known.key == measure:
                return at, known.number or known.key
        return 0, measure

    def sources(self, parts: Iterable[Part]) -> str:
        """Name the measures that carry an action, by document, and mark what is known from memory only."""
        by_document: dict[str, dict[str, bool]] = {}
        for part in parts:
            recalled = part.checked is Checked.RECALLED
            measures = by_document.setdefault(part.memorandum, {})
            measures[part.measure] = measures.get(part.measure, False) or recalled
        return self.words.joined(
            (self._source(document, measures) for document, measures in by_document.items()), "part"
        )

    def _source(self, document: str, measures: dict[str, bool]) -> str:
        mark = self.words("table.recalled") if any(measures.values()) else ""
        cited = self.words(
            "table.cited", document=self.document(document), n=self.numbers(document, measures)
        )
        return cited + mark

    def route(self, route: Route, decision: Decision) -> str:
        """Say how a target is reached: empty when it is the listed subject itself."""
        if route.role is None and route.organisation is None:
            return ""
        if route.role is not None and sum(not s.natural for s in decision.subjects) == 1:
            # There is only one organisation it can be.
            return self.words(f"route.{route.direction.value}_there", role=self.role(route.role))
        organisation = subject_name(decision, route.organisation or "")
        return self.words(
            f"route.{route.direction.value}", role=self.role(route.role or ""), organisation=organisation
        )

    def _record(self, regime: str, key: str) -> str:
        # One rule about records becomes one for each list, `key@list`.
        name = key.partition("@")[0]
        records = (r for g in self.catalogue.regimes if g.key == regime for r in g.records)
        return next((self._said(r.text, name) for r in records if r.key == name), name)

    def _said(self, text: Text, otherwise: str) -> str:
        return text(self.words.lang) or otherwise


def subject_name(decision: Decision, key: str) -> str:
    """Return the name of a subject of a decision, fit to be shown."""
    found = next((s for s in decision.subjects if s.id == key), None)
    return shown(found.name or key) if found else shown(key)
