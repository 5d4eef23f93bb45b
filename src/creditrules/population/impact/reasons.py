"""Population, impact: why an action stands, or does not, in a few short lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditrules.deliver.words import word_table
from creditrules.errors import UsageError
from creditrules.model.decision import Action, Decision, Reason
from creditrules.model.text import Text
from creditrules.model.words import Truth

_MOST = 6
_TELLING = frozenset({"listing", "role", "finding", "coverage", "condition"})


def why(decision: Decision, action: Action) -> tuple[Text, ...]:
    """Return what carries an action: each measure, with listing, role, findings, coverage and conditions."""
    lines: list[Text] = []
    for part in decision.why(action).children:
        if part.kind == "measure":
            lines.append(part.text)
            lines += [line.text for line in part.children if line.kind in _TELLING]
    return _few(lines)


def why_not(decision: Decision, unit: str, measures: Iterable[str], target: str) -> tuple[Text, ...]:
    """Return the first conditions that fail, or that nobody knows of, for a unit, measures and a target."""
    lines: list[Reason] = []
    for measure in measures:
        try:
            tree = decision.why_not(unit=unit, measure=measure, person=target)
        except UsageError as error:
            lines.append(Reason("note", _unknown(error.findings[0].code, unit, measure), Truth.FALSE))
            continue
        found = [line for child in tree.children for line in _leaves(child, _worst(tree))]
        lines += found or [Reason("note", tree.text, tree.truth)]
    # A basis that is out of force says little where something else keeps the measure away.
    telling = [line for line in lines if line.kind != "set_aside"]
    return _few(line.text for line in telling or lines)


def _worst(tree: Reason) -> Truth:
    return tree.truth if tree.truth is not None else Truth.FALSE


def _unknown(code: str, unit: str, measure: str) -> Text:
    key = {"CR532": "no_unit", "CR534": "no_measure"}.get(code, "no_target")
    return word_table()[f"impact.why.{key}"].filled(unit=unit, measure=measure)


def _leaves(tree: Reason, truth: Truth, above: Reason | None = None) -> Iterator[Reason]:
    """Yield the deepest lines of an outcome; what a clause asks for is told with the clause."""
    below = [child for child in tree.children if child.truth is truth]
    if not below and tree.truth is truth:
        text = tree.text
        if above is not None and above.kind == "coverage" and tree.kind != "coverage":
            text = Text(f"{above.text.zh}：{text.zh}", f"{above.text.en}: {text.en}")
        yield Reason(tree.kind, text, truth)
    for child in below:
        yield from _leaves(child, truth, tree)


def _few(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(texts))[:_MOST]
