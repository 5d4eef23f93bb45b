"""Load: gather what several files say under one heading; what is said twice is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from creditrules.load.doc_rules import UNIT_LEVELS, ManifestDoc, RulesDoc
from creditrules.load.documents import Read
from creditrules.load.findings import Findings
from creditrules.load.node import Node


@frozen
class Entry:
    """One named entry: what it says, its tree, where its key is written, and the source it comes from."""

    key: str
    doc: Any
    node: Node
    written: Node
    layer: int


class Layers:
    """The sources in order, lowest first, with the level each speaks for."""

    def __init__(self, manifests: Sequence[ManifestDoc]) -> None:
        self.levels = [UNIT_LEVELS.index(manifest.level) for manifest in manifests]

    def may_replace(self, upper: Entry, lower: Entry) -> bool:
        """Say whether the source of *upper* speaks for a level at least as high as that of *lower*."""
        return self.levels[upper.layer] <= self.levels[lower.layer]


def section(name: str, reads: Iterable[Read], layers: Layers, found: Findings) -> dict[str, Entry]:
    """Return the entries of one section of all rules files, by key."""
    gathered: dict[str, Entry] = {}
    for read in reads:
        if isinstance(read.doc, RulesDoc) and name in read.node.value:
            for entry in _entries(name, read):
                add(gathered, entry, layers, found)
    return gathered


def _entries(name: str, read: Read) -> Iterable[Entry]:
    holder: Node = read.node.value[name]
    places = holder.keys or {}
    for key, doc in getattr(read.doc, name).items():
        written = Node(key, holder.source, *places[key])
        yield Entry(key, doc, holder.value[key], written, read.layer)


def add(gathered: dict[str, Entry], entry: Entry, layers: Layers, found: Findings) -> None:
    """Take in an entry; a key taken before needs `replaces`, and a source that may replace it.

    Findings: CR209, CR225, CR226.
    """
    before = gathered.get(entry.key)
    replaces = getattr(entry.doc, "replaces", None)
    if replaces is None and before is not None:
        twice("CR209", entry.written, before.written, found, key=entry.key)
        return
    if replaces is not None:
        if before is None or before.layer == entry.layer or replaces != entry.key:
            found.at("CR225", entry.node, "replaces", key=entry.key, name=replaces)
        elif not layers.may_replace(entry, before):
            found.at("CR226", entry.node, "replaces", key=entry.key)
    gathered[entry.key] = entry


def twice(code: str, later: Node, earlier: Node, found: Findings, **words: str) -> None:
    """Report what is said in two places, naming both."""
    first = earlier.span
    found.on(code, later.source, later.span, {**words, "other": str(first)}, related=(first,))
