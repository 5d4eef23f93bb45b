"""Policy: every name that an expectation may use, taken from a catalogue once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from creditrules.decide.unit_kin import unit_spellings
from creditrules.deliver.words import word_table
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue
from creditrules.model.status import Status
from creditrules.model.words import Discretion, Responsibility

# What a decision asks for besides facts: whether a tenure counts, the end of a listing, what was found.
_ASKED = ("role.confirmed", "listing.until", *(f"finding.{each.value}" for each in Responsibility))
_ENDS = ("publicity", "sharing", "use", "measures")


class Vocabulary:
    """The names of one catalogue. They are gathered when asked for: few examples use them all."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: dict[str, Collection[str]] = {}
        self._made: Mapping[str, Callable[[], Collection[str]]] = {
            "unit": lambda: {
                *unit_spellings(catalogue.units),
                *(u.name.en for u in catalogue.units.by_key.values()),
            },
            "local": lambda: {n.zh for u in catalogue.units.by_key.values() for n in u.locals},
            "effect": lambda: catalogue.effects,
            "matter": lambda: catalogue.matters,
            "discretion": lambda: {each.value for each in Discretion},
            "open": lambda: _keys("open"),
            "reason": lambda: _keys("reason"),
            "status": lambda: {each.value for each in Status},
            "regime": lambda: {regime.key for regime in catalogue.regimes},
            "fact": lambda: {*catalogue.facts, *BUILTIN_FACTS, *_ASKED},
            "duty": lambda: {rule.key for rule in catalogue.procedure.duties},
            "way": lambda: {way.key for way in catalogue.procedure.ways_out},
            "parameter": lambda: catalogue.procedure.parameters,
            "requirement": lambda: {r.key for w in catalogue.procedure.ways_out for r in w.requires},
            "missing": lambda: {*self.of("fact"), *self.of("parameter")},
            "end": lambda: {*_ENDS, *(end for w in catalogue.procedure.ways_out for end in w.ends)},
        }

    def of(self, what: str) -> Collection[str]:
        """Return the names of one sort."""
        if what not in self._kept:
            self._kept[what] = self._made[what]()
        return self._kept[what]

    def is_measure(self, name: str, memorandum: str) -> bool:
        """Say whether a measure is there: `9` of the file's memorandum, `other#9`; `other#` is all of it."""
        document, mark, key = name.rpartition("#")
        document = document or memorandum
        return key in self._of_document(document) or (
            bool(mark) and not key and bool(self._of_document(document))
        )

    def measures(self, name: str, memorandum: str) -> list[str]:
        """Return the measures that may have been meant, written as the name is."""
        document = name.rpartition("#")[0]
        if not document:
            return list(self._of_document(memorandum))
        return [f"{each}#{key}" for each in self._catalogue.memoranda for key in self._of_document(each)]

    def _of_document(self, document: str) -> Collection[str]:
        memorandum = self._catalogue.memoranda.get(document)
        if memorandum is not None:
            return {measure.key for measure in memorandum.measures}
        # What goes into a credit file rests on a regime, once for each list: `rule@list`.
        regime = next((r for r in self._catalogue.regimes if r.key == document), None)
        records = regime.records if regime else ()
        return {name for r in records for name in (r.key, *(f"{r.key}@{k}" for k in self._catalogue.lists))}


def _keys(prefix: str) -> set[str]:
    return {key.rpartition(".")[2] for key in word_table() if key.startswith(f"{prefix}.")}


_last: list[tuple[Catalogue, Vocabulary]] = []


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """Return the vocabulary of a catalogue; that of the last one asked about is kept."""
    if not _last or _last[0][0] is not catalogue:
        _last[:] = [(catalogue, Vocabulary(catalogue))]
    return _last[0][1]
