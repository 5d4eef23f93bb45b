"""Model: provisions whose number changed when their law was revised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from creditrules.model.basis import Basis, plain_title
from creditrules.model.words import Checked


@frozen
class Provision:
    """A place in one text of a law; `version` is the day of the text, None when no source shows it."""

    article: int
    item: str = ""
    version: date | None = None


@frozen
class Renumbering:
    """改编号: what stood in one place of a law stands in another since a day.

    A number without an item speaks of the whole article.
    """

    law: str
    old: Provision
    new: Provision
    since: date
    checked: Checked = Checked.VERIFIED
    source: str = ""

    def moves(self, article: int, item: str) -> bool:
        """Say whether the old place is, or holds, an article and item."""
        return self.old.article == article and self.old.item in ("", item)


def numbered_today(
    basis: Basis, renumberings: Iterable[Renumbering], on: date | None = None
) -> tuple[Renumbering, ...]:
    """Return the changes of number a provision went through after it was cited, oldest first.

    Args:
        basis: the provision; a version it names counts before the day.
        renumberings: the changes that are known, of any law.
        on: the day of the document that cites it.

    A change of which nothing is known for the provision ends the chain: it may have moved there.
    """
    return tuple(_chain(basis, renumberings, on or basis.since))


def _chain(basis: Basis, renumberings: Iterable[Renumbering], on: date | None) -> Iterator[Renumbering]:
    law = plain_title(basis.law)
    of_law = [r for r in renumberings if plain_title(r.law) == law]
    if basis.article is None or (basis.version or on) is None:
        return
    article, item = basis.article, basis.item
    later = sorted({r.since for r in of_law if _is_later(r, basis.version, on)})
    for since in later:
        moved = [r for r in of_law if r.since == since and r.moves(article, item)]
        if not moved:
            return
        # What is said of the very item is said of it alone.
        found = max(moved, key=lambda r: len(r.old.item))
        yield found
        article, item = found.new.article, found.new.item or item


def _is_later(change: Renumbering, version: date | None, on: date | None) -> bool:
    if version is not None:
        # A text is adopted before it comes into force: whoever names the new text means the new number.
        return (change.new.version or change.since) > version
    return on is not None and change.since > on
