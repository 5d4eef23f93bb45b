"""Site: what a page is made of, before it is drawn."""

from __future__ import annotations

from attrs import field, frozen
from markupsafe import Markup

Facts = tuple[tuple[Markup, Markup], ...]


@frozen
class Table:
    """A table; on a narrow screen each row becomes a card whose lines bear the heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]


@frozen
class Block:
    """A part of a page under a heading of its own.

    What is given is shown in this order: text, facts, table, lines, parts. One of kind `folded` is closed.
    """

    heading: Markup
    place: str = ""
    text: Markup = Markup("")
    facts: Facts = ()
    table: Table | None = None
    lines: tuple[Markup, ...] = ()
    parts: tuple[Block, ...] = ()
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing under the heading."""
        return not (self.text or self.facts or self.lines or (self.table and self.table.rows) or self.parts)


@frozen
class Entry:
    """What the search finds: a place, what it is, what it is called, and the words it is found by."""

    href: str
    what: str
    zh: str
    en: str
    sub_zh: str = ""
    sub_en: str = ""
    body: str = ""


@frozen
class Page:
    """One page in one language: its file name, its title, the section it is in, and its blocks.

    `up` is the page above it (address, name); `template` draws it, `more` are values of that template.
    """

    href: str
    title: str
    section: str
    heading: Markup
    subtitle: Markup = Markup("")
    up: tuple[tuple[str, Markup], ...] = ()
    lead: Markup = Markup("")
    facts: Facts = ()
    blocks: tuple[Block, ...] = ()
    entries: tuple[Entry, ...] = ()
    template: str = "page.html"
    more: dict[str, object] = field(factory=dict)


def given(*facts: tuple[Markup, Markup]) -> Facts:
    """Return the facts that say something."""
    return tuple(fact for fact in facts if fact[1])


def filled(*blocks: Block) -> tuple[Block, ...]:
    """Return the blocks that hold something."""
    return tuple(block for block in blocks if not block.is_empty)
