"""The public door: load a catalogue, read a dossier, decide."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from creditrules.compile.passes import rulebook_of
from creditrules.decide.decide import decide
from creditrules.load.cache import load_cached
from creditrules.load.shipped import default_source
from creditrules.load.sources import CatalogueSource, FolderSource
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier

__all__ = ["decide", "load_catalogue", "read_dossier"]


def load_catalogue(*sources: str | Path | CatalogueSource, cache: bool = True) -> Catalogue:
    """Load catalogues and stack them, the first at the bottom; without arguments the shipped one.

    Args:
        sources: folders, or anything that gives documents (`CatalogueSource`).
        cache: whether a catalogue of folders may be kept in, and taken from, the user's cache folder. It is
            taken only when no byte of the documents, of this library or of Python has changed.

    Raises:
        CatalogueError: the documents have findings; nothing is loaded.
    """
    found = [FolderSource(Path(s)) if isinstance(s, str | Path) else s for s in sources]
    return evolve(load_cached(found or [default_source()], cache=cache), compiler=rulebook_of)


def read_dossier(source: str | Path | Mapping[str, Any], catalogue: Catalogue) -> Dossier:
    """Read what is known of one or more subjects from a YAML or JSON file, or from a mapping.

    Raises:
        FactsError: the dossier has findings; nothing may be decided on it.
    """
    # Imported when there is one to read: its classes take longer to import than a stored catalogue to read.
    from creditrules.load.dossier import read_dossier

    return read_dossier(source, catalogue)
