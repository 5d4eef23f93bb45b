"""Site: what provisions, clauses, conditions and units are called on a page, with links to their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import field, frozen
from markupsafe import Markup

from creditrules.decide import phrases
from creditrules.deliver.articles import today_text
from creditrules.deliver.names import Names
from creditrules.deliver.words import Words
from creditrules.model.basis import Basis, plain_title
from creditrules.model.condition import All, Condition, Not, Op, Some, Test
from creditrules.model.memorandum import Clause, Effect, Exempt, Reach
from creditrules.model.text import Text
from creditrules.model.words import Direction, HeldAt, Rank, Strength
from creditrules.site.ink import Ink
from creditrules.site.places import anchor, measure_place, page_of
from creditrules.site.survey import Survey


@frozen
class Teller:
    """Names the things of a catalogue in one language; each name leads to the page of the thing."""

    survey: Survey
    names: Names
    ink: Ink
    _bases: dict[tuple[Basis, date | None], Markup] = field(factory=dict, repr=False, eq=False)

    @classmethod
    def of(cls, survey: Survey, lang: str) -> Teller:
        """Return the one who speaks a language."""
        words = Words(lang)
        return cls(survey, Names(survey.catalogue, words), Ink(words))

    def said(self, text: Text) -> Markup:
        """Return a text of the catalogue."""
        return self.ink.text(text(self.ink.lang))

    def unit(self, key: str, written: str = "") -> Markup:
        """Return a unit, as it is written or by its name."""
        if key not in self.survey.catalogue.units.by_key:
            return self.ink.text(written or key)
        return self.ink.link(page_of("unit", key), written or self.names.unit(key))

    def matter(self, key: str) -> Markup:
        """Return a matter."""
        if key not in self.survey.catalogue.matters:
            return self.ink.text(key)
        return self.ink.link(page_of("matter", key), self.names.matter(key))

    def list(self, key: str) -> Markup:
        """Return a list by its title."""
        if key not in self.survey.catalogue.lists:
            return self.ink.text(key)
        return self.ink.link(page_of("list", key), self.names.list(key))

    def lists(self, keys: Iterable[str]) -> Markup:
        """Return lists in the order of their keys."""
        return self.ink.joined(self.list(key) for key in sorted(keys))

    def kind(self, key: str) -> Markup:
        """Return a kind of measure."""
        kind = self.survey.catalogue.measure_kinds.get(key)
        return self.ink.link(page_of("kind", key), self.said(kind.name)) if kind else self.ink.text(key)

    def role(self, key: str) -> Markup:
        """Return a role."""
        return self.ink.link(f"glossary.html#{anchor('role', key)}", self.names.role(key))

    def regime(self, key: str) -> Markup:
        """Return a regime by its title."""
        return self.ink.link(page_of("regime", key), self.names.regime(key))

    def document(self, key: str) -> Markup:
        """Return a memorandum by its number."""
        if key not in self.survey.catalogue.memoranda:
            return self.ink.text(self.names.document(key))
        return self.ink.link(page_of("memorandum", key), self.names.document(key))

    def number(self, measure_id: str) -> Markup:
        """Return a measure by its number in its document."""
        key = measure_id.partition("#")[2]
        found = self.survey.found.get(measure_id)
        if found is None:
            return self.ink.text(key)
        # Where the document gives no number, its heading says more than our key.
        name = found.measure.number or found.measure.heading or found.measure.does(self.ink.lang) or key
        return self.ink.link(measure_place(measure_id), name)

    def numbers(self, measure_ids: Iterable[str]) -> tuple[Markup, ...]:
        """Name measures by their numbers, one line a document, in its order."""
        of: dict[str, list[str]] = {}
        for name in dict.fromkeys(measure_ids):
            of.setdefault(name.partition("#")[0], []).append(name)
        return tuple(self._of_document(key, names) for key, names in of.items())

    def _of_document(self, key: str, names: Iterable[str]) -> Markup:
        in_order = sorted(names, key=lambda name: self.names.place(key, name.partition("#")[2])[0])
        return Markup("{} {}").format(self.document(key), self.ink.joined(map(self.number, in_order)))

    def law(self, title: str) -> Markup:
        """Return a law by its title."""
        return self.ink.link(page_of("statute", plain_title(title)), f"《{title.strip('《》')}》")

    def basis(self, basis: Basis, on: date | None = None) -> Markup:
        """Return a provision: law, text and article as cited, its number of today, rank and strength."""
        key = (basis, on)
        if key not in self._bases:
            self._bases[key] = self._basis(basis, on)
        return self._bases[key]

    def _basis(self, basis: Basis, on: date | None) -> Markup:
        ink, words = self.ink, self.ink.words
        law, place = self.law(basis.law), basis.cited or _place(basis)
        version = f"（{basis.version}）" if basis.version else ""
        at = ink.text(place)
        if basis.article is not None:
            at = ink.link(f"{page_of('statute', plain_title(basis.law))}#{anchor('a', basis.article)}", place)
        marks = [words(f"rank.{basis.rank.value}")] if basis.rank is not Rank.UNKNOWN else []
        marks += (
            [words(f"strength.{basis.strength.value}")] if basis.strength is not Strength.UNSTATED else []
        )
        today = "" if basis.origin == "kind" else today_text(basis, self.survey.catalogue, words, on)
        said = Markup("").join((law, ink.text(version), at, ink.text(today), self._marks(marks)))
        return said + ink.doubt(basis.checked)

    def _marks(self, marks: Sequence[str]) -> Markup:
        if not marks:
            return Markup("")
        return Markup('<span class="marks">{}</span>').format(self.ink.bracketed(self.ink.joined(marks)))

    def effect(self, effect: Effect) -> Markup:
        """Return what a measure does to which matters, and how binding that is."""
        ink = self.ink
        if effect.effect is None:
            return Markup('<span class="missing">{}</span>').format(ink.said("checked.unseen"))
        parts = []
        for matter in effect.matters or (None,):
            what = ink.text(self.names.what(effect.effect, matter))
            parts.append(what if matter is None else ink.link(page_of("matter", matter), what))
        discretion = ink.said(f"discretion.{effect.discretion.value}")
        mark = Markup(' <span class="tag {}">{}</span>').format(effect.discretion.value, discretion)
        return ink.joined(parts, "part") + mark

    def condition(self, condition: Condition) -> Markup:
        """Return a condition in words; nothing when it always holds."""
        ink = self.ink
        match condition:
            case All(parts):
                return ink.joined((self.condition(part) for part in parts), "part")
            case Some(parts):
                either = ink.joined((self.condition(part) for part in parts), "or")
                return ink.filled("show.any", parts=either)
            case Not(part):
                return ink.filled("show.not", part=self.condition(part))
            case Test():
                return self._test(condition)

    def _test(self, test: Test) -> Markup:
        ink, catalogue = self.ink, self.survey.catalogue
        fact = self.said(phrases.fact_name(test.path, catalogue))
        if test.path in catalogue.facts:
            fact = ink.link(f"facts.html#{anchor('fact', test.path)}", fact)
        if test.path in ("listing.list", "listing.level"):
            fact = ink.said(f"site.path.{test.path.partition('.')[2]}")
            values = test.value if isinstance(test.value, tuple) else (test.value,)
            said = ink.joined(self._named(test.path, str(value)) for value in values)
            return Markup("{} {}").format(fact, said)
        if test.op is Op.IS:
            value = self.said(phrases.value_text(test.path, test.value, catalogue))
            return Markup("{} <strong>{}</strong>").format(fact, value)
        return Markup("{} {}").format(fact, self.said(phrases.compared(test, catalogue)))

    def _named(self, path: str, value: str) -> Markup:
        return self.list(value) if path == "listing.list" else self.ink.said(f"sheet.levels.{value}")

    def clause(self, clause: Clause) -> tuple[Markup, Markup]:
        """Return for which listed party a clause speaks, and whom it reaches then."""
        ink = self.ink
        party = self.survey.catalogue.parties.get(clause.party)
        name = self.said(party.name) if party else ink.text(clause.party)
        when = ink.bracketed(self.condition(clause.when))
        reached = ink.lines((self._reach(reach) for reach in clause.reaches), kind="tight")
        return name + when + ink.doubt(clause.checked), reached

    def _reach(self, reach: Reach) -> Markup:
        ink = self.ink
        if reach.direction is Direction.SELF:
            return ink.said("show.self")
        roles = ink.joined(self.role(role) for role in sorted(reach.roles))
        name = ink.said("show.any_role") if reach.any_role else roles
        if reach.direction is Direction.ORGANISATION:
            return ink.filled("show.organisation_of", role=name)
        marks = [ink.said(f"held.{reach.held.value}")] if reach.held is not HeldAt.DAY else []
        marks += [ink.said(f"finds.{reach.finding.value}")] if reach.finding else []
        marks += [when] if (when := self.condition(reach.when)) else []
        marks += [self.basis(basis) for basis in reach.bases]
        return name + ink.bracketed(ink.joined(marks, "part") if marks else "")

    def exempt(self, exempt: Exempt, on: date | None = None) -> Markup:
        """Return an exception: its name, when it holds, and its own basis."""
        parts = [self.said(exempt.name) or self.ink.text(exempt.label), self.condition(exempt.when)]
        parts += [self.basis(basis, on) for basis in exempt.bases]
        return self.ink.joined((part for part in parts if part), "part")


def _place(basis: Basis) -> str:
    return f"第{basis.article}条{basis.item}" if basis.article else basis.item
