"""Load: read the facts a dossier states, each according to its declaration in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from creditrules.load.dossier_problems import Path, Problems
from creditrules.load.dossier_quick import NotPlain, quick_entry
from creditrules.load.dossier_scalars import Unfit, shown, to_day
from creditrules.load.forbidden import is_forbidden_category
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import FactDeclaration
from creditrules.model.condition import Value
from creditrules.model.dossier import FactEntry, Facts

if TYPE_CHECKING:
    from creditrules.load.dossier_docs import FactEntryDoc

# Beyond 2**53 a number is no longer the same in every engine and every JSON reader.
LARGEST = 2**53
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_FIRST = date.min

_BELONGS = {"listing": ("a listing", "列入记录"), "subject": ("a subject", "主体")}
_EXPECTED = {
    "boolean": ("true or false", "true 或 false"),
    "integer": ("a whole number", "整数"),
    "money": ("an amount in yuan", "以元为单位的金额"),
    "share": ("a percentage", "百分数"),
    "date": ("a day such as 2018-06-01", "日期，如 2018-06-01"),
    "choice": ("one of its choices", "所列选项之一"),
    "text": ("a text", "文字"),
}


def read_facts(
    facts: Mapping[str, Any],
    about: frozenset[str],
    path: Path,
    declared: Mapping[str, FactDeclaration],
    problems: Problems,
) -> Facts:
    """Return the facts stated at one place, sorted by name, the entries recorded last first.

    Args:
        facts: names and values as written.
        about: what facts that may stand here are about.
        path: where they stand.
        declared: the facts of the catalogue.
        problems: receives everything that is wrong.
    """
    read: dict[str, tuple[FactEntry, ...]] = {}
    for name in sorted(facts):
        declaration = _declaration(name, about, (*path, name), declared, problems)
        if declaration is not None:
            read[name] = _entries(facts[name], declaration, (*path, name), problems)
    return read


def _declaration(
    name: str, about: frozenset[str], path: Path, declared: Mapping[str, FactDeclaration], problems: Problems
) -> FactDeclaration | None:
    if is_forbidden_category(name):
        problems.add_key("CR410", path, key=name)
        return None
    if name in BUILTIN_FACTS:
        problems.add_key("CR429", path, fact=name)
        return None
    declaration = declared.get(name)
    if declaration is None:
        problems.unknown_key("CR421", path, name, declared)
    elif declaration.about not in about:
        en, zh = _BELONGS["listing" if declaration.about == "listing" else "subject"]
        problems.add_key("CR423", path, fact=name, place_en=en, place_zh=zh)
        return None
    return declaration


def _entries(
    stated: Any, declaration: FactDeclaration, path: Path, problems: Problems
) -> tuple[FactEntry, ...]:
    if not isinstance(stated, list):
        entry = _entry(stated, declaration, path, problems)
        return () if entry is None else (entry,)
    read = [(_entry(each, declaration, (*path, i), problems), (*path, i)) for i, each in enumerate(stated)]
    entries = [(entry, place) for entry, place in read if entry is not None]
    _report_contradictions(entries, declaration.name, problems)
    entries.sort(key=lambda e: (e[0].recorded or _FIRST, e[0].since or _FIRST), reverse=True)
    return tuple(entry for entry, _ in entries)


def _entry(stated: Any, declaration: FactDeclaration, path: Path, problems: Problems) -> FactEntry | None:
    doc, place = None, path
    if isinstance(stated, dict):
        doc = _dated(stated, path, problems)
        if doc is None:
            return None
        stated, place = doc.value, (*path, "value")
        if doc.since and doc.until and doc.until < doc.since:
            words = {"start": str(doc.since), "end": str(doc.until), "start_key": "since", "end_key": "until"}
            problems.add("CR430", (*path, "until"), (*path, "since"), **words)
    try:
        value = value_of(stated, declaration)
    except Unfit as unfit:
        problems.add(unfit.code, place, fact=declaration.name, **unfit.words)
        return None
    if doc is None:
        return FactEntry(value)
    return FactEntry(value, doc.since, doc.until, doc.recorded, doc.source)


def _dated(stated: Any, path: Path, problems: Problems) -> FactEntryDoc | None:
    try:
        return quick_entry(stated)
    except NotPlain:
        from creditrules.load.dossier_shape import checked_entry

        return checked_entry(stated, path, problems)


def value_of(stated: Any, declaration: FactDeclaration) -> Value:
    """Return a value in the form engines compare: money in fen, shares in hundredths of a per cent.

    Raises:
        Unfit: CR424 for the wrong type, CR425 no choice, CR426 too many decimals, CR427 too large.
    """
    match declaration.type:
        case "boolean" if isinstance(stated, bool) or stated in ("是", "否"):
            return stated is True or stated == "是"
        case "integer" if type(stated) is int:
            return _within(stated)
        case "money" | "share" if type(stated) in (int, Decimal) or _is_number(stated):
            return _hundredths(Decimal(stated))
        case "date":
            return _day(stated)
        case "choice" if isinstance(stated, str):
            return _choice(stated, declaration)
        case "text" if isinstance(stated, str) and stated.strip():
            return stated
    raise _wrong_type(declaration.type, stated)


def _wrong_type(expected: str, stated: Any) -> Unfit:
    en, zh = _EXPECTED[expected]
    return Unfit("CR424", expected_en=en, expected_zh=zh, value=shown(stated))


def _is_number(stated: Any) -> bool:
    return isinstance(stated, str) and len(stated) < 40 and _NUMBER.fullmatch(stated) is not None


def _within(number: int) -> int:
    if abs(number) > LARGEST:
        raise Unfit("CR427", largest=str(LARGEST))
    return number


def _hundredths(number: Decimal) -> int:
    # Compared before it is multiplied: a number may have an exponent with nine places.
    if abs(number) > LARGEST // 100:
        raise Unfit("CR427", largest=str(LARGEST // 100))
    cents = number * 100
    if cents != cents.to_integral_value():
        raise Unfit("CR426", value=str(number))
    return int(cents)


def _day(stated: Any) -> date:
    try:
        return to_day(stated)
    except Unfit:
        raise _wrong_type("date", stated) from None


def _choice(stated: str, declaration: FactDeclaration) -> str:
    if stated in declaration.choices:
        return stated
    for key, name in declaration.choices.items():
        if stated in (name.zh, name.en):
            return key
    raise Unfit("CR425", value=stated, choices=", ".join(declaration.choices))


def _report_contradictions(entries: list[tuple[FactEntry, Path]], fact: str, problems: Problems) -> None:
    """Report entries recorded together that give a fact two values on one day.

    Sorted by their first day, an entry overlaps an earlier one exactly when it overlaps the one that reaches
    furthest; so one pass finds a contradiction wherever there is any.
    """
    furthest: dict[date | None, tuple[FactEntry, Path]] = {}
    for entry, path in sorted(entries, key=lambda e: e[0].since or _FIRST):
        known = furthest.get(entry.recorded)
        if known is None:
            furthest[entry.recorded] = entry, path
            continue
        reaches = known[0].until or date.max
        if (entry.since or _FIRST) <= reaches and entry.value != known[0].value:
            problems.add("CR428", path, known[1], fact=fact)
        if (entry.until or date.max) > reaches:
            furthest[entry.recorded] = entry, path
