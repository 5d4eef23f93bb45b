"""Load: sources become a catalogue. Findings of one step are reported together, then the next step begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from creditrules.errors import CatalogueError, CreditRulesError, Span
from creditrules.load.collecting import no_collecting
from creditrules.load.digest import digest_of
from creditrules.load.doc_rules import ManifestDoc
from creditrules.load.documents import Read, read_document
from creditrules.load.encoding import decoded
from creditrules.load.findings import Findings
from creditrules.load.link import link
from creditrules.load.node import Source
from creditrules.load.sources import STATUTES, CatalogueSource, Document, documents_of
from creditrules.load.statutes import read_statutes
from creditrules.load.strict_yaml import read_yaml
from creditrules.model.catalogue import Catalogue


def load_sources(sources: Iterable[CatalogueSource]) -> Catalogue:
    """Load and link the documents of all sources, the first at the bottom.

    Raises:
        CatalogueError: with all findings of the step that has any: reading, or linking.
    """
    with no_collecting():
        found = Findings()
        return load_layers([documents_of(source, found) for source in sources], found)


def load_layers(layers: Sequence[tuple[Document, ...]], found: Findings) -> Catalogue:
    """Load and link documents, those of the lowest source first; *found* is what reading them met with.

    Raises:
        CatalogueError: with all findings of the step that has any: reading, or linking.
    """
    reads = [read for layer, documents in enumerate(layers) for read in _read_all(documents, layer, found)]
    manifests = _manifests(reads, layers, found)
    documents = [document for layer in layers for document in layer]
    statutes = read_statutes(_tables(documents, found), found)
    _stop_at_errors(found)
    catalogue = link(manifests, reads, statutes, digest_of(layers), found)
    _stop_at_errors(found)
    return catalogue


def _read_all(documents: Iterable[Document], layer: int, found: Findings) -> Iterable[Read]:
    for document in documents:
        if document.name.endswith(".csv"):
            continue
        try:
            node = read_yaml(document.data, document.origin)
        except CreditRulesError as error:
            found.extend(error.findings)
            continue
        read = read_document(node, layer, found)
        if read is not None:
            yield read


def _manifests(
    reads: Sequence[Read], layers: Sequence[Sequence[Document]], found: Findings
) -> tuple[ManifestDoc, ...]:
    manifests: list[ManifestDoc] = []
    for layer, documents in enumerate(layers):
        of_layer = [read for read in reads if read.layer == layer and isinstance(read.doc, ManifestDoc)]
        for extra in of_layer[1:]:
            found.at("CR143", extra.node, "catalogue")
        manifests += [read.doc for read in of_layer[:1] if isinstance(read.doc, ManifestDoc)]
        if not of_layer and documents and not found.errors:
            name = documents[0].origin
            found.on("CR141", Source(name, ""), Span(name), {"name": name})
    return tuple(manifests)


def _tables(documents: Iterable[Document], found: Findings) -> Iterable[tuple[str, str]]:
    for document in documents:
        if document.name == STATUTES:
            data = document.data
            text = decoded(data, document.origin, found) if isinstance(data, bytes) else data
            if text is not None:
                yield document.origin, text


def _stop_at_errors(found: Findings) -> None:
    if found.errors:
        raise CatalogueError(found.errors)
