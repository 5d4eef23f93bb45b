"""Deliver: a selection of measures in words, document by document, whatever draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from creditrules.decide.selection import Found, Line, Selection
from creditrules.deliver.clauses import basis_text
from creditrules.deliver.names import Names
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Act

# How many provisions a measure shows on a terminal; other forms show all.
SHOWN = 3


@frozen
class Row:
    """One measure in words; `bases` are all its provisions, the strongest first."""

    key: str
    number: str
    heading: str
    what: str
    units: str
    lists: str
    kinds: str
    bases: tuple[str, ...]
    rank: str
    state: str


@frozen
class Group:
    """The measures of one document."""

    title: str
    doc_no: str
    rows: tuple[Row, ...]


@frozen
class Listing:
    """Everything a page about a selection says."""

    summary: str
    groups: tuple[Group, ...]
    left_out: tuple[str, ...]


def listing_of(selection: Selection, catalogue: Catalogue, lang: str) -> Listing:
    """Put a selection into words."""
    names = Names(catalogue, Words(lang))
    by_document: dict[str, list[Found]] = {}
    for found in selection.measures:
        by_document.setdefault(found.memorandum.key, []).append(found)
    return Listing(
        summary(selection, names),
        tuple(_group(found, names) for found in by_document.values()),
        left_out(selection, names),
    )


def summary(selection: Selection, names: Names) -> str:
    """Count measures and documents in one line."""
    documents = len({found.memorandum.key for found in selection.measures})
    return names.words("catalogue.summary", measures=len(selection.measures), documents=documents)


def left_out(selection: Selection, names: Names) -> tuple[str, ...]:
    """Say how many measures a reason took out."""
    words = names.words
    return tuple(
        words("catalogue.left_out", reason=words(f"reason.{reason}"), n=n) for reason, n in selection.left_out
    )


def counts(counted: Iterable[tuple[str, int]], what: str, names: Names) -> tuple[tuple[str, str, int], ...]:
    """Name the keys of a count: (name, key, number)."""
    called: dict[str, Callable[[str], str]] = {
        "unit": names.unit,
        "matter": names.matter,
        "list": names.list,
        "effect": names.effect,
        "kind": lambda key: _kind(key, names),
        "memorandum": lambda key: _memorandum(key, names),
        "rank": lambda key: names.words(f"rank.{key}"),
    }
    none = names.words("catalogue.none_rank" if what == "rank" else "catalogue.none")
    return tuple((called[what](key) if key else none, key, n) for key, n in counted)


def _memorandum(key: str, names: Names) -> str:
    found = names.catalogue.memoranda[key]
    return f"{found.doc_no} {names.words.said(found.title)}"


def _group(found: list[Found], names: Names) -> Group:
    memorandum = found[0].memorandum
    rows = tuple(_row(item, names) for item in found)
    return Group(names.words.said(memorandum.title), memorandum.doc_no, rows)


def _row(found: Found, names: Names) -> Row:
    words, measure = names.words, found.measure
    acts = dict.fromkeys(act for line in found.lines for act in line.acts)
    lists = sorted({key for line in found.lines for key in line.lists})
    state = words(f"checked.{measure.checked.value}")
    opened = dict.fromkeys(what for line in found.lines for what in line.open)
    return Row(
        key=found.key,
        number=measure.number,
        heading=measure.heading or words.said(measure.does),
        what=words.joined(dict.fromkeys(_what(line, names) for line in found.lines), "part"),
        units=words.joined(dict.fromkeys(_unit(act, names) for act in acts)) or words("checked.unseen"),
        lists=words.joined(names.list(key) for key in lists),
        kinds=words.joined(_kind(key, names) for key in measure.kinds),
        bases=tuple(basis_text(basis, names) for basis in found.bases),
        rank=words(f"rank.{found.rank.value}") if found.rank else words("catalogue.none_rank"),
        state=words.joined((state, *(words(f"open.{what}") for what in opened)), "part"),
    )


def _what(line: Line, names: Names) -> str:
    effect = line.effect
    if effect.effect is None:
        return names.words("checked.unseen")
    discretion = names.words("show.in_brackets", text=names.words(f"discretion.{effect.discretion.value}"))
    matters = [names.what(effect.effect, matter) for matter in effect.matters or (None,)]
    return names.words.joined(matters, "part") + discretion


def _unit(act: Act, names: Names) -> str:
    words = names.words
    name = names.unit(act.unit)
    unit = names.catalogue.units.by_key.get(act.unit)
    own = unit is None or act.written in (act.unit, *unit.spellings)
    # The reader sees which body the document named, where another acts in its place.
    marks = [] if own else [words("catalogue.written", name=act.written)]
    marks += [words("show.assists")] if act.assists else []
    marks += [words("catalogue.by_kind")] if act.origin == "kind" else []
    return name + (words("show.in_brackets", text=words.joined(marks, "part")) if marks else "")


def _kind(key: str, names: Names) -> str:
    kind = names.catalogue.measure_kinds.get(key)
    return names.words.said(kind.name) if kind else key
