"""Deliver: rich text that breaks lines between Chinese characters; rich breaks at blanks only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import text as rich_text
from rich.containers import Lines

from creditrules.deliver.plain import breaks

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod


class Text(rich_text.Text):
    """Text whose lines are broken as `plain.breaks` says."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Return the text in lines no wider than *width*."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            pieces = line.divide(breaks(line.plain, width))
            for piece in pieces:
                piece.rstrip_end(width)
            pieces.justify(console, width, justify=justify or "left", overflow=overflow or "fold")
            lines.extend(pieces)
        return lines
