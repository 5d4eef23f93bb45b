"""Load: gather what several files say under one heading; what is said twice is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Entries(dict[str, Entry]):
    """The entries of one section by key, with those they replaced and those that add to them."""

    def __init__(self) -> None:
        super().__init__()
        self.replaced: list[tuple[Entry, Entry]] = []  # lower, upper
        self.extensions: list[Entry] = []


class Layers:
    """The sources in order, lowest first, with the level each speaks for and where its manifest stands."""

    def __init__(self, manifests: Sequence[ManifestDoc], nodes: Sequence[Node] = ()) -> None:
        self.manifests = tuple(manifests)
        self.nodes = tuple(nodes)
        self.levels = [UNIT_LEVELS.index(manifest.level) for manifest in manifests]

    def may_replace(self, upper: Entry, lower: Entry) -> bool:
        """Say whether the source of *upper* speaks for a level at least as high as that of *lower*."""
        return self.levels[upper.layer] <= self.levels[lower.layer]

    def is_overlay(self, layer: int) -> bool:
        """Say whether a source speaks for a province, a city or a county, and not for the nation."""
        return self.levels[layer] > 0

    def place(self, layer: int, key: str) -> Node:
        """Return where the manifest of a source writes a key."""
        node = self.nodes[layer]
        written: Node = node.value.get(key, node)
        return written


def keyed(name: str, reads: Iterable[Read], found: Findings) -> Iterator[tuple[Any, Node]]:
    """Yield the entries of a section that is a list, each with its tree; a key given twice is CR209."""
    seen: dict[str, Node] = {}
    for read in reads:
        if isinstance(read.doc, RulesDoc):
            for i, doc in enumerate(getattr(read.doc, name)):
                node = read.node.value[name].value[i]
                written = node.value["key"]
                if doc.key in seen:
                    twice("CR209", written, seen[doc.key], found, key=doc.key)
                seen.setdefault(doc.key, written)
                yield doc, node


def section(
    name: str,
    reads: Iterable[Read],
    layers: Layers,
    found: Findings,
    below: Mapping[str, Entry] | None = None,
) -> Entries:
    """Return the entries of one section of all rules files, by key; *below* are those of lower sources."""
    gathered = Entries()
    for read in reads:
        if isinstance(read.doc, RulesDoc) and name in read.node.value:
            for entry in _entries(name, read):
                add(gathered, entry, layers, found, below)
    return gathered


def _entries(name: str, read: Read) -> Iterable[Entry]:
    holder: Node = read.node.value[name]
    places = holder.keys or {}
    for key, doc in getattr(read.doc, name).items():
        written = Node(key, holder.source, *places[key])
        yield Entry(key, doc, holder.value[key], written, read.layer)


def add(
    gathered: Entries,
    entry: Entry,
    layers: Layers,
    found: Findings,
    below: Mapping[str, Entry] | None = None,
) -> None:
    """Take in an entry; a key taken before needs `replaces`, and a source that may replace it.

    An entry that says `extends` stands beside the one it adds to.
    Findings: CR209, CR225, CR226.
    """
    before = gathered.get(entry.key)
    if getattr(entry.doc, "extends", None) is not None:
        before = before or (below or {}).get(entry.key)
        if before is None or before.layer == entry.layer or entry.doc.extends != entry.key:
            found.at("CR225", entry.node, "extends", key=entry.key, name=entry.doc.extends, word="extends")
        gathered.extensions.append(entry)
        return
    replaces = getattr(entry.doc, "replaces", None)
    if replaces is None and before is not None:
        twice("CR209", entry.written, before.written, found, key=entry.key)
        return
    if replaces is not None:
        if before is None or before.layer == entry.layer or replaces != entry.key:
            found.at("CR225", entry.node, "replaces", key=entry.key, name=replaces, word="replaces")
        elif not layers.may_replace(entry, before):
            found.at("CR226", entry.node, "replaces", key=entry.key)
        else:
            gathered.replaced.append((before, entry))
    gathered[entry.key] = entry


def twice(code: str, later: Node, earlier: Node, found: Findings, **words: str) -> None:
    """Report what is said in two places, naming both."""
    first = earlier.span
    found.on(code, later.source, later.span, {**words, "other": str(first)}, related=(first,))
