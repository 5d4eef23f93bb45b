"""Site: one measure: whole, as on the page of its document, and as a row of a table elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve, field, frozen
from markupsafe import Markup

from creditrules.decide.selection import Found
from creditrules.deliver.clauses import duration_text
from creditrules.model.memorandum import Measure
from creditrules.model.rulebook import Act
from creditrules.model.words import Stance
from creditrules.site.blocks import Block, Facts, Table, given
from creditrules.site.case_text import case_lines
from creditrules.site.cases import Cases, Told
from creditrules.site.days import PARTIAL, Standing
from creditrules.site.places import anchor, measure_place
from creditrules.site.teller import Teller


@frozen
class Turn:
    """A day since which a measure stands in a new way: a word for its look, the words, and why."""

    on: date
    look: str
    said: Markup
    why: Markup = Markup("")


@frozen
class MeasureView:
    """One measure as its document's page shows it; `days` say how it stands when the law changed."""

    place: str
    number: str
    heading: Markup
    badge: Markup
    stance: Markup
    does: Markup
    facts: Facts
    days: tuple[Turn, ...]
    cases: tuple[tuple[Markup, str, tuple[Markup, ...]], ...]


@frozen
class Measures:
    """Draws measures in one language."""

    teller: Teller
    cases: Cases
    _rows: dict[str, tuple[Markup, ...]] = field(factory=dict, repr=False, eq=False)

    def view(self, found: Found, on: date | None) -> MeasureView:
        """Return a measure whole; *on* is the day of its document."""
        ink, measure = self.teller.ink, found.measure
        incentive = measure.stance is Stance.INCENTIVE
        return MeasureView(
            place=anchor("m", measure.key),
            number=measure.number,
            heading=ink.text(measure.heading) if measure.heading else self._missing("show.no_heading"),
            badge=ink.badge(measure.checked),
            stance=ink.said("show.incentive") if incentive else Markup(""),
            does=self.teller.said(measure.does),
            facts=given(*self._facts(found, on)),
            days=tuple(self._turns(found.key)),
            cases=self.told(self.cases.of_measure.get(found.key, ())),
        )

    def told(self, cases: Iterable[Told]) -> tuple[tuple[Markup, str, tuple[Markup, ...]], ...]:
        """Return examples as name, place and what is expected."""
        return tuple((self.teller.ink.text(t.name), t.place, case_lines(t, self.teller)) for t in cases)

    def examples(self, cases: Iterable[Told], *, folded: bool = False) -> Block:
        """Return examples as a part of a page."""
        told = self.told(cases)
        parts = tuple(
            Block(
                Markup('{} <small class="case-place">{}</small>').format(name, place),
                lines=lines,
                kind="told",
            )
            for name, place, lines in told
        )
        heading = self.teller.ink.said("site.examples", n=len(told))
        return Block(
            heading, "" if folded else "examples", parts=parts, kind="folded" if folded else "examples"
        )

    def _missing(self, key: str) -> Markup:
        return Markup('<span class="missing">{}</span>').format(self.teller.ink.said(key))

    def _facts(self, found: Found, on: date | None) -> Iterator[tuple[Markup, Markup]]:
        teller, ink, measure = self.teller, self.teller.ink, found.measure
        unseen = self._missing("checked.unseen")
        effects = [teller.effect(effect) for effect in measure.effects]
        yield ink.said("show.effect"), ink.joined(effects, "part") or unseen
        yield ink.said("show.units"), self._units(measure) or unseen
        yield from self._units_of_day(found)
        kinds = (teller.names.kind(kind) for kind in sorted(measure.target_kinds))
        yield ink.said("show.reaches"), ink.joined(kinds)
        clauses = [teller.clause(clause) for clause in measure.covers or ()]
        covers = (Markup("{} → {}").format(party, reached) for party, reached in clauses)
        yield ink.said("show.covers"), ink.lines(covers, kind="plain")
        yield ink.said("show.lists"), teller.lists(measure.lists)
        yield ink.said("show.when"), teller.condition(measure.when)
        unless = (teller.exempt(exempt, on) for exempt in measure.unless)
        yield ink.said("show.unless"), ink.lines(unless, kind="plain")
        bases = (teller.basis(basis, on) for basis in measure.bases)
        yield ink.said("show.basis"), ink.lines(bases, kind="plain") or unseen
        kinds_of = (self._kind(key) for key in measure.kinds)
        yield ink.said("show.kind"), ink.lines(kinds_of, kind="plain")
        yield ink.said("show.duration"), ink.text(duration_text(measure.duration, teller.names))
        yield ink.said("show.procedure"), ink.joined(measure.procedure, "part")
        leads = teller.list(measure.leads_to) if measure.leads_to else Markup("")
        yield ink.said("show.leads_to"), leads
        yield ink.said("show.note"), ink.text(measure.note)
        yield ink.said("show.source"), self._source(found)
        if not measure.number:
            yield ink.said("show.key"), ink.code(measure.key)

    def _units(self, measure: Measure) -> Markup:
        ink = self.teller.ink
        assists = ink.bracketed(ink.said("show.assists"))
        return ink.joined(
            self._written(part.unit, part.name) + (assists if part.assists else "") for part in measure.units
        )

    def _written(self, key: str, name: str) -> Markup:
        """Return a unit as the document writes it; readers of English are told its name."""
        named = self.teller.names.unit(key)
        said = self.teller.unit(key, name)
        return (
            said
            if self.teller.ink.lang == "zh" or named in (key, name)
            else said + self.teller.ink.bracketed(named)
        )

    def _units_of_day(self, found: Found) -> Iterator[tuple[Markup, Markup]]:
        """Yield who acts on the last day of the law, where that is not who was written."""
        survey, ink = self.teller.survey, self.teller.ink
        acts = [(act, m) for line in found.lines for act in line.acts for m in line.effect.matters or (None,)]
        heirs = dict.fromkeys(key for act, matter in acts for key in survey.heirs(act, matter))
        if survey.last_day and tuple(heirs) != tuple(dict.fromkeys(act.unit for act, _ in acts)):
            named = ink.joined(self.teller.unit(key) for key in heirs) or self._missing("checked.unseen")
            yield ink.said("site.units_on", on=survey.last_day), named
        elif acts and all(act.origin == "kind" for act, _ in acts):
            yield ink.said("site.units_by_kind"), ink.joined(self.teller.unit(key) for key in heirs)

    def _source(self, found: Found) -> Markup:
        """Return where a measure was read; what names a source of the document leads to it."""
        ink, known = self.teller.ink, {source.key for source in found.memorandum.sources}
        pieces = re.split(r"([\w.-]+)", found.measure.source)
        linked = (ink.link(f"#{anchor('source', p)}", p) if p in known else ink.text(p) for p in pieces if p)
        return Markup("").join(linked)

    def _kind(self, key: str) -> Markup:
        ink, kind = self.teller.ink, self.teller.survey.catalogue.measure_kinds.get(key)
        if kind is None:
            return ink.text(key)
        carried = (
            ink.said("site.carried_by", n=len(kind.bases)) if kind.bases else ink.said("show.not_carried")
        )
        return self.teller.kind(key) + ink.bracketed(carried)

    def _turns(self, key: str) -> Iterator[Turn]:
        """Yield the days of the law on which it changed how a measure stands."""
        before: Turn | None = None
        for day in self.teller.survey.days:
            turn = self._turn(day.on, day.standing.get(key, Standing(acts=False)))
            if before is None or evolve(turn, on=before.on) != before:
                yield turn
            before = turn

    def _turn(self, on: date, standing: Standing) -> Turn:
        ink = self.teller.ink
        reasons = ink.joined(ink.said(f"reason.{reason}") for reason in standing.reasons)
        if not standing.acts:
            return Turn(on, "gone", ink.said("site.stands.gone"), reasons)
        if standing.open:
            opened = ink.joined(ink.said(f"open.{what}") for what in standing.open)
            return Turn(on, "open", ink.said("site.stands.open"), opened)
        if any(reason in PARTIAL for reason in standing.reasons):
            return Turn(on, "partly", ink.said("site.stands.partly"), reasons)
        return Turn(on, "acts", ink.said("site.stands.acts"))

    # --- elsewhere ----------------------------------------------------------------------------------------

    def blocks(self, measure_ids: Iterable[str]) -> tuple[Block, ...]:
        """Return measures as one table a document."""
        of: dict[str, list[str]] = {}
        for name in measure_ids:
            of.setdefault(name.partition("#")[0], []).append(name)
        return tuple(self._document(key, names) for key, names in of.items())

    def _document(self, key: str, names: list[str]) -> Block:
        memorandum = self.teller.survey.catalogue.memoranda[key]
        heading = Markup("{} {}").format(self.teller.document(key), self.teller.said(memorandum.title))
        table = Table(self.heads(), tuple(self.row(name) for name in names))
        return Block(heading, table=table, kind="document")

    def heads(self) -> tuple[str, ...]:
        """Return the heads of a table of measures."""
        return tuple(
            self.teller.ink.words(f"catalogue.column.{key}")
            for key in ("number", "heading", "what", "units", "rank", "state")
        )

    def row(self, name: str) -> tuple[Markup, ...]:
        """Return a measure as a row; it is the same on every page."""
        if name not in self._rows:
            self._rows[name] = self._row(self.teller.survey.found[name])
        return self._rows[name]

    def _row(self, found: Found) -> tuple[Markup, ...]:
        teller, ink, measure = self.teller, self.teller.ink, found.measure
        heading = measure.heading or measure.does(ink.lang) or ink.words("show.no_heading")
        acts = dict.fromkeys(act for line in found.lines for act in line.acts)
        effects = dict.fromkeys(teller.effect(line.effect) for line in found.lines)
        rank = ink.said(f"rank.{found.rank.value}") if found.rank else ink.said("catalogue.none_rank")
        return (
            ink.text(measure.number or "–"),
            ink.link(measure_place(found.key), heading),
            ink.joined(effects, "part"),
            ink.joined(dict.fromkeys(self._act(act) for act in acts)) or self._missing("checked.unseen"),
            rank,
            ink.badge(measure.checked),
        )

    def _act(self, act: Act) -> Markup:
        ink = self.teller.ink
        marks = [ink.said("show.assists")] if act.assists else []
        marks += [ink.said("catalogue.by_kind")] if act.origin == "kind" else []
        name = act.written if ink.lang == "zh" and act.origin == "memorandum" else ""
        return self.teller.unit(act.unit, name) + ink.bracketed(ink.joined(marks, "part") if marks else "")
