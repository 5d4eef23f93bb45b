"""Load: a condition as written becomes a condition of the model; types are settled here, once and for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from creditrules.errors import Span
from creditrules.load.findings import Findings
from creditrules.load.node import Node
from creditrules.load.scalars import Unreadable, day_from
from creditrules.model.catalogue import FactDeclaration
from creditrules.model.condition import ALWAYS, All, Condition, Not, Op, Some, Test, Value, conjunction
from creditrules.model.text import Text
from creditrules.model.time import Period

# The rule engine keeps numbers as binary fractions; beyond this two whole numbers become one.
LARGEST = 2**53

_SAME: dict[str, Op] = {"is": Op.IS, "in": Op.IN}
_MEASURED: dict[str, Op] = _SAME | {
    "at_least": Op.AT_LEAST,
    "at_most": Op.AT_MOST,
    "more_than": Op.MORE_THAN,
    "less_than": Op.LESS_THAN,
}
_DATED: dict[str, Op] = _SAME | {
    "before": Op.LESS_THAN,
    "after": Op.MORE_THAN,
    "on_or_before": Op.AT_MOST,
    "on_or_after": Op.AT_LEAST,
    "within": Op.WITHIN,
    "not_older_than": Op.NOT_OLDER,
}
OPERATORS: Mapping[str, Mapping[str, Op]] = {
    "boolean": _SAME,
    "choice": _SAME,
    "text": _SAME,
    "integer": _MEASURED,
    "money": _MEASURED,
    "share": _MEASURED,
    "date": _DATED,
}
_EVERY = {**_MEASURED, **_DATED}

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "boolean": ("true or false", "true 或 false"),
    "choice": ("one of the choices of the fact", "该事实的选项之一"),
    "text": ("a text", "文字"),
    "integer": ("a whole number", "整数"),
    "money": ("an amount in yuan with at most two decimals", "以元计、最多两位小数的金额"),
    "share": ("a per cent with at most two decimals", "最多两位小数的百分数"),
    "date": ("a day such as 2016-12-30", "日期，例如 2016-12-30"),
}


@frozen
class FactTable:
    """The facts conditions may ask for; `choices` are those of facts whose choices are a vocabulary."""

    facts: Mapping[str, FactDeclaration]
    choices: Mapping[str, Mapping[str, Text]]

    def choices_of(self, fact: FactDeclaration) -> Mapping[str, Text]:
        """Return the words a fact of type `choice` may have, with their names."""
        return fact.choices or self.choices.get(fact.name, {})


def condition_of(node: Node | None, table: FactTable, found: Findings) -> Condition:
    """Turn a condition as written into one of the model; nothing written is the condition that always holds.

    Findings: CR115, CR122, CR130–CR135, CR207; what has one becomes the condition that always holds.
    """
    if node is None or node.value is None:
        return ALWAYS
    if not isinstance(node.value, dict):
        _expected(node, "a mapping of conditions", "条件映射", found)
        return ALWAYS
    if not node.value:
        found.at("CR130", node)
    return conjunction(*(_part(key, node, inner, table, found) for key, inner in node.value.items()))


def _part(key: str, holder: Node, node: Node, table: FactTable, found: Findings) -> Condition:
    match key:
        case "all":
            return All(_parts(node, table, found))
        case "any":
            return Some(_parts(node, table, found))
        case "not":
            if node.value is None:
                found.at("CR130", node)
            return Not(condition_of(node, table, found))
        case "exists":
            names = node.value if isinstance(node.value, list) else [node]
            return conjunction(*(_exists(name, table, found) for name in names))
    fact = table.facts.get(key)
    if fact is None:
        found.at_key(
            "CR207", holder, key, name=key, **found.near(key, (*table.facts, "all", "any", "not", "exists"))
        )
        return ALWAYS
    return _comparison(fact, node, holder.key_span(key), table, found)


def _parts(node: Node, table: FactTable, found: Findings) -> tuple[Condition, ...]:
    if not isinstance(node.value, list):
        _expected(node, "a list of conditions", "条件列表", found)
        return ()
    if not node.value:
        found.at("CR130", node)
    for inner in node.value:
        if inner.value is None:
            found.at("CR130", inner)
    return tuple(condition_of(inner, table, found) for inner in node.value)


def _exists(node: Node, table: FactTable, found: Findings) -> Condition:
    name = node.value
    if isinstance(name, str) and name in table.facts:
        return Test(name, Op.EXISTS, span=node.span)
    found.at("CR207", node, name=str(name), **found.near(str(name), table.facts))
    return ALWAYS


def _comparison(
    fact: FactDeclaration, node: Node, place: Span, table: FactTable, found: Findings
) -> Condition:
    if isinstance(node.value, list):
        return Test(fact.name, Op.IN, _values(fact, node, table, found), place)
    if not isinstance(node.value, dict):
        return Test(fact.name, Op.IS, value_of(fact, node, table, found), place)
    if not node.value:
        found.at("CR130", node)
    tests: list[Condition] = []
    allowed = OPERATORS[fact.type]
    for word, inner in node.value.items():
        op = allowed.get(word)
        if op is None:
            code = "CR133" if word in _EVERY else "CR131"
            words = {"word": word, "fact": fact.name, "type": fact.type, "known": ", ".join(allowed)}
            found.at_key(code, node, word, **words, **found.near(word, allowed))
        elif op is Op.IN:
            tests.append(Test(fact.name, op, _values(fact, inner, table, found), place))
        elif op in (Op.WITHIN, Op.NOT_OLDER):
            tests.append(Test(fact.name, op, period_of(inner, found), place))
        else:
            tests.append(Test(fact.name, op, value_of(fact, inner, table, found), place))
    return conjunction(*tests)


def _values(fact: FactDeclaration, node: Node, table: FactTable, found: Findings) -> tuple[Value, ...]:
    if not isinstance(node.value, list):
        _expected(node, "a list of values", "值的列表", found)
        return ()
    if not node.value:
        found.at("CR130", node)
    values = (value_of(fact, inner, table, found) for inner in node.value)
    return tuple(value for value in values if value is not None)


def value_of(fact: FactDeclaration, node: Node, table: FactTable, found: Findings) -> Value | None:
    """Return a value as the model holds it, of the type of its fact; None with a finding when it is none."""
    value = node.value
    if fact.type == "choice":
        return _choice(fact, node, table, found)
    try:
        known = _READERS[fact.type](value)
    except Unreadable as unreadable:
        found.at(unreadable.code, node, text=str(value), fact=fact.name)
        return None
    if known is None:
        expected_en, expected_zh = _EXPECTED[fact.type]
        words = {
            "fact": fact.name,
            "type": fact.type,
            "value": "…" if isinstance(value, dict) else str(value),
        }
        found.at("CR132", node, expected_en=expected_en, expected_zh=expected_zh, **words)
    return known


def _choice(fact: FactDeclaration, node: Node, table: FactTable, found: Findings) -> str | None:
    choices = table.choices_of(fact)
    value = node.value
    if isinstance(value, str):
        key = value if value in choices else next((k for k, t in choices.items() if value == t.zh), None)
        if key is not None:
            return key
    word = str(value) if not isinstance(value, dict | list) else "…"
    names = (*choices, *(text.zh for text in choices.values()))
    found.at("CR134", node, value=word, fact=fact.name, known=", ".join(choices), **found.near(word, names))
    return None


def period_of(node: Node, found: Findings) -> Period | None:
    """Return a length of time written as `{years: 5}`."""
    parts = {key: inner.value for key, inner in node.value.items()} if isinstance(node.value, dict) else {}
    counted = all(type(number) is int and 0 < number < 1200 for number in parts.values())
    if parts and counted and set(parts) <= {"years", "months", "days"}:
        return Period(**parts)
    _expected(node, "a length of time such as {years: 5}", "时长，例如 {years: 5}", found)
    return None


def _expected(node: Node, en: str, zh: str, found: Findings) -> None:
    found.at("CR122", node, expected_en=en, expected_zh=zh, hint_en="", hint_zh="")


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _plain_text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _integer(value: object) -> int | None:
    if type(value) is not int:
        return None
    if abs(value) > LARGEST:
        raise Unreadable("CR115")
    return value


def _hundredths(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    text = str(value)
    if not text.isascii() or len(text) > 40 or not text.removeprefix("-").replace(".", "", 1).isdigit():
        return None
    scaled = Decimal(text) * 100
    if scaled != scaled.to_integral_value():
        raise Unreadable("CR135")
    return _integer(int(scaled))


def _date(value: object) -> date | None:
    if isinstance(value, str):
        return day_from(value)
    return value if isinstance(value, date) else None


_READERS: Mapping[str, Callable[[object], Value | None]] = {
    "boolean": _boolean,
    "text": _plain_text,
    "integer": _integer,
    "money": _hundredths,
    "share": _hundredths,
    "date": _date,
}
