"""The page of the public names, from their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

import creditrules

GROUPS: Mapping[str, Callable[[Any], bool]] = {
    "Functions": inspect.isfunction,
    "Errors": lambda value: inspect.isclass(value) and issubclass(value, Exception),
    "Types": lambda value: inspect.isclass(value),
}


def page() -> str:
    """Return every public name of the package, once."""
    left = {name: getattr(creditrules, name) for name in creditrules.__all__}
    parts: list[str] = []
    for title, belongs in GROUPS.items():
        names = sorted(name for name, value in left.items() if belongs(value))
        parts.append(f"## {title}")
        parts += ["\n\n".join(_entry(name, left.pop(name))) for name in names]
    if left:
        raise SystemExit(f"public names without a group: {sorted(left)}")
    return "\n\n".join(parts)


def _entry(name: str, value: Any) -> Iterator[str]:
    yield f"### {name}"
    if inspect.isfunction(value):
        yield f"```text\n{name}{_signature(value)}\n```"
        yield _said(value)
        return
    yield _said(value)
    if attrs.has(value) and not issubclass(value, Exception):
        rows = [
            f"| `{f.name}` | `{_annotation(f.type)}` |"
            for f in attrs.fields(value)
            if not f.name.startswith("_")
        ]
        if rows:
            yield "\n".join(["| field | type |", "|---|---|", *rows])
    for method, function in inspect.getmembers(value, inspect.isfunction):
        if method in vars(value) and not method.startswith("_"):
            yield f"**`{name}.{method}{_signature(function)}`**\n\n{_said(function)}"


def _annotation(written: Any) -> str:
    text = written if isinstance(written, str) else getattr(written, "__name__", str(written))
    return text.replace("|", "\\|")


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    kept = [p for n, p in signature.parameters.items() if n != "self"]
    # Annotations are kept as texts, and shown as such.
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(signature.replace(parameters=kept)))


def _said(value: Any) -> str:
    """Return a docstring as Markdown: `Args:` and `Raises:` become lists."""
    lines: list[str] = []
    for line in (inspect.getdoc(value) or "").splitlines():
        if line in ("Args:", "Raises:"):
            lines += [f"*{line.rstrip(':')}*", ""]
        elif line.startswith("    ") and not line.startswith("     "):
            name, _, rest = line.strip().partition(": ")
            lines.append(
                f"- `{name}`: {rest}" if rest and " " not in name.replace(", ", "") else f"  {line.strip()}"
            )
        else:
            lines.append(line.strip())
    return "\n".join(lines)
