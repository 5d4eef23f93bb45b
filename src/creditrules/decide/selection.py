"""Decide: which measures of a catalogue answer a question about units, matters, lists, statutes or kinds.

Without a day the answer is what the documents hold; with one it is what stands on that day, and what was set
aside is counted with its reason. No dossier is needed: nothing here is about anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from creditrules.decide.unit_kin import is_below
from creditrules.model.basis import Basis, plain_title
from creditrules.model.catalogue import Catalogue, MeasureKind
from creditrules.model.memorandum import Effect, Measure, Memorandum
from creditrules.model.rulebook import Act, Rule, Rulebook
from creditrules.model.words import Checked, Rank, Stance, Strength

# What takes a basis, a unit or a person from a measure and leaves the measure standing.
_PARTIAL = frozenset({"basis_out_of_force", "unit", "compulsion"})


@frozen
class Wanted:
    """What is asked for; what is left out is not asked. Names are resolved before: these are keys.

    `units` are all keys that the unit goes by (`units_meant`), `matter` takes in all below it, `statute` is a
    title: any provision counts that a measure, its coverage, its exceptions or its kinds rest on.
    """

    units: frozenset[str] | None = None
    matter: str | None = None
    list: str | None = None
    statute: str | None = None
    kind: str | None = None
    effect: str | None = None
    stance: Stance | None = None


@frozen
class Line:
    """One effect of a measure: who carries it out, on which listings, and the provisions that carry it.

    `open` names what no source shows (`unit`, `effect`, `in_force`); such a line decides nothing.
    """

    effect: Effect
    acts: tuple[Act, ...]
    bases: tuple[Basis, ...]
    lists: frozenset[str]
    open: tuple[str, ...] = ()


@frozen
class Found:
    """One measure that answers the question, with those of its lines that do."""

    memorandum: Memorandum
    measure: Measure
    lines: tuple[Line, ...]

    @property
    def key(self) -> str:
        """The measure as everybody names it: `memorandum#key`."""
        return f"{self.memorandum.key}#{self.measure.key}"

    @property
    def bases(self) -> tuple[Basis, ...]:
        """Every provision of its lines once, the strongest first."""
        bases = dict.fromkeys(basis for line in self.lines for basis in line.bases)
        return tuple(sorted(bases, key=_strength))

    @property
    def rank(self) -> Rank | None:
        """The highest rank that carries it; None when only the document does."""
        # What answers conduct of its own carries nothing because of a listing.
        ranks = [basis.rank for basis in self.bases if not basis.conduct]
        return min(ranks, key=list(Rank).index, default=None)


@frozen
class Selection:
    """The measures that answer a question, and how many others a reason took out (`reason`, number)."""

    measures: tuple[Found, ...]
    left_out: tuple[tuple[str, int], ...] = ()


def measures_of(
    catalogue: Catalogue, wanted: Wanted, *, on: date | None = None, recalled: bool = False
) -> Selection:
    """Select the measures of a catalogue.

    Args:
        catalogue: where to look.
        wanted: what is asked for.
        on: only what stands on this day, by the units of the day and what its general law leaves.
        recalled: take in what is known from memory only; it is counted as left out otherwise.
    """
    written = [found for found in _written(catalogue) if _answers(found, wanted)]
    matching = [_kept(found, wanted) for found in written]
    if on is None:
        kept = [f for f in matching if _may_act(f.measure, recalled)]
        left = Counter(f.measure.checked.value for f in matching if not _may_act(f.measure, recalled))
        return Selection(tuple(kept), _counted(left))
    rulebook = catalogue.rulebook(on=on, recalled=recalled)
    standing = [_kept(found, wanted) for found in _standing(rulebook) if _answers(found, wanted)]
    kept_keys = {found.key for found in standing}
    reasons = _reasons(rulebook)
    gone = (found.key for found in matching if found.key not in kept_keys)
    return Selection(tuple(standing), _counted(Counter(reasons[key] for key in gone if key in reasons)))


def _counted(reasons: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def _may_act(measure: Measure, recalled: bool) -> bool:
    return measure.checked is Checked.VERIFIED or (recalled and measure.checked is Checked.RECALLED)


def _written(catalogue: Catalogue) -> Iterator[Found]:
    """Yield every measure as the documents have it, whatever the day."""
    for memorandum in catalogue.memoranda.values():
        for measure in memorandum.measures:
            kinds = tuple(catalogue.measure_kinds[key] for key in measure.kinds)
            lists = measure.lists or memorandum.lists
            bases = (*measure.bases, *_bases_of(kinds, lists))
            lines = (
                _line(effect, _acts(measure, kinds, effect), bases, lists)
                for effect in measure.effects or (Effect(None),)
            )
            yield Found(memorandum, measure, tuple(lines))


def _line(effect: Effect, acts: tuple[Act, ...], bases: tuple[Basis, ...], lists: frozenset[str]) -> Line:
    missing = [] if effect.effect else ["effect"]
    return Line(effect, acts, bases, lists, (*missing, *([] if acts else ["unit"])))


def _acts(measure: Measure, kinds: Iterable[MeasureKind], effect: Effect) -> tuple[Act, ...]:
    parts = [(part, "memorandum") for part in measure.units]
    if not parts and effect.effect is not None:
        parts = list({part.unit: (part, "kind") for kind in kinds for part in kind.units}.values())
    return tuple(Act(p.unit, p.name, effect.discretion, p.assists, origin) for p, origin in parts)


def _bases_of(kinds: Iterable[MeasureKind], lists: frozenset[str]) -> Iterator[Basis]:
    for kind in kinds:
        for basis in kind.bases:
            if basis.strength is not Strength.LIMIT and (not basis.lists or lists <= basis.lists):
                yield basis


def _standing(rulebook: Rulebook) -> Iterator[Found]:
    """Yield every measure that stands on the day, its rules together."""
    of_measure: dict[str, tuple[Memorandum, Measure, list[Line]]] = {}
    for rule in rulebook.rules:
        memorandum, measure = rule.memorandum, rule.measure
        if memorandum is not None and measure is not None:
            *_, lines = of_measure.setdefault(rule.measure_id, (memorandum, measure, []))
            lines.append(_line_of(rule, memorandum))
    yield from (
        Found(memorandum, measure, tuple(lines)) for memorandum, measure, lines in of_measure.values()
    )


def _line_of(rule: Rule, memorandum: Memorandum) -> Line:
    # The document itself stands behind every rule; here it is the heading.
    bases = tuple(b for b in rule.bases if b.law != memorandum.title.zh)
    return Line(rule.effect, rule.acts, bases, rule.lists, tuple(o.what for o in rule.open))


def _reasons(rulebook: Rulebook) -> dict[str, str]:
    """Map each measure to the reason that took it, or the last part of it, out."""
    reasons: dict[str, str] = {}
    for item in rulebook.set_aside:
        if item.measure is not None and item.reason not in _PARTIAL:
            reasons[f"{item.memorandum}#{item.measure}"] = item.reason
    return reasons


def _answers(found: Found, wanted: Wanted) -> bool:
    measure = found.measure
    return (
        wanted.kind in (None, *measure.kinds)
        and wanted.stance in (None, measure.stance)
        and (wanted.statute is None or _rests_on(found, plain_title(wanted.statute)))
        and any(_is(line, wanted) for line in found.lines)
    )


def _kept(found: Found, wanted: Wanted) -> Found:
    return Found(found.memorandum, found.measure, tuple(line for line in found.lines if _is(line, wanted)))


def _is(line: Line, wanted: Wanted) -> bool:
    return (
        (wanted.units is None or any(act.unit in wanted.units for act in line.acts))
        and (wanted.matter is None or any(is_below(m, wanted.matter) for m in line.effect.matters))
        and (wanted.list is None or wanted.list in line.lists)
        and wanted.effect in (None, line.effect.effect)
    )


def _rests_on(found: Found, title: str) -> bool:
    measure = found.measure
    clauses = found.memorandum.covers if measure.covers is None else measure.covers
    bases = [basis for line in found.lines for basis in line.bases]
    bases += [basis for clause in clauses for reach in clause.reaches for basis in reach.bases]
    bases += [basis for exempt in measure.unless for basis in exempt.bases]
    return any(plain_title(basis.law) == title for basis in bases)


def _strength(basis: Basis) -> tuple[bool, bool, int, int]:
    return (
        basis.conduct,
        basis.origin == "kind",
        list(Strength).index(basis.strength),
        list(Rank).index(basis.rank),
    )
