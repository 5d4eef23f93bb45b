"""Policy: one difference between what an example expects and what was decided."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from creditrules.errors import Span
from creditrules.model.text import Text


@frozen
class Difference:
    """Where a decision says something else than an example expects.

    `kind` is what is wrong: `missing`, `otherwise` (decided, but not as stated), `unwanted`, `unexpected`,
    `touched`, `reason`, `taken` (expected not to be, in `why_not`), `open`, `set_aside`, `record`, `status`,
    `duty` or `way_out`. `span` is the place of the expectation, `on` its day. `text` says what was expected
    and what is, in the words of the catalogue; `why` are the reasons of what is.
    """

    kind: str
    span: Span
    text: Text
    on: date
    why: tuple[Text, ...] = ()

    def __str__(self) -> str:
        return self.text("en")
