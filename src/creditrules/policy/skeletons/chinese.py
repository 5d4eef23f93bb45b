"""Policy: write the keys of a document in Chinese; its values and comments stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.load.document_kinds import kind_of
from creditrules.load.shapes import Shape
from creditrules.load.strict_yaml import read_yaml
from creditrules.policy.formatting.order import Grammar, grammar_of
from creditrules.policy.formatting.scalars import key_text
from creditrules.policy.formatting.syntax import Collection, Node, Scalar, read_written


def in_chinese(text: str) -> str:
    """Return a document with every key of the format in Chinese, where it has a Chinese name."""
    first = next(iter(read_yaml(text, "").value))
    grammar = grammar_of(kind_of(first) or "memorandum")
    written = read_written(text)
    # From the end to the beginning, so that no place moves before it is used.
    for key, name in sorted(_renamed(written.root, grammar.root, grammar), key=lambda p: -p[0].start):
        text = text[: key.start] + name + text[key.end :]
    return text


def _renamed(node: Node, shape: Shape, grammar: Grammar) -> Iterator[tuple[Scalar, str]]:
    if not isinstance(node, Collection):
        return
    for item in node.items:
        name = None if item.key is None else key_text(item.key)
        if item.key is not None and name is not None:
            chinese = grammar.names(shape, name)[1:2]
            if chinese:
                yield item.key, chinese[0]
        yield from _renamed(item.value, grammar.inner(shape, name), grammar)
