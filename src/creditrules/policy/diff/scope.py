"""Policy: whose decisions a change of a catalogue can touch; what it cannot touch is not decided again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.memorandum import Memorandum
from creditrules.policy.diff.changes import Added, Change, is_silent

# Sections that no decision looks at, and those of which a new entry changes nothing until it is used.
_UNUSED = frozenset({"manifests", "statutes", "notices", "channels", "measure_lists", "renumberings"})
_PROCEDURE = frozenset({"bodies", "duties", "parameters", "ways_out"})
_OFFERED = frozenset(
    {
        "lists",
        "units",
        "measure_kinds",
        "effects",
        "matters",
        "roles",
        "parties",
        "kinds",
        "capacities",
        "facts",
    }
)
# What a memorandum says of others is felt by their lists too.
_OF_OTHERS = frozenset({"doc_no", "supersedes", "key", "since", "until", "instrument"})


@frozen
class Scope:
    """What may come out otherwise: everything, or listings on some lists; and whether duties may."""

    everything: bool
    lists: frozenset[str]
    procedure: bool = False

    def touches(self, dossier: Dossier) -> bool:
        """Say whether a dossier may be decided otherwise."""
        return self.everything or any(listing.list in self.lists for listing in dossier.listings)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can come out otherwise."""
        return not (self.everything or self.lists or self.procedure)


def scope_of(changes: Iterable[Change], old: Catalogue, new: Catalogue) -> Scope:
    """Return whose decisions changes can touch."""
    counted = [change for change in changes if not is_silent(change)]
    sections = {change.place.section for change in counted}
    lists = {key for change in counted for key in _lists(change, old, new)}
    procedure = any(change.place.section in _PROCEDURE for change in counted)
    named = {"memoranda", "lists", *_UNUSED, *_PROCEDURE}
    rest = [c for c in counted if c.place.section not in named and not _is_offer(c)]
    return Scope(bool(rest) and bool(sections), frozenset(lists), procedure)


def _is_offer(change: Change) -> bool:
    return isinstance(change, Added) and change.place.section in _OFFERED


def _lists(change: Change, old: Catalogue, new: Catalogue) -> Iterator[str]:
    if change.place.section == "lists":
        yield change.place.key
    elif change.place.section == "memoranda":
        for catalogue in (old, new):
            memorandum = catalogue.memoranda.get(change.place.key)
            if memorandum is not None:
                yield from _of(memorandum)
                if change.aspect in _OF_OTHERS or change.aspect == "entry":
                    for other in _superseded(memorandum, catalogue):
                        yield from _of(other)


def _superseded(memorandum: Memorandum, catalogue: Catalogue) -> Iterator[Memorandum]:
    for other in catalogue.memoranda.values():
        if other.doc_no in memorandum.supersedes or memorandum.doc_no in other.supersedes:
            yield other


def _of(memorandum: Memorandum) -> Iterator[str]:
    yield from memorandum.lists
    for measure in memorandum.measures:
        yield from measure.lists
