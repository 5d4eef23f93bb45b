"""Policy: boundary cases to be said yes or no to: what is decided before, at and after a boundary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from attrs import frozen

from creditrules.decide.decide import decide
from creditrules.deliver.words import Words
from creditrules.errors import FactsError
from creditrules.load.dossier import read_dossier
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.memorandum import Memorandum
from creditrules.policy.boundaries import Point, boundaries
from creditrules.policy.examples import Example
from creditrules.policy.merge import laid_over
from creditrules.policy.proposal_words import Outcome, Outcomes, Questions
from creditrules.policy.rulebooks import Rulebooks

_ABSENT: Outcome = ("absent", ())
# So many measures stand for all that share a boundary.
_FEW = 3


@frozen
class Proposal:
    """A case that is decided as it says today, and the question whether that is right."""

    question: str
    case: Mapping[str, Any]
    example: Example


def proposals(
    examples: Iterable[Example], memorandum: Memorandum, catalogue: Catalogue, lang: str
) -> Iterator[Proposal]:
    """Yield a proposal for every side of every boundary at which a measure of a memorandum begins or ends.

    What several cases share is proposed once, and what a case says already not at all; of measures that share
    a boundary the first few stand for all.
    """
    examples = list(examples)
    wording = Questions(memorandum, Words(lang), {example.name for example in examples})
    books = Rulebooks(catalogue)
    asked: set[tuple[Any, ...]] = set()
    said = {each for example in examples for each in _said(example, memorandum)}
    for example in examples:
        step = example.steps[-1]
        try:
            dossier = read_dossier(step.given, catalogue, file=example.file)
        except FactsError:
            continue  # `creditrules test` tells what is wrong with it
        decision = decide(books(step.on, example.doc.recalled), dossier, known=step.known, engine="indexed")
        for sides in boundaries(dossier.as_known(step.known), decision, memorandum, catalogue):
            found = [_decided(example, point, memorandum, catalogue, books) for point in sides]
            outcomes = [outcome for outcome in found if outcome is not None]
            if len(outcomes) < len(sides):
                continue
            turning = _turning(outcomes, _boundary(sides[0]), asked)
            for point, outcome in zip(sides if turning else (), outcomes, strict=bool(turning)):
                given = repr(laid_over(step.given, point.change))
                left = [key for key in turning if (given, point.on, *key) not in said]
                stated = {key: outcome.get(key, _ABSENT) for key in left}
                if not stated:
                    continue
                case = _case(example, point, wording.name(point, stated), stated, memorandum)
                yield Proposal(wording.question(point, stated, dossier), case, example)


def _boundary(point: Point) -> tuple[Any, ...]:
    """Return what makes a boundary the same for another case: its day, or the value that is set."""
    return (point.boundary, repr(point.change) if point.change else point.on)


def _said(example: Example, memorandum: Memorandum) -> Iterator[tuple[str, date, str, str]]:
    """Yield the dossier, the day, the measure and the person of everything that a case expects already."""
    for step in example.steps:
        expect = step.expect
        said = [(each.measure, each.against) for each in (*expect.actions, *expect.not_)]
        said += [(each.measure, each.against) for each in expect.untouched]
        said += [(each.measure, each.against) for each in expect.undetermined]
        for named_measure, against in said:
            named, _, measure = (named_measure or "").rpartition("#")
            if (named or example.memorandum) == memorandum.key:
                yield repr(step.given), step.on, measure, against


def _turning(
    outcomes: list[Outcomes], boundary: tuple[Any, ...], asked: set[tuple[Any, ...]]
) -> list[tuple[str, str]]:
    """Return the measures and persons a boundary decides for, a few for each person; all count as asked."""
    turning: list[tuple[str, str]] = []
    for key in dict.fromkeys(key for outcome in outcomes for key in outcome):
        course = tuple(outcome.get(key, _ABSENT) for outcome in outcomes)
        if len(set(course)) == 1 or all(what != "taken" for what, _ in course):
            continue
        if (*boundary, *key, course) in asked:
            continue
        asked.add((*boundary, *key, course))
        if sum(target == key[1] for _, target in turning) < _FEW:
            turning.append(key)
    return turning


def _decided(
    example: Example, point: Point, memorandum: Memorandum, catalogue: Catalogue, books: Rulebooks
) -> Outcomes | None:
    """Return what is decided at a point; None when the dossier changed so would have findings."""
    step = example.steps[-1]
    try:
        dossier = read_dossier(laid_over(step.given, point.change), catalogue, file=example.file)
    except FactsError:
        return None
    decision = decide(books(point.on, example.doc.recalled), dossier, known=step.known, engine="indexed")
    return _outcomes(decision, memorandum)


def _outcomes(decision: Decision, memorandum: Memorandum) -> Outcomes:
    found: dict[tuple[str, str], Outcome] = {}
    for action in decision.actions:
        for part in action.parts:
            if part.memorandum == memorandum.key:
                found[part.measure, action.target] = ("taken", ())
    for open_ in decision.undetermined:
        if open_.memorandum == memorandum.key and open_.what == "fact":
            asks = tuple(sorted({ask.fact for ask in open_.asks}))
            found.setdefault((open_.measure, open_.target), ("open", asks))
    order = {measure.key: n for n, measure in enumerate(memorandum.measures)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0][0], len(order)), item[0][1])))


def _case(
    example: Example, point: Point, name: str, stated: Outcomes, memorandum: Memorandum
) -> dict[str, Any]:
    own = example.memorandum == memorandum.key
    expect: dict[str, list[dict[str, Any]]] = {}
    for (measure, against), (what, asks) in stated.items():
        entry: dict[str, Any] = {
            "measure": measure if own else f"{memorandum.key}#{measure}",
            "against": against,
        }
        if what == "taken":
            expect.setdefault("actions", []).append(entry)
        elif what == "open":
            expect.setdefault("undetermined", []).append({**entry, "what": "fact", "asks": list(asks)})
        else:
            expect.setdefault("untouched", []).append(entry)
    case = _of_example(example)
    change = joined(case.pop("change", {}), point.change)
    made: dict[str, Any] = {"name": name, "on": point.on, **case}
    if change:
        made["change"] = change
    return {**made, "expect": expect}


def _of_example(example: Example) -> dict[str, Any]:
    """Return what a case says of its dossier; the last day of a timeline is a dossier of its own."""
    kept = ("known", "recalled", "parameters", "given", "only", "change")
    tree = example.doc.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    case = {key: tree[key] for key in kept if key in tree}
    if example.doc.timeline:
        case.pop("only", None)
        case.pop("change", None)
        case["given"] = deepcopy(dict(example.steps[-1].given))
        if example.steps[-1].known:
            case["known"] = example.steps[-1].known
    return case


def joined(change: Any, further: Any) -> Any:
    """Return one change that does what two do one after the other; a null that takes away stays one."""
    if isinstance(change, Mapping) and isinstance(further, Mapping):
        made = dict(change)
        for key, value in further.items():
            made[key] = joined(made[key], value) if key in made else deepcopy(value)
        return made
    if _named(change) and _named(further):
        later = {entry["id"]: entry for entry in further}
        kept = [joined(entry, later.pop(entry["id"])) if entry["id"] in later else entry for entry in change]
        return [*kept, *deepcopy(list(later.values()))]
    return deepcopy(further)


def _named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(e, Mapping) and "id" in e for e in value)
