"""Load: catalogues that installed packages offer (entry-point group `creditrules.catalogues`)."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from creditrules.errors import CatalogueError
from creditrules.load.findings import Findings, near
from creditrules.load.sources import CatalogueSource, is_source, report

GROUP = "creditrules.catalogues"


def installed_names() -> tuple[str, ...]:
    """Return the names under which installed packages offer catalogues; nothing of theirs is loaded."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def installed_sources(*names: str) -> tuple[CatalogueSource, ...]:
    """Return the sources that installed packages offer, those named or all.

    Raises:
        CatalogueError: with a finding for each that is not installed (CR540), is offered twice (CR541),
            cannot be loaded (CR542) or is no source (CR543).
    """
    found = Findings()
    sources = [_source(name, found) for name in names or installed_names()]
    if found:
        raise CatalogueError(found)
    return tuple(source for source in sources if source is not None)


def _source(name: str, found: Findings) -> CatalogueSource | None:
    points = {point.value: point for point in entry_points(group=GROUP, name=name)}
    if not points:
        report("CR540", name, found, **near(name, installed_names()))
        return None
    if len(points) > 1:
        report("CR541", name, found, offered=", ".join(sorted(points)))
        return None
    (point,) = points.values()
    return _checked(point, found)


def _checked(point: EntryPoint, found: Findings) -> CatalogueSource | None:
    try:
        offered: Any = point.load()
        # A source itself, or something that makes one when called.
        source = offered() if callable(offered) and not hasattr(offered, "documents") else offered
        if isinstance(offered, type):
            source = offered()
    except Exception as error:  # whatever a package of others raises is its fault, and said so
        report("CR542", point.name, found, offered=point.value, error=f"{type(error).__name__}: {error}")
        return None
    if not is_source(source):
        report("CR543", point.name, found, offered=point.value, got=type(source).__name__)
        return None
    checked: CatalogueSource = source
    return checked
