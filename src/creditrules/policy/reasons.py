"""Policy: the short reasons behind a difference, taken from the trees that a decision gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from creditrules.errors import UsageError
from creditrules.model.decision import Action, Reason, Undetermined
from creditrules.model.text import Text
from creditrules.model.words import Truth
from creditrules.policy.comparison import Comparison

_MOST = 6
_TELLING = frozenset({"listing", "role", "finding", "coverage", "condition"})


def why_decided(compared: Comparison, action: Action) -> tuple[Text, ...]:
    """Return what carries an action: listing, role, findings, coverage and conditions."""
    tree = compared.decision.why(action)
    return _few(
        line.text
        for part in tree.children
        if part.kind == "measure"
        for line in part.children
        if line.kind in _TELLING
    )


def why_not_decided(compared: Comparison, measure: str, against: str, unit: str | None) -> tuple[Text, ...]:
    """Return the first conditions that fail, or that nobody knows of, for a measure against somebody."""
    trees = list(why_not_trees(compared, measure, against, unit))
    wanted = min((tree.truth for tree in trees if tree.truth is not None), default=Truth.FALSE)
    lines = [line for tree in trees for line in _leaves(tree, wanted)]
    # A basis that is out of force says little where something else keeps the measure away.
    telling = [line for line in lines if line.kind != "set_aside"]
    return _few(line.text for line in telling or lines)


def why_open(point: Undetermined) -> tuple[Text, ...]:
    """Return why a point is open, and what is asked."""
    return _few((point.text, *(ask.question for ask in point.asks)))


def why_not_trees(compared: Comparison, measure: str, against: str, unit: str | None) -> Iterator[Reason]:
    """Yield the reasons why not for a unit, or for every unit of a measure on the day."""
    named = compared.measure_id(measure)
    for each in [unit] if unit is not None else _units(compared, named):
        # Somebody who is not in the dossier, or a unit of another day: there is nothing to tell.
        with suppress(UsageError):
            yield compared.decision.why_not(unit=each, measure=named, person=against)


def lacking(trees: Iterable[Reason], words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that the best of some trees lacks in both languages; none: it has them all."""
    gaps = (tuple(word for word in words if not _holds(tree, word)) for tree in trees)
    return min(gaps, key=len, default=words)


def _units(compared: Comparison, measure: str) -> list[str]:
    acting = [act.unit for r in compared.book.rules if r.measure_id == measure for act in r.acts]
    if acting:
        return list(dict.fromkeys(acting))
    # Nobody acts on the day; the reasons are those of the measure, whoever is asked about.
    document, _, key = measure.partition("#")
    memorandum = compared.book.catalogue.memoranda.get(document)
    written = [p.unit for m in (memorandum.measures if memorandum else ()) if m.key == key for p in m.units]
    return (written or list(compared.book.catalogue.units.by_key))[:1]


def _holds(tree: Reason, word: str) -> bool:
    found = word in tree.text.zh or word in tree.text.en
    return found or any(_holds(child, word) for child in tree.children)


def _leaves(tree: Reason, truth: Truth, above: Reason | None = None) -> Iterator[Reason]:
    """Yield the deepest lines of an outcome; what a clause asks for is told with the clause."""
    below = [child for child in tree.children if child.truth is truth]
    if not below and above is not None and tree.truth is truth:
        text = tree.text
        if above.kind == "coverage" and tree.kind != "coverage":
            text = Text(f"{above.text.zh}：{text.zh}", f"{above.text.en}: {text.en}")
        yield Reason(tree.kind, text, truth)
    for child in below:
        yield from _leaves(child, truth, tree)


def _few(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(texts))[:_MOST]
