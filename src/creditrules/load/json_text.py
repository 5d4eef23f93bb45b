"""Load: read JSON strictly, into the same tree as YAML; and, when positions are not needed, quickly."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NoReturn

from creditrules.errors import CatalogueError, CreditRulesError, Span
from creditrules.load.findings import Findings
from creditrules.load.limits import Limits
from creditrules.load.node import Node, Source
from creditrules.load.yaml_tree import HIDDEN

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS = (("true", True), ("false", False), ("null", None))
_LONGEST_NUMBER = 40
_EXTRA, _KEY, _COLON, _COMMA, _VALUE = "extra text", "key", "colon", "comma", "value"
# What is wrong with a text: what this reader and Python's own reading of strings call it, and how it is told.
_PROBLEMS = {
    _EXTRA: ("text after the end of the value", "值结束之后还有内容"),
    _KEY: ("a key in double quotes is expected", "此处应为双引号括起的键"),
    _COLON: ("a colon is expected after the key", "键之后应为冒号"),
    _COMMA: ("a comma or the closing bracket is expected", "此处应为逗号或右括号"),
    _VALUE: ("a value is expected", "此处应为一个值"),
    "unterminated string starting": ("the text in quotes has no end", "引号中的文字没有结束"),
    "invalid control character": ("a control character inside quotes", "引号中有换行等控制字符"),
    "invalid \\escape": ("a backslash before a character that takes none", "反斜杠之后的字符无效"),
    "invalid \\uxxxx escape": ("`\\u` without four hexadecimal digits", "`\\u` 之后应为四位十六进制数"),
}


class NotQuick(ValueError):
    """The text is JSON, but something in it has to be reported with its place."""


def quick_json(text: str) -> Any:
    """Return the values of a JSON text, decimals exact.

    Raises:
        ValueError: when the text is not JSON; NotQuick when `read_json` has something to say of it.
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=_distinct,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_not_a_number,
        )
    except RecursionError:
        raise NotQuick from None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise NotQuick
    return entries


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise NotQuick
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise NotQuick
    try:
        return Decimal(text)
    except ArithmeticError:
        raise NotQuick from None


def _not_a_number(text: str) -> NoReturn:
    raise ValueError(text)


def read_json(
    text: str, file: str, limits: Limits | None = None, error: type[CreditRulesError] = CatalogueError
) -> Node:
    """Read one JSON document with the place of every key and value.

    Raises:
        CatalogueError: (or *error*) for a text that is not JSON (CR401), and for what the YAML reader refuses
            too: repeated keys, hidden characters, too much depth or too many values, overlong numbers.
    """
    reader = _Reader(text, file, limits or Limits())
    node: Node | None = None
    try:
        node = reader.read()
    except _Stop:
        pass
    except json.JSONDecodeError as problem:
        said = problem.msg.lower()
        en, zh = next(
            (words for start, words in _PROBLEMS.items() if said.startswith(start)), _PROBLEMS[_VALUE]
        )
        reader.report("CR401", problem.pos, problem.pos + 1, problem_en=en, problem_zh=zh)
    if reader.found or node is None:
        raise error(reader.found)
    return node


class _Stop(Exception):
    """Reading on would be unsafe."""


class _Reader:
    """Reads one text by recursive descent; the limit on depth keeps the recursion small."""

    def __init__(self, text: str, file: str, limits: Limits) -> None:
        self.text = text
        self.source = Source(file, text)
        self.limits = limits
        self.found = Findings()
        self.nodes = 0

    def read(self) -> Node:
        """Return the root of the text, which holds one value and nothing after it."""
        node, end = self.value(self.skip(0), 0)
        end = self.skip(end)
        if end < len(self.text):
            raise json.JSONDecodeError(_EXTRA, self.text, end)
        return node

    def value(self, at: int, depth: int) -> tuple[Node, int]:
        """Read the value that begins at an index; return it with the index after it."""
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self.report("CR116", at, at + 1, limit=str(self.limits.nodes))
            raise _Stop
        first = self.text[at : at + 1]
        if first in ("{", "["):
            if depth >= self.limits.depth:
                self.report("CR103", at, at + 1, limit=str(self.limits.depth))
                raise _Stop
            return self.mapping(at, depth) if first == "{" else self.list(at, depth)
        value, end = self.string(at) if first == '"' else self.scalar(at)
        return Node(value, self.source, at, end), end

    def mapping(self, start: int, depth: int) -> tuple[Node, int]:
        entries: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        at = self.skip(start + 1)
        more = self.text[at : at + 1] != "}"
        while more:
            if self.text[at : at + 1] != '"':
                raise json.JSONDecodeError(_KEY, self.text, at)
            key, end = self.string(at)
            if key in keys:
                self.report("CR105", at, end, related=(self.source.span(*keys[key]),), key=key)
            keys.setdefault(key, (at, end))
            colon = self.skip(end)
            if self.text[colon : colon + 1] != ":":
                raise json.JSONDecodeError(_COLON, self.text, colon)
            node, end = self.value(self.skip(colon + 1), depth + 1)
            entries.setdefault(key, node)
            at, more = self.next(end, "}")
        return Node(entries, self.source, start, at + 1, keys), at + 1

    def list(self, start: int, depth: int) -> tuple[Node, int]:
        entries: list[Node] = []
        at = self.skip(start + 1)
        more = self.text[at : at + 1] != "]"
        while more:
            node, end = self.value(at, depth + 1)
            entries.append(node)
            at, more = self.next(end, "]")
        return Node(entries, self.source, start, at + 1), at + 1

    def next(self, end: int, closing: str) -> tuple[int, bool]:
        """Pass the comma or stand at the closing mark; say whether an entry follows."""
        at = self.skip(end)
        found = self.text[at : at + 1]
        if found == ",":
            return self.skip(at + 1), True
        if found != closing:
            raise json.JSONDecodeError(_COMMA, self.text, at)
        return at, False

    def string(self, at: int) -> tuple[str, int]:
        text, end = scanstring(self.text, at + 1, True)
        hidden = HIDDEN.search(text)
        if hidden:
            self.report("CR112", at, end, character=f"U+{ord(hidden[0]):04X}")
        return text, end

    def scalar(self, at: int) -> tuple[Any, int]:
        number = _NUMBER.match(self.text, at)
        if number:
            return self.number(number), number.end()
        for word, value in _WORDS:
            if self.text.startswith(word, at):
                return value, at + len(word)
        raise json.JSONDecodeError(_VALUE, self.text, at)

    def number(self, number: re.Match[str]) -> int | Decimal:
        text = number[0]
        try:
            if len(text) <= _LONGEST_NUMBER:
                return Decimal(text) if number[1] or number[2] else int(text)
        except ArithmeticError:
            pass
        self.report("CR115", number.start(), number.end(), text=text[:57])
        return 0

    def skip(self, at: int) -> int:
        """Return the index after white space."""
        space = _SPACE.match(self.text, at)
        return at if space is None else space.end()

    def report(
        self, code: str, start: int, end: int, /, related: tuple[Span, ...] = (), **words: str
    ) -> None:
        """Add a finding on a stretch of the text."""
        self.found.on(code, self.source, self.source.span(start, end), words, related=related)
