"""Population, impact: a report in one language, ready to be drawn as text, page, picture or workbook."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from creditrules.deliver.names import Names
from creditrules.deliver.plain import shown
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action
from creditrules.model.text import Text
from creditrules.population.differences import CHANGES
from creditrules.population.impact.counting import DIMENSIONS, Row
from creditrules.population.impact.report import Impact
from creditrules.population.impact.samples import Sample


@frozen
class Section:
    """The counts of one dimension; each row with its name."""

    name: str
    title: str
    rows: tuple[tuple[str, Row], ...]


@frozen
class Card:
    """One sample: its change, whom it falls on, what the action is, and both sides with their reasons."""

    change: str
    label: str
    target: str
    action: str
    measures: tuple[str, ...]
    aspects: str
    before: tuple[str, tuple[str, ...]]
    after: tuple[str, tuple[str, ...]]


@frozen
class View:
    """Everything a report says, in one language."""

    words: Words
    title: str
    between: str
    lines: tuple[str, ...]
    figures: tuple[tuple[str, str, int, int], ...]
    ways: tuple[tuple[str, int], ...]
    questions: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    cards: tuple[Card, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.sections and not any(n for _, n in self.questions)


def view_of(found: Impact, lang: str, titles: tuple[str, str] | None = None) -> View:
    """Return a report in one language; *titles* are what the two sides are called."""
    return _Teller(found, Words(lang)).view(titles)


class _Teller:
    def __init__(self, found: Impact, words: Words) -> None:
        self.found, self.words = found, words
        self.sides = [Names(book.catalogue, words) for book in (found.after, found.before)]

    def view(self, titles: tuple[str, str] | None) -> View:
        found, words, counts = self.found, self.words, self.found.counts
        named = titles or (self._catalogue(found.before.catalogue), self._catalogue(found.after.catalogue))
        return View(
            words=words,
            title=words("impact.title"),
            between=self._between(named),
            lines=tuple(self._lines()),
            figures=tuple(
                (change, words(f"impact.change.{change}"), counts.actions[change], counts.subjects[change])
                for change in CHANGES
            ),
            ways=tuple(
                (words.joined((words(f"impact.aspect.{aspect}"), words(f"impact.way.{way}")), "verb"), n)
                for (aspect, way), n in counts.ways.items()
            ),
            questions=tuple(
                (words(f"impact.change.{name}"), getattr(counts, name)) for name in ("raised", "settled")
            ),
            sections=tuple(self._sections()),
            cards=tuple(self._card(sample) for sample in found.samples),
        )

    def _between(self, named: tuple[str, str]) -> str:
        """Say what is compared with what."""
        words, days = self.words, (self.found.before.on, self.found.after.on)
        if self.found.before.catalogue.digest == self.found.after.catalogue.digest:
            return words("impact.days", title=named[0], before=days[0], after=days[1])
        if days[0] == days[1]:
            return words("impact.catalogues", before=named[0], after=named[1], day=days[0])
        before, after = (words("impact.one", title=t, day=day) for t, day in zip(named, days, strict=True))
        return words("impact.between", before=before, after=after)

    def _catalogue(self, catalogue: Catalogue) -> str:
        manifest = catalogue.manifests[-1]
        return f"{self.words.said(manifest.title) or manifest.id} {manifest.version}"

    def _lines(self) -> Iterator[str]:
        compared, words = self.found.compared, self.words
        if self.found.counts.is_empty:
            yield words("impact.nothing")
        else:
            yield words("impact.touched", targets=f"{self.found.counts.targets:,}")
        yield words("impact.scope", subjects=f"{compared.subjects:,}", decided=f"{compared.decided:,}")
        if compared.touched is not None:
            totals = {name: len(getattr(self.found, name).rules) for name in ("before", "after")}
            yield words("impact.rules", changed=len(compared.touched.changed), **totals)

    def _sections(self) -> Iterator[Section]:
        for name in DIMENSIONS:
            rows = tuple((self.name_of(name, row.key), row) for row in self.found.counts.by[name])
            if rows:
                yield Section(name, self.words(f"impact.by.{name}"), rows)

    def name_of(self, dimension: str, key: str) -> str:
        """Return the name of a unit, a measure, a list, a region or a kind; empty stands for none stated."""
        if not key:
            return self.words("impact.unstated")
        if dimension == "measure":
            return self._measure(key)
        for names in self.sides:
            if dimension == "region":
                region = names.catalogue.units.regions.get(key)
                name = f"{self.words.said(region.name)} {key}" if region else key
            else:
                name = getattr(names, dimension)(key)
            if name != key:
                return str(name)
        return shown(key)

    def _measure(self, key: str) -> str:
        memorandum, _, measure = key.partition("#")
        for names in self.sides:
            document = names.catalogue.memoranda.get(memorandum)
            found = next((m for m in document.measures if m.key == measure), None) if document else None
            if document is not None and found is not None:
                heading = found.heading or self.words.said(found.does)
                said = self.words("impact.unnumbered", document=document.doc_no, key=measure)
                if found.number:
                    said = self.words("impact.document", document=document.doc_no, n=found.number)
                return f"{said} {heading}".strip()
        return key

    def _card(self, sample: Sample) -> Card:
        words, (unit, effect, matter) = self.words, sample.key
        names = next((n for n in self.sides if unit in n.catalogue.units.by_key), self.sides[0])
        where = self.name_of("region", sample.region or "") if sample.region else ""
        target = (self.name_of("kind", sample.kind), shown(sample.name), where)
        return Card(
            change=sample.change,
            label=words(f"impact.change.{sample.change}"),
            target=" · ".join(part for part in target if part),
            action=f"{self.name_of('unit', unit)} · {names.what(effect or '', matter)}",
            measures=tuple(self._measure(key) for key in sample.measures),
            aspects=words.joined(words(f"impact.aspect.{aspect}") for aspect in sample.aspects),
            before=(self._side(sample.before, sample.why_before), self._reasons(sample.why_before)),
            after=(self._side(sample.after, sample.why_after), self._reasons(sample.why_after)),
        )

    def _reasons(self, reasons: tuple[Text, ...]) -> tuple[str, ...]:
        return tuple(shown(self.words.said(reason)) for reason in reasons)

    def _side(self, action: Action | None, reasons: tuple[Text, ...]) -> str:
        words = self.words
        if action is None:
            return words("impact.takes_not" if reasons else "impact.unknown")
        days = words("impact.from_to", since=action.since or "…", until=action.until or "…")
        if action.until is None and action.review is not None:
            days += words("impact.open_end", review=action.review)
        return words.joined((words(f"discretion.{action.discretion.value}"), days), "part")
