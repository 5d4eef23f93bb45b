"""CLI: units, lists, matters, kinds, effects and statutes by the names people give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditrules.cli._usage import nearest, usage_error
from creditrules.decide.unit_kin import unit_spellings, units_meant
from creditrules.model.basis import Basis, plain_title
from creditrules.model.catalogue import Catalogue
from creditrules.model.text import Text

# What a finding calls the things of a vocabulary.
_CALLED = {
    "matter": ("matter", "事项"),
    "list": ("list", "名单"),
    "kind": ("kind of measure", "措施种类"),
    "effect": ("effect", "措施类型"),
    "statute": ("statute", "法律、法规"),
}


def unknown(what: str, given: str, known: Iterable[str]) -> Exception:
    """Return the finding that a catalogue knows nothing of a name (CR566)."""
    en, zh = _CALLED[what]
    return usage_error("CR566", given, what_en=en, what_zh=zh, **nearest(given, known))


def units_named(name: str, catalogue: Catalogue) -> frozenset[str]:
    """Return the units a name means, with those before and after them.

    Raises:
        UsageError: CR532, no unit bears the name.
    """
    found = units_meant(name, catalogue.units)
    if not found:
        raise usage_error("CR532", name, **nearest(name, unit_spellings(catalogue.units)))
    return found


def key_named(what: str, name: str, catalogue: Catalogue) -> str:
    """Return the key of a `matter`, `list`, `kind` or `effect` by its key or one of its names.

    Raises:
        UsageError: CR566, there is none.
    """
    names = dict(spellings(what, catalogue))
    if name not in names:
        raise unknown(what, name, names)
    return names[name]


def spellings(what: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the names of a vocabulary with the keys they stand for; keys come last and so win."""
    tables: dict[str, Iterable[tuple[str, Text, tuple[str, ...]]]] = {
        "matter": ((m.key, m.name, ()) for m in catalogue.matters.values()),
        "list": ((k.key, k.title, k.aliases) for k in catalogue.lists.values()),
        "kind": ((k.key, k.name, ()) for k in catalogue.measure_kinds.values()),
        "effect": ((e.key, e.name, ()) for e in catalogue.effects.values()),
    }
    entries = list(tables[what])
    for key, text, aliases in entries:
        yield from ((name, key) for name in (text.en, text.zh, *aliases) if name)
    yield from ((key, key) for key, _, _ in entries)
    # A matter that stands only above others is asked for by its code all the same.
    for key, _, _ in entries if what == "matter" else ():
        parts = key.split(".")
        yield from ((".".join(parts[:n]), ".".join(parts[:n])) for n in range(1, len(parts)))


def statute_named(title: str, catalogue: Catalogue) -> str:
    """Return the title of a statute, in 《》 and with 中华人民共和国 or without.

    Raises:
        UsageError: CR566, nothing in the catalogue rests on it.
    """
    wanted = plain_title(title.strip())
    known = {plain_title(basis.law) for basis in _bases(catalogue)}
    if wanted not in known:
        raise unknown("statute", title, sorted(known))
    return wanted


def _bases(catalogue: Catalogue) -> Iterator[Basis]:
    for memorandum in catalogue.memoranda.values():
        clauses = list(memorandum.covers)
        for measure in memorandum.measures:
            yield from measure.bases
            clauses += measure.covers or ()
            yield from (basis for exempt in measure.unless for basis in exempt.bases)
        yield from (basis for clause in clauses for reach in clause.reaches for basis in reach.bases)
    for kind in catalogue.measure_kinds.values():
        yield from kind.bases
