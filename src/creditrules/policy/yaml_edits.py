"""Policy: change some values of a YAML text and leave every other character as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import yaml
from attrs import frozen

from creditrules.load.node import Node, plain


@frozen(order=True)
class Edit:
    """Put a text in place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@frozen
class Entry:
    """An entry of a list as it shall be; `old` is the number of the entry it was, None for a new one."""

    value: Any
    old: int | None = None


def edited(text: str, edits: Iterable[Edit]) -> str | None:
    """Return a text with edits made; None when two of them concern the same characters."""
    ordered = sorted(edits)
    if any(before.end > after.start for before, after in pairwise(ordered)):
        return None
    for edit in reversed(ordered):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def edits_of(node: Node, new: Any) -> list[Edit]:
    """Return the edits that make a value what it shall be; a list of `Entry` says which entries stay."""
    is_entries = isinstance(new, list) and any(isinstance(each, Entry) for each in new)
    if is_entries and isinstance(node.value, list):
        return _of_list(node, new)
    if is_entries:
        new = [each.value for each in new]
    if isinstance(new, Mapping) and isinstance(node.value, dict) and node.value and new:
        return _of_mapping(node, new)
    if plain(node) == new:
        return []
    return [Edit(node.start, _end(node), flow(new))]


def in_plain(value: Any) -> Any:
    """Return a value with its entries as what they hold."""
    if isinstance(value, Entry):
        return in_plain(value.value)
    if isinstance(value, Mapping):
        return {key: in_plain(each) for key, each in value.items()}
    return [in_plain(each) for each in value] if isinstance(value, list | tuple) else value


def flow(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, Entry):
        return flow(value.value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | int):
        return str(value)
    return _text(str(value))


_PLAIN = re.compile(r"[\w\u2e80-\uffef](?:[\w\u2e80-\uffef./@ ()#-]*[\w\u2e80-\uffef./@()-])?")


def _text(text: str) -> str:
    """Write a text so that it is read as one."""
    if _PLAIN.fullmatch(text) and " #" not in text:
        try:
            if yaml.load(f"[{text}]", Loader=yaml.CSafeLoader) == [text]:
                return text
        except yaml.YAMLError:
            pass
    return json.dumps(text, ensure_ascii=False)


def _is_flow(node: Node) -> bool:
    return node.source.text[node.start : node.start + 1] in ("{", "[")


def _end(node: Node) -> int:
    """Return where a value ends; libyaml ends a block only where the next token begins."""
    if _is_flow(node) or not node.value or not isinstance(node.value, dict | list):
        return node.end
    inner = node.value.values() if isinstance(node.value, dict) else node.value
    return max(_end(each) for each in inner)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Return the end of the line a position is in, before what ends it."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" and end > at else end


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


Place = tuple[int, int]


def _without(text: str, places: Sequence[Place], gone: set[int], is_flow: bool) -> list[Edit]:
    """Return the edits that take entries out, whose places are given in order; some entry stays."""
    edits = []
    for n in sorted(gone):
        start, end = places[n]
        if not is_flow:
            end = _line_end(text, end)
            end += len(_break(text)) if end < len(text) else 0
            edits.append(Edit(_line_start(text, start), end, ""))
        elif n + 1 < len(places) and not set(range(n, len(places))) <= gone:
            edits.append(Edit(start, places[n + 1][0], ""))
        else:
            edits.append(Edit(places[n - 1][1], end, ""))
    return edits


def _of_mapping(node: Node, new: Mapping[str, Any]) -> list[Edit]:
    text, is_flow = node.source.text, _is_flow(node)
    keys = node.keys or {}
    names = list(node.value)
    places = [(keys[name][0], _end(node.value[name])) for name in names]
    gone = {n for n, name in enumerate(names) if name not in new}
    opens_line = all(not text[_line_start(text, start) : start].strip() for start, _ in places)
    column = places[0][0] - _line_start(text, places[0][0])
    if len(gone) == len(names) and opens_line and not is_flow:
        lines = [line for name, value in new.items() for line in _lines(name, value)]
        return [Edit(node.start, _end(node), (_break(text) + " " * column).join(lines))]
    if len(gone) == len(names) or not (is_flow or opens_line or not gone):
        return [Edit(node.start, _end(node), flow(new))]
    edits = [e for name in names if name in new for e in edits_of(node.value[name], new[name])]
    edits += _without(text, places, gone, is_flow)
    last = max(place[1] for n, place in enumerate(places) if n not in gone)
    added = {name: value for name, value in new.items() if name not in node.value}
    if is_flow:
        said = "".join(f", {flow(name)}: {flow(value)}" for name, value in added.items())
        return edits + ([Edit(last, last, said)] if said else [])
    lines = [line for name, value in added.items() for line in _lines(name, value)]
    return edits + _lines_after(text, last, [" " * column + line for line in lines])


def _lines(name: str, value: Any) -> list[str]:
    """Write a key with its value; a list of mappings gets a line for each."""
    if isinstance(value, list) and value and all(isinstance(_value(each), Mapping) for each in value):
        return [f"{name}:", *(f"  - {flow(each)}" for each in value)]
    return [f"{name}: {flow(value)}"]


def _value(entry: Any) -> Any:
    return entry.value if isinstance(entry, Entry) else entry


def _lines_after(text: str, at: int, lines: Sequence[str]) -> list[Edit]:
    end = _line_end(text, at)
    return [Edit(end, end, "".join(_break(text) + line for line in lines))] if lines else []


def _of_list(node: Node, new: Sequence[Entry]) -> list[Edit]:
    text, is_flow = node.source.text, _is_flow(node)
    kept = {entry.old for entry in new if entry.old is not None}
    gone = set(range(len(node.value))) - kept
    dashes = [] if is_flow else [text.rfind("-", 0, each.start) for each in node.value]
    in_line = all(not text[_line_start(text, at) : at].strip() for at in dashes)
    if not kept or not in_line:
        return [Edit(node.start, _end(node), flow(list(new)))]
    edits = [
        e for entry in new if entry.old is not None for e in edits_of(node.value[entry.old], entry.value)
    ]
    starts = [each.start for each in node.value] if is_flow else dashes
    places = [(start, _end(each)) for start, each in zip(starts, node.value, strict=True)]
    edits += _without(text, places, gone, is_flow)
    last = max(places[n][1] for n in kept)
    added = [flow(entry.value) for entry in new if entry.old is None]
    if is_flow:
        return edits + ([Edit(last, last, "".join(f", {each}" for each in added))] if added else [])
    column = dashes[0] - _line_start(text, dashes[0])
    return edits + _lines_after(text, last, [" " * column + f"- {each}" for each in added])
