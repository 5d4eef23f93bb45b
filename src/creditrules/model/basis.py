"""Model: legal bases, and the index of statutes that citations are checked against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.model.words import Checked, Rank, Strength


@frozen
class Basis:
    """依据: one provision as a document cites it.

    `law` is the title as cited, `version` the day of the text meant (None: the citing document names none).
    `reaches` names the roles whose holders the provision itself makes liable, `lists` the lists whose
    listings it speaks of (empty: it asks for no list), `origin` whether the memorandum cites it or it carries
    the measure's kind. `conduct` marks a provision that answers conduct of its own (collusion in a tender, a
    forged licence) and so never carries a measure because of a listing.
    """

    law: str
    version: date | None = None
    article: int | None = None
    item: str = ""
    cited: str = ""
    rank: Rank = Rank.UNKNOWN
    strength: Strength = Strength.UNSTATED
    since: date | None = None
    until: date | None = None
    reaches: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    conduct: bool = False
    origin: str = "memorandum"
    checked: Checked = Checked.VERIFIED
    note: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        place = self.cited or (f"第{self.article}条{self.item}" if self.article else self.item)
        version = f"（{self.version}）" if self.version else ""
        return f"《{self.law}》{version}{place}"


@frozen
class StatuteVersion:
    """One published text of a statute: its day, its rank and the number of its last article."""

    title: str
    version: date
    rank: Rank
    last_article: int


def plain_title(law: str) -> str:
    """Return the title by which the index knows a law: without 中华人民共和国 and without 《》."""
    return law.strip("《》").removeprefix("中华人民共和国")


@frozen
class StatuteIndex:
    """Titles and versions of statutes; `versions` maps a plain title to its texts, oldest first."""

    versions: Mapping[str, tuple[StatuteVersion, ...]] = field(factory=dict)

    def known(self, law: str) -> tuple[StatuteVersion, ...]:
        """Return every version of a law in the index, oldest first; empty when it is not there."""
        return self.versions.get(plain_title(law), ())

    def text_of(self, basis: Basis) -> StatuteVersion | None:
        """Return the version a basis names, or None when the index does not hold it."""
        return next((v for v in self.known(basis.law) if v.version == basis.version), None)

    def rank_of(self, law: str) -> Rank:
        """Return the rank of a law, `UNKNOWN` when it is not in the index."""
        known = self.known(law)
        return known[-1].rank if known else Rank.UNKNOWN

    def around(self, law: str, on: date | None) -> tuple[StatuteVersion, ...]:
        """Return the texts between which a document of a day cites a law: the last until it, the next after.

        Without a day every text may be meant.
        """
        known = self.known(law)
        if on is None:
            return known
        before = [version for version in known if version.version <= on]
        after = [version for version in known if version.version > on]
        return (*before[-1:], *after[:1])
