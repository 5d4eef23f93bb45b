"""Policy: rewrite the expectations of a file to what was decided; the rest of it stays as it is."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from attrs import frozen

from creditrules.errors import CreditRulesError
from creditrules.load.example_docs import read_examples
from creditrules.load.node import Node, plain, step
from creditrules.load.strict_yaml import read_yaml
from creditrules.policy.accepted import accepted
from creditrules.policy.differences import differences_of
from creditrules.policy.examples import Example, compared_steps, examples_of
from creditrules.policy.rulebooks import Rulebooks
from creditrules.policy.yaml_edits import Edit, edited, edits_of, in_plain


@frozen
class Accepted:
    """A file before and after; `names` are the cases that were rewritten, `left` those that could not be."""

    file: Path
    before: str
    after: str
    names: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def diff(self) -> list[str]:
        """What was rewritten, line by line as `diff` shows it."""
        name = str(self.file)
        before, after = self.before.splitlines(), self.after.splitlines()
        return list(difflib.unified_diff(before, after, name, name, lineterm="", n=1))


@frozen
class Rewrite:
    """The edits of one case, and the expectations they must lead to."""

    example: Example
    edits: tuple[Edit, ...]
    expected: Mapping[tuple[str | int, ...], Any]


def accept(path: Path, numbers: Iterable[int], rulebooks: Rulebooks, engine: str) -> Accepted:
    """Return a file with the expectations of these cases rewritten to what is decided.

    Raises:
        CatalogueError, FactsError: the file, or one of the cases, cannot be read.
    """
    data = path.read_bytes()
    # Places are those in the text without its byte order mark, which stays where it is.
    mark, text = (data[:3], data[3:]) if data.startswith(b"\xef\xbb\xbf") else (b"", data)
    before = text.decode("utf-8")
    node, source = read_yaml(before, str(path)), read_examples(before, str(path))
    wanted = set(numbers)
    tried = (e for e in examples_of(source, str(path)) if e.number in wanted)
    rewrites = [r for r in (_rewrite(e, node, rulebooks, engine) for e in tried) if r.edits]
    after, names, left = before, [], []
    for rewrite in rewrites:
        # One at a time, so that a case that cannot be rewritten keeps no other from it.
        made = _made(before, [*(r for r in rewrites if r.example.name in names), rewrite])
        if made is None:
            left.append(rewrite.example.name)
        else:
            after = made
            names.append(rewrite.example.name)
    head = mark.decode("utf-8")
    return Accepted(path, head + before, head + after, tuple(names), tuple(left))


def _rewrite(example: Example, node: Node, rulebooks: Rulebooks, engine: str) -> Rewrite:
    edits: list[Edit] = []
    expected: dict[tuple[str | int, ...], Any] = {}
    for day, compared in compared_steps(example, rulebooks.catalogue, engine, rulebooks):
        if any(True for _ in differences_of(compared)):
            path = (*day.path, "expect")
            at = step(node, ("cases", example.number, *path))
            new = accepted(plain(at), compared)
            edits += edits_of(at, new)
            expected[path] = in_plain(new)
    return Rewrite(example, tuple(edits), expected)


def _made(before: str, rewrites: Sequence[Rewrite]) -> str | None:
    """Return the text with all edits, if it then says just what it should: else None.

    An expectation that an anchor shares with another case would change there too.
    """
    after = edited(before, [edit for rewrite in rewrites for edit in rewrite.edits])
    if after is None:
        return None
    with suppress(CreditRulesError):
        if plain(read_yaml(after, "")) == _wanted(before, rewrites):
            read_examples(after, "")
            return after
    return None


def _wanted(before: str, rewrites: Sequence[Rewrite]) -> Any:
    tree = plain(read_yaml(before, ""))
    for rewrite in rewrites:
        for path, value in rewrite.expected.items():
            holder = tree["cases"][rewrite.example.number]
            for name in path[:-1]:
                holder = holder[name]
            holder[path[-1]] = value
    return tree


def write_whole(path: Path, data: bytes) -> None:
    """Write a file at once: whoever reads it meanwhile sees the old one or the new one, never a part.

    Raises:
        OSError: it cannot be written; it is as it was then.
    """
    target = path.resolve()
    with NamedTemporaryFile("wb", dir=target.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if target.exists():
                os.chmod(file.name, target.stat().st_mode & 0o7777)
            os.replace(file.name, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(file.name)
            raise
