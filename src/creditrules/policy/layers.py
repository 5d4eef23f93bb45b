"""Policy: where an entry of a dossier that was put together from a base and changes is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.load.dossier_problems import Path, Places
from creditrules.load.example_docs import ExampleFile


@frozen
class InFile:
    """Places of a part of a file of examples, by its path from the case (or from the file's `given`)."""

    source: ExampleFile
    case: int
    prefix: Path

    def span(self, path: Path, on_key: bool = False) -> Span:
        """Return the place of the value at a path."""
        return self.source.spans(self.case, *self.prefix, *path)

    def line(self, span: Span) -> str:
        """Return the line a span stands on."""
        return self.source.lines(span)


@frozen
class Layer:
    """A base dossier, or a change that is laid over it, with its places."""

    tree: Mapping[str, Any]
    places: Places


@frozen
class LayeredPlaces:
    """Places in what the layers make together: the last layer that holds an entry is where it is written."""

    whole: Mapping[str, Any]
    layers: Sequence[Layer]
    _lines: dict[Span, str] = field(factory=dict, eq=False, repr=False)

    def span(self, path: Path, on_key: bool = False) -> Span:
        """Return the place of the deepest value along a path that any layer holds, the last layer first."""
        ways = [(_way(self.whole, layer.tree, path), layer) for layer in reversed(self.layers)]
        way, layer = max(ways, key=lambda each: len(each[0]))
        span = layer.places.span(way, on_key and len(way) == len(path))
        self._lines[span] = layer.places.line(span)
        return span

    def line(self, span: Span) -> str:
        """Return the line a span stands on, if it was given by these places."""
        return self._lines.get(span, "")


def _way(whole: Any, part: Any, path: Path) -> Path:
    """Follow a path of the whole through a part of it, entries of lists by `id`; return how far it leads."""
    way: list[str | int] = []
    for name in path:
        whole = _step(whole, name)
        at: str | int | None = name
        if isinstance(name, int):
            at = _same(whole, part, name)
        elif not (isinstance(part, Mapping) and name in part):
            at = None
        if at is None:
            break
        way.append(at)
        part = part[at]
    return tuple(way)


def _step(value: Any, name: str | int) -> Any:
    try:
        return value[name]
    except (KeyError, IndexError, TypeError):
        return None


def _same(entry: Any, part: Any, at: int) -> int | None:
    """Return where an entry of a list stands in a layer: by its `id`, else by its number."""
    if not isinstance(part, list):
        return None
    if isinstance(entry, Mapping) and "id" in entry:
        ids = [each.get("id") if isinstance(each, Mapping) else None for each in part]
        return ids.index(entry["id"]) if entry["id"] in ids else None
    return at if at < len(part) else None
