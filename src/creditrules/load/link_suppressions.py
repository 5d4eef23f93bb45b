"""Load: link what documents ask not to be told again, with the file or the folder it holds for."""

from __future__ import annotations

from collections.abc import Iterable

from creditrules.load.doc_measures import MemorandumDoc
from creditrules.load.doc_rules import ManifestDoc, RulesDoc
from creditrules.load.documents import Read
from creditrules.model.suppression import Suppression
from creditrules.model.text import Text


def link_suppressions(reads: Iterable[Read]) -> tuple[Suppression, ...]:
    """Return the suppressions of all documents, in written order; those of a manifest hold for its folder."""
    return tuple(made for read in reads for made in _of_document(read))


def _of_document(read: Read) -> Iterable[Suppression]:
    if not isinstance(read.doc, ManifestDoc | MemorandumDoc | RulesDoc):
        return
    file = read.node.source.file
    whole = isinstance(read.doc, ManifestDoc)
    within = file[: max(file.rfind("/"), file.rfind("\\")) + 1] if whole else file
    for i, doc in enumerate(read.doc.suppress):
        place = read.node.value["suppress"].value[i].span
        yield Suppression(doc.code, doc.reason or Text(), within, doc.measure, doc.about, place)
