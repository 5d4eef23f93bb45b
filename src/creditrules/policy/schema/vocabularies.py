"""Policy: the words a catalogue gives its authors, and the keys of documents that take them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from creditrules.load.aliases import WORDS
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue
from creditrules.model.text import Text
from creditrules.model.unit import Unit

Entries = Iterator[tuple[str, Text]]

# What the meaning of documents depends on; a word that is not there is a mistake. Everything else grows with
# every document that is written, so it is offered and not demanded.
CLOSED = frozenset(
    {"effects", "roles", "reached", "parties", "kinds_of_subject", "capacities"}
    | {"said_kinds", "said_roles", "said_capacities"}
)

# Part and key (or the key alone) → the vocabulary its values are taken from.
USED: Mapping[str, str] = {
    **dict.fromkeys(("lists", "list", "leads_to", "succeeded_by"), "lists"),
    **dict.fromkeys(
        ("lead_units", "signatories", "lead", "assist", "unit", "operator", "issued_by"), "units"
    ),
    **dict.fromkeys(("MeasureKind.units", "addressees"), "units"),
    **dict.fromkeys(("Succession.unit", "Unit.parent"), "unit_keys"),
    "effect": "effects",
    "RegimeRule.effects": "effects",
    **dict.fromkeys(("matter", "matters"), "matters"),
    **dict.fromkeys(("reaches", "Party.kinds"), "kinds_of_subject"),
    **dict.fromkeys(("Basis.reaches", "listed_with", "organisation_of"), "roles"),
    "Subject.kind": "said_kinds",
    "Role.role": "said_roles",
    "Listing.capacity": "said_capacities",
    "Reach.role": "reached",
    "party": "parties",
    "capacity": "capacities",
    **dict.fromkeys(("Measure.kind", "Liability.kinds"), "kinds"),
    "law": "statutes",
    "region": "regions",
    "Region.parent": "regions",
    **dict.fromkeys(("supersedes", "ended_by"), "doc_nos"),
    **dict.fromkeys(("examples", "memoranda"), "memoranda"),
    **dict.fromkeys(("replaces", "extends"), "catalogues"),
    **dict.fromkeys(("who", "Duty.to"), "bodies"),
    "Duty.instrument": "instruments",
    "regime": "regimes",
    **dict.fromkeys(("duty", "Duty.after"), "duties"),
    "way": "ways_out",
    "parameter": "parameters",
    **dict.fromkeys(("channels", "recorded_in"), "channels"),
    "relies_on": "measure_lists",
    "asks": "facts",
    **dict.fromkeys(("Duration.from", "counts_from"), "days"),
}
# Mappings whose keys are of a vocabulary.
KEYED: Mapping[str, str] = {"covers": "parties", "Case.parameters": "parameters"}


@frozen
class Vocabularies:
    """The words of one catalogue; `closed` demands all of them and not only those the meaning rests on."""

    catalogue: Catalogue
    closed: bool = False

    def used_by(self, part: str, key: str) -> str | None:
        """Return the vocabulary that the values of a key are taken from."""
        return USED.get(f"{part}.{key}", USED.get(key))

    def naming(self, part: str, key: str) -> str | None:
        """Return the vocabulary that the names in a mapping are taken from."""
        return KEYED.get(f"{part}.{key}", KEYED.get(key))

    def is_closed(self, name: str) -> bool:
        """Say whether other words than those of the vocabulary are mistakes."""
        return self.closed or name in CLOSED

    def entries(self, name: str) -> tuple[tuple[str, Text], ...]:
        """Return the spellings of a vocabulary, each once, with what each stands for."""
        found: dict[str, Text] = {}
        for word, text in _MAKERS[name](self.catalogue):
            if word:
                found.setdefault(word, text)
        return tuple(found.items())


def _named(name: str) -> Callable[[Catalogue], Entries]:
    """Offer the keys of a vocabulary, then its Chinese names, as the linker takes both."""

    def entries(catalogue: Catalogue) -> Entries:
        table: Mapping[str, object] = getattr(catalogue, name)
        texts = {key: _text_of(entry) for key, entry in table.items()}
        yield from texts.items()
        yield from ((text.zh, text) for text in texts.values())

    return entries


def _said_of(name: str) -> Callable[[Catalogue], Entries]:
    """Offer all a dossier may write: keys, names in both languages, and the words documents know."""

    def entries(catalogue: Catalogue) -> Entries:
        yield from _named(name)(catalogue)
        table: Mapping[str, object] = getattr(catalogue, name)
        texts = {key: _text_of(entry) for key, entry in table.items()}
        yield from ((text.en, text) for text in texts.values())
        yield from ((word, texts[key]) for word, key in WORDS.items() if key in texts)

    return entries


def _text_of(entry: object) -> Text:
    text = getattr(entry, "name", None) or getattr(entry, "title", None)
    return text if isinstance(text, Text) else Text(str(text or ""))


def _lists(catalogue: Catalogue) -> Entries:
    yield from ((key, kind.title) for key, kind in catalogue.lists.items())
    for kind in catalogue.lists.values():
        yield from ((name, kind.title) for name in (*kind.aliases, kind.title.zh))


def _reached(catalogue: Catalogue) -> Entries:
    yield from ((word, Text("当事人本身", "the listed party itself")) for word in ("self", "自身", "本人"))
    yield from _named("roles")(catalogue)


def _units(catalogue: Catalogue) -> Entries:
    for unit in catalogue.units.by_key.values():
        yield from ((name, _said(unit)) for name in unit.spellings)


def _said(unit: Unit) -> Text:
    days = f" ({unit.since or '…'} – {unit.until or '…'})" if unit.since or unit.until else ""
    return Text(unit.name.zh + days, unit.name.en)


def _statutes(catalogue: Catalogue) -> Entries:
    for title, versions in catalogue.statutes.versions.items():
        days = ", ".join(str(version.version) for version in versions)
        yield title, Text(f"文本：{days}", f"texts of {days}")
    for memorandum in catalogue.memoranda.values():
        for measure in memorandum.measures:
            yield from (
                (basis.law, Text("已有文件引用", "cited in the catalogue")) for basis in measure.bases
            )


def _doc_nos(catalogue: Catalogue) -> Entries:
    yield from ((m.doc_no, m.title) for m in catalogue.memoranda.values())


def _instruments(catalogue: Catalogue) -> Entries:
    yield from ((regime.key, regime.title) for regime in catalogue.regimes)
    yield from ((key, memorandum.title) for key, memorandum in catalogue.memoranda.items())


def _days(catalogue: Catalogue) -> Entries:
    facts = (*BUILTIN_FACTS.values(), *catalogue.facts.values())
    yield from ((fact.name, fact.ask) for fact in facts if fact.type == "date")


_MAKERS: Mapping[str, Callable[[Catalogue], Entries]] = {
    "lists": _lists,
    "units": _units,
    "unit_keys": lambda c: ((key, _said(unit)) for key, unit in c.units.by_key.items()),
    "regions": lambda c: ((code, region.name) for code, region in c.units.regions.items()),
    "reached": _reached,
    "statutes": _statutes,
    "doc_nos": _doc_nos,
    "catalogues": lambda c: ((manifest.id, manifest.title) for manifest in c.manifests),
    "instruments": _instruments,
    "regimes": lambda c: ((regime.key, regime.title) for regime in c.regimes),
    "bodies": lambda c: iter(c.procedure.bodies.items()),
    "duties": lambda c: ((duty.key, duty.does) for duty in c.procedure.duties),
    "ways_out": lambda c: ((way.key, way.title) for way in c.procedure.ways_out),
    "parameters": lambda c: ((key, entry.name) for key, entry in c.procedure.parameters.items()),
    "facts": lambda c: ((f.name, f.ask) for f in (*BUILTIN_FACTS.values(), *c.facts.values())),
    "days": _days,
    "measure_lists": lambda c: ((key, entry.title) for key, entry in c.measure_lists.items()),
    "kinds_of_subject": _named("kinds"),
    "kinds": _named("measure_kinds"),
    **{f"said_{name}": _said_of(name) for name in ("kinds", "roles", "capacities")},
    **{
        name: _named(name)
        for name in ("effects", "matters", "roles", "parties", "capacities", "channels", "memoranda")
    },
}
