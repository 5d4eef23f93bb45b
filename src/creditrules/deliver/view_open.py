"""Deliver, part of the view: what stays open, by the question that settles it, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from creditrules.deliver.names import Names, subject_name
from creditrules.deliver.plain import shown
from creditrules.model.decision import Decision, Undetermined
from creditrules.model.rulebook import SetAside
from creditrules.model.words import Checked


@frozen
class Outcome:
    """What each answer to a question changes, and the measures for which it changes that."""

    answers: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]


@frozen
class OpenGroup:
    """One question (or one thing no source shows), and what waits for the answer."""

    number: str
    question: str
    about: str
    outcomes: tuple[Outcome, ...]


@frozen
class AsideGroup:
    """What one reason set aside: how many things, and which."""

    reason: str
    count: int
    items: tuple[str, ...]


_Key = tuple[str, str, str]
_Waits = dict[tuple[tuple[str, str], ...], list[Undetermined]]


def open_groups(
    undetermined: Iterable[Undetermined], decision: Decision, names: Names
) -> tuple[OpenGroup, ...]:
    """Gather open points under the question that settles them, or under what the source leaves open."""
    words = names.words
    questions: dict[_Key, _Waits] = {}
    for item in undetermined:
        for ask in item.asks:
            about = f"{ask.fact} · {subject_name(decision, ask.about)}"
            answers = tuple((words.said(answer), words.said(then)) for answer, then in ask.answers)
            if len({then for _, then in answers}) < 2:
                answers = ()  # no answer alone changes anything
            waits = questions.setdefault((words.said(ask.question), about, ask.about), {})
            waits.setdefault(answers, []).append(item)
        if not item.asks:
            key = (words.said(item.text), words(f"open.{item.what}"), "")
            questions.setdefault(key, {}).setdefault((), []).append(item)
    return tuple(
        OpenGroup(
            f"Q{n}",
            shown(question),
            shown(about),
            tuple(Outcome(answers, _waiting(items, decision, names)) for answers, items in waits.items()),
        )
        for n, ((question, about, _), waits) in enumerate(questions.items(), 1)
    )


def _waiting(items: list[Undetermined], decision: Decision, names: Names) -> tuple[str, ...]:
    """Say which measures of which documents wait, with the units that would act and the targets."""
    waits: dict[tuple[str, bool, str], dict[tuple[str, ...], list[str]]] = {}
    for item in items:
        place = (item.memorandum, item.checked is Checked.RECALLED, item.target)
        measures = waits.setdefault(place, {}).setdefault(item.units, [])
        if item.measure not in measures:
            measures.append(item.measure)
    words = names.words
    # Targets for whom the same measures wait share a line.
    targets: dict[str, list[str]] = {}
    for (memorandum, recalled, target), by_units in waits.items():
        ordered = sorted(by_units.items(), key=lambda x: min(names.place(memorandum, m) for m in x[1]))
        said = words.joined((_of_units(memorandum, m, u, names) for u, m in ordered), "part")
        cited = words("table.cited", document=names.document(memorandum), n=said)
        cited += words("table.recalled") if recalled else ""
        targets.setdefault(cited, []).append(subject_name(decision, target))
    return tuple(f"{words.joined(people)}{words('mark.colon')}{cited}" for cited, people in targets.items())


def _of_units(memorandum: str, measures: list[str], units: tuple[str, ...], names: Names) -> str:
    numbers = names.numbers(memorandum, measures)
    who = names.words.joined(names.unit(unit) for unit in units)
    return numbers + (names.words("show.in_brackets", text=who) if who else "")


def set_aside_groups(aside: Iterable[SetAside], names: Names) -> tuple[AsideGroup, ...]:
    """Group what was set aside by its reason in words; whole documents and single measures alike."""
    groups: dict[tuple[str, str], dict[tuple[str, str], dict[str, None]]] = {}
    counts: dict[tuple[str, str], int] = {}
    for item in aside:
        reason = names.words(f"reason.{item.reason}")
        # Where the words name one provision or one body, that is told with the measure.
        varies = bool(item.detail) and item.detail in item.text.zh
        said = "" if varies else names.words.said(item.text)
        key = (item.regime or "", f"{reason}{names.words('mark.colon')}{said}" if said else reason)
        counts[key] = counts.get(key, 0) + 1
        place = (item.memorandum, item.detail if varies else "")
        measures = groups.setdefault(key, {}).setdefault(place, {})
        if item.measure is not None:
            measures[item.measure] = None
    return tuple(
        AsideGroup(
            (f"{names.regime(regime)} · " if regime else "") + shown(said),
            counts[regime, said],
            tuple(
                _cited(memorandum, measures, names)
                + (names.words("show.in_brackets", text=shown(detail)) if detail else "")
                for (memorandum, detail), measures in places.items()
                if memorandum
            ),
        )
        for (regime, said), places in groups.items()
    )


def _cited(memorandum: str, measures: Iterable[str], names: Names) -> str:
    document, n = names.document(memorandum), names.numbers(memorandum, measures)
    return names.words("table.cited", document=document, n=n) if n else document
