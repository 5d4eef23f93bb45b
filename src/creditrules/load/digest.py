"""Load: the digest of what a catalogue was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from creditrules.load.sources import Document


def digest_of(layers: Sequence[Iterable[Document]]) -> str:
    """Return the digest over names and texts of all documents.

    The order of the files of a source changes nothing; the order of the sources does, for the upper one may
    replace what the lower one says.
    """
    digests = [_of_one(documents) for documents in layers]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _of_one(documents: Iterable[Document]) -> str:
    parts = sorted((d.name, hashlib.sha256(bytes_of(d)).hexdigest()) for d in documents)
    return hashlib.sha256("".join(f"{name}\0{digest}\n" for name, digest in parts).encode()).hexdigest()


def bytes_of(document: Document) -> bytes:
    """Return the bytes of a document, also of a text."""
    data = document.data
    # Half characters in a text are refused when it is read; until then they must not get in the way.
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
