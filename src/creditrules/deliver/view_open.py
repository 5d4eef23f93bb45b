"""Deliver, part of the view: what stays open, by the question that settles it, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from creditrules.deliver.names import Names, subject_name
from creditrules.deliver.plain import shown
from creditrules.model.decision import Ask, Decision, Undetermined
from creditrules.model.rulebook import SetAside
from creditrules.model.words import Checked


@frozen
class OpenGroup:
    """One question, what each answer changes, and the measures that wait for it."""

    number: str
    question: str
    fact: str
    answers: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@frozen
class AsideGroup:
    """What one reason set aside: how many things, and which."""

    reason: str
    count: int
    items: tuple[str, ...]


def open_groups(
    undetermined: Iterable[Undetermined], decision: Decision, names: Names
) -> tuple[OpenGroup, ...]:
    """Gather open points under the question that settles them, or under what the source leaves open."""
    by_ask: dict[tuple[str, str, str], list[Undetermined]] = {}
    asks: dict[tuple[str, str, str], Ask | None] = {}
    for item in undetermined:
        for ask in item.asks or (None,):
            said = names.words.said(ask.question if ask else item.text)
            key = (ask.fact if ask else f"-{item.what}", ask.about if ask else "", said)
            by_ask.setdefault(key, []).append(item)
            asks[key] = ask
    return tuple(
        _group(f"Q{n}", key, asks[key], items, decision, names)
        for n, (key, items) in enumerate(by_ask.items(), 1)
    )


def _group(
    number: str,
    key: tuple[str, str, str],
    ask: Ask | None,
    items: list[Undetermined],
    decision: Decision,
    names: Names,
) -> OpenGroup:
    words = names.words
    answers = tuple((words.said(a), words.said(then)) for a, then in ask.answers) if ask else ()
    reasons = dict.fromkeys(words.said(i.text) for i in items) if ask else {}
    reasons.pop(key[2], None)
    about = f"{ask.fact} · {subject_name(decision, ask.about)}" if ask else words(f"open.{items[0].what}")
    return OpenGroup(number, key[2], about, answers, _waiting(items, decision, names), tuple(reasons))


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
