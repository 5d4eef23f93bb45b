"""Load: the catalogue this library ships with."""

from __future__ import annotations

from pathlib import Path

from creditrules.errors import CatalogueError, Span
from creditrules.load.findings import Findings
from creditrules.load.node import Source
from creditrules.load.sources import MANIFEST, FolderSource


def default_source() -> FolderSource:
    """Return the shipped catalogue: inside the installed package, or at the root of a checkout.

    Raises:
        CatalogueError: neither is there (CR141).
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "catalogue"
    for folder in (inside, *package.parents):
        if (folder / MANIFEST).is_file():
            return FolderSource(folder)
    found = Findings()
    found.on("CR141", Source(str(inside), ""), Span(str(inside / MANIFEST)), {"name": str(inside)})
    raise CatalogueError(found)
