"""Site: a catalogue turned round: from a unit, a matter, a list, a statute or a kind to its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from creditrules.compile.day import Day
from creditrules.compile.units_of_day import unit_of_day
from creditrules.decide.selection import Found, Line, Wanted, measures_of
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Effect, Measure, Memorandum
from creditrules.model.rulebook import Act
from creditrules.model.unit import Unit
from creditrules.site.citings import Citing, citings_of
from creditrules.site.days import LawDay, law_days

Index = Mapping[str, tuple[str, ...]]


@frozen
class Survey:
    """A catalogue with its indexes; they hold full names of measures (`memorandum#key`) in document order."""

    catalogue: Catalogue
    found: Mapping[str, Found]
    by_unit: Index
    by_matter: Index
    by_list: Index
    by_kind: Index
    by_effect: Index
    laws: Mapping[str, tuple[Citing, ...]]
    days: tuple[LawDay, ...]

    @property
    def last_day(self) -> date | None:
        """The last day on which the law changed: the youngest one the catalogue speaks of."""
        return self.days[-1].on if self.days else None

    def matters_below(self, matter: str) -> tuple[str, ...]:
        """Return the matters one step below a matter."""
        depth = matter.count(".") + 1
        inside = (key for key in self.catalogue.matters if key.startswith(f"{matter}."))
        return tuple(key for key in inside if key.count(".") == depth)

    def came_from(self, unit: str) -> tuple[Unit, ...]:
        """Return the units whose work, or a part of it, went to a unit."""
        units = self.catalogue.units.by_key.values()
        return tuple(u for u in units if any(s.unit == unit for s in u.successions))

    def heirs(self, act: Act, matter: str | None) -> tuple[str, ...]:
        """Return who acts for a unit on the last day of the law; itself where nothing changed."""
        units = self.catalogue.units
        unit = units.by_key.get(act.unit)
        if unit is None or unit.is_generic or self.last_day is None:
            return (act.unit,)
        day = Day.of(self.catalogue, self.last_day, recalled=False)
        return tuple(heir.key for heir in unit_of_day(units, unit, matter, day))


def survey_of(catalogue: Catalogue) -> Survey:
    """Index a catalogue."""
    found = {f"{memorandum.key}#{measure.key}": f for memorandum, measure, f in _all(catalogue)}
    return Survey(
        catalogue,
        found,
        _index(found, lambda f: (act.unit for line in f.lines for act in line.acts)),
        _index(found, lambda f: (matter for line in f.lines for matter in line.effect.matters)),
        _index(found, lambda f: (key for line in f.lines for key in line.lists)),
        _index(found, lambda f: f.measure.kinds),
        _index(found, lambda f: (line.effect.effect for line in f.lines if line.effect.effect)),
        citings_of(catalogue),
        law_days(catalogue),
    )


def _all(catalogue: Catalogue) -> Iterator[tuple[Memorandum, Measure, Found]]:
    selected = {found.key: found for found in measures_of(catalogue, Wanted(), recalled=True).measures}
    for memorandum in catalogue.memoranda.values():
        for measure in memorandum.measures:
            found = selected.get(f"{memorandum.key}#{measure.key}")
            yield memorandum, measure, found or _unseen(memorandum, measure)


def _unseen(memorandum: Memorandum, measure: Measure) -> Found:
    """Return what a document has and no source shows: a selection leaves it out, a page tells of it."""
    lists = measure.lists or memorandum.lists
    lines = tuple(
        Line(effect, _acts(measure, effect), measure.bases, lists)
        for effect in measure.effects or (Effect(None),)
    )
    return Found(memorandum, measure, lines)


def _acts(measure: Measure, effect: Effect) -> tuple[Act, ...]:
    return tuple(Act(part.unit, part.name, effect.discretion, part.assists) for part in measure.units)


def _index(found: Mapping[str, Found], keys: Callable[[Found], Iterable[str]]) -> Index:
    made: dict[str, dict[str, None]] = {}
    for name, item in found.items():
        for key in keys(item):
            made.setdefault(key, {})[name] = None
    return {key: tuple(names) for key, names in made.items()}
