"""Load: read YAML strictly, from libyaml's events, into a tree in which everything knows its place.

What YAML offers beyond plain mappings, lists and values is refused, and so is what exhausts a machine. The
events are taken one by one: a deep document must not meet a recursive composer.
"""

from __future__ import annotations

from typing import Any

import yaml

from creditrules.errors import CatalogueError, CreditRulesError, Span
from creditrules.load.encoding import decoded
from creditrules.load.findings import Findings
from creditrules.load.limits import Limits
from creditrules.load.node import Node, Source, locate, plain
from creditrules.load.yaml_problems import explain
from creditrules.load.yaml_tree import HIDDEN, TreeReader, name_of

__all__ = ["Limits", "Node", "locate", "plain", "read_yaml"]


# A file full of control characters is no text at all.
_ENOUGH = 20


def read_yaml(
    data: bytes | str,
    file: str,
    limits: Limits | None = None,
    error: type[CreditRulesError] = CatalogueError,
) -> Node:
    """Read one document.

    Args:
        data: the text, or its bytes in UTF-8 (a byte order mark is tolerated).
        file: the name that findings give the file.
        limits: how big, how deep, how many values.
        error: the member of the error family to raise.

    Raises:
        CatalogueError: (or *error*) with every finding, CR100–CR116.
    """
    found = Findings()
    node = _read(data, file, limits or Limits(), found)
    if found or node is None:
        raise error(found)
    return node


def _read(data: bytes | str, file: str, limits: Limits, found: Findings) -> Node | None:
    if len(data) > limits.size:
        found.on("CR102", Source(file, ""), Span(file), {"size": _mib(len(data)), "limit": _mib(limits.size)})
        return None
    text = decoded(data, file, found) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    if text is None:
        return None
    source = Source(file, text)
    for hidden in HIDDEN.finditer(text):
        found.on("CR112", source, source.span(*hidden.span()), {"character": name_of(hidden[0])})
        if len(found) == _ENOUGH:
            break
    if found:
        return None
    reader = TreeReader(source, limits, found)
    try:
        return reader.read()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        span = source.span(mark.index, mark.index + 1)
        if "nesting depth" in (error.problem or ""):
            found.on("CR103", source, span, {"limit": str(limits.depth)})
        else:
            found.on("CR101", source, span, explain(error.problem or "", error.context or ""))
    except yaml.YAMLError as error:
        found.on("CR101", source, Span(file), explain(str(error), ""))
    return None


def _mib(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MiB"
