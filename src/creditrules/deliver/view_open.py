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
    """Say which measures wait, by document and target, with the units that would act."""
    places: dict[tuple[str, str, tuple[str, ...], bool], list[str]] = {}
    for item in items:
        recalled = item.checked is Checked.RECALLED
        measures = places.setdefault((item.memorandum, item.target, item.units, recalled), [])
        if item.measure not in measures:
            measures.append(item.measure)
    words = names.words
    lines = []
    for (memorandum, target, units, recalled), measures in places.items():
        n = names.numbers(memorandum, measures)
        cited = words("table.cited", document=names.document(memorandum), n=n)
        cited += words("table.recalled") if recalled else ""
        who = words.joined(names.unit(unit) for unit in units)
        lines.append(" · ".join(p for p in (cited, who, subject_name(decision, target)) if p))
    return tuple(lines)


def set_aside_groups(aside: Iterable[SetAside], names: Names) -> tuple[AsideGroup, ...]:
    """Group what was set aside by its reason in words; whole documents and single measures alike."""
    groups: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    counts: dict[tuple[str, str], int] = {}
    for item in aside:
        said = names.words.said(item.text) or names.words(f"reason.{item.reason}")
        key = (item.regime or "", f"{names.words(f'reason.{item.reason}')}{names.words('mark.colon')}{said}")
        measures = groups.setdefault(key, {}).setdefault(item.memorandum, {})
        counts[key] = counts.get(key, 0) + 1
        if item.measure is not None:
            measures[item.measure] = None
    return tuple(
        AsideGroup(
            (f"{names.regime(regime)} · " if regime else "") + shown(said),
            counts[regime, said],
            tuple(
                _cited(memorandum, measures, names)
                for memorandum, measures in documents.items()
                if memorandum
            ),
        )
        for (regime, said), documents in groups.items()
    )


def _cited(memorandum: str, measures: Iterable[str], names: Names) -> str:
    document, n = names.document(memorandum), names.numbers(memorandum, measures)
    return names.words("table.cited", document=document, n=n) if n else document
