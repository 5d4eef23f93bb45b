"""Load: a catalogue that was loaded before is taken from the user's cache when not a byte has changed since.

The key is made of everything a catalogue depends on, the bytes of the documents first. What is stored is
never trusted: it must be the user's own file, be whole, and hold nothing but the classes of the model
(`docs/decisions/0012-compiled-cache.md`). Whatever is wrong with it, the documents are loaded afresh.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from enum import Enum
from functools import cache as once
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import has

from creditrules.errors import Finding, Span
from creditrules.load.cache_files import CacheFolder
from creditrules.load.collecting import no_collecting
from creditrules.load.digest import bytes_of, digest_of
from creditrules.load.findings import Findings
from creditrules.load.sources import CatalogueSource, Document, FolderSource, documents_of
from creditrules.model.catalogue import Catalogue

_MAGIC = b"creditrules catalogue 1"
_PROTOCOL = 5
_PACKAGE = Path(__file__).resolve().parent.parent

# All that a stored catalogue may hold, besides numbers, texts and the collections of Python.
_ADMITTED: Mapping[tuple[str, str], type] = {
    (kind.__module__, kind.__name__): kind for kind in (date, Finding, Span)
}
_OF_MODEL = re.compile(r"creditrules\.model\.[a-z_]+")

Layers = Sequence[tuple[Document, ...]]


def load_cached(sources: Sequence[CatalogueSource], *, cache: bool = True) -> Catalogue:
    """Load the documents of all sources, or take from the cache what they gave when they were the same.

    Only folders are cached: what other sources give may be made up for one run.

    Raises:
        CatalogueError: with all findings of the step that has any: reading, or linking.
    """
    with no_collecting():
        found = Findings()
        layers = [documents_of(source, found) for source in sources]
        may_keep = cache and not found and all(isinstance(source, FolderSource) for source in sources)
        folder = CacheFolder.of_user() if may_keep else None
        key = key_of(layers) if folder is not None else None
        if folder is None or key is None:
            return _fresh(layers, found)
        kept = unpacked(folder.read(key), key, digest_of(layers))
        if kept is not None:
            return kept
        made = _fresh(layers, found)
        packed_now = packed(made, key)
        if packed_now is not None:
            folder.write(key, packed_now)
        return made


def _fresh(layers: Layers, found: Findings) -> Catalogue:
    # Only here: what reads documents takes longer to import than a stored catalogue to be read.
    from creditrules.load.catalogue import load_layers

    return load_layers(layers, found)


def key_of(layers: Layers) -> str | None:
    """Return the key of the catalogue that documents give to this library under this Python.

    None when the library cannot be told from another one, for want of its source files.
    """
    own = _own_digest()
    if own is None:
        return None
    from creditrules import __version__

    whole = hashlib.sha256(f"{_MAGIC!r}\0{__version__}\0{sys.version}\0{own}".encode())
    for layer in layers:
        whole.update(f"\0\0{len(layer)}".encode())
        for document in layer:
            # Findings and measures name the file they come from, so where it lies is part of a catalogue.
            names = f"\0{document.name}\0{document.origin}\0".encode("utf-8", "surrogatepass")
            whole.update(names + hashlib.sha256(bytes_of(document)).digest())
    return whole.hexdigest()


@once
def _own_digest() -> str | None:
    """Return the digest of the code that makes a catalogue, by content: dates of files may lie."""
    whole = hashlib.sha256()
    try:
        files = [_PACKAGE / "errors.py"]
        for stage in ("model", "load"):
            files += sorted((_PACKAGE / stage).glob("*.py"))
        for file in files:
            whole.update(f"\0{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    except OSError:
        return None
    return whole.hexdigest() if len(files) > 2 else None


def packed(catalogue: Catalogue, key: str) -> bytes | None:
    """Return a catalogue as it is stored; None for one that is too deep to be stored."""
    try:
        payload = pickle.dumps(catalogue, _PROTOCOL)
    except (pickle.PicklingError, RecursionError, TypeError, AttributeError):
        return None
    return b"\n".join((_MAGIC, key.encode(), hashlib.sha256(payload).hexdigest().encode(), payload))


def unpacked(data: bytes | None, key: str, digest: str) -> Catalogue | None:
    """Return the catalogue that was stored under a key; None for anything else, whatever it is."""
    if data is None:
        return None
    parts = data.split(b"\n", 3)
    if len(parts) != 4 or parts[:2] != [_MAGIC, key.encode()]:
        return None
    if hashlib.sha256(parts[3]).hexdigest().encode() != parts[2]:
        return None
    try:
        found = _Unpickler(io.BytesIO(parts[3])).load()
    except Exception:  # a damaged pickle raises whatever it likes; the documents are there to be loaded
        return None
    return found if isinstance(found, Catalogue) and found.digest == digest else None


class _Unpickler(pickle.Unpickler):
    """Reads what `packed` wrote: classes of the model that only hold data, and days.

    No function can be named, so none is called.
    """

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Return a class that a catalogue may be made of.

        Raises:
            UnpicklingError: it is none.
        """
        found = _ADMITTED.get((module_name, global_name))
        if found is None and _OF_MODEL.fullmatch(module_name):
            with suppress(ImportError):
                found = vars(import_module(module_name)).get(global_name)
        if isinstance(found, type) and found.__module__ == module_name and _holds_data(found):
            return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of a catalogue")


def _holds_data(kind: type) -> bool:
    return has(kind) or issubclass(kind, Enum | date)
