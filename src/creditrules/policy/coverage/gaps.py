"""Policy, coverage: what no case looks at, in plain words and in the units a writer thinks in."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from creditrules.deliver.words import word_table
from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.policy.coverage.model import Branch, Document, Item, Mark
from creditrules.policy.said import joined
from creditrules.policy.wording import word

_LONG = 36


@frozen
class Gap:
    """One thing that no case looks at: the item, the branch (empty: all of them), and a sentence."""

    item: Item
    branch: str
    text: Text

    @property
    def span(self) -> Span | None:
        """Where the rule is written."""
        return self.item.span


def gaps_of(items: tuple[Item, ...]) -> tuple[Gap, ...]:
    """Return the gaps of items, in their order; a measure without any case has one gap, not several."""
    return tuple(gap for item in items for gap in _gaps(item))


def _gaps(item: Item) -> Iterator[Gap]:
    if item.kind == "measure" and item.mark is Mark.UNCOVERED and not any(b.seen for b in item.branches):
        yield Gap(item, "", word("coverage.gap.measure.none", text=item.text))
        return
    for branch in item.branches:
        if not branch.is_covered:
            yield Gap(item, branch.name, _said(item, branch))


def _said(item: Item, branch: Branch) -> Text:
    key = f"coverage.gap.{item.kind}.{branch.name}"
    text = word(key, text=item.text)
    if not branch.seen:
        return text
    which = "seen" if len(branch.seen) > 1 else "seen_once"
    seen = word(f"coverage.gap.{which}", n=len(branch.seen), case=clipped(branch.seen[0].name))
    return Text(text.zh + seen.zh, text.en + seen.en)


def clipped(name: str) -> str:
    """Return the name of a case, shortened where it is long."""
    return name if len(name) <= _LONG else name[: _LONG - 1].rstrip() + "…"


def headline(document: Document) -> Text:
    """Say in one sentence how far the measures of a document are exercised.

    `28 measures: 23 of 23 have a positive case, 25 of 25 a negative one; measure 12 has no negative case.`
    """
    measures = document.of("measure")
    said = word(
        "coverage.headline.measures" if len(measures) != 1 else "coverage.headline.measure", n=len(measures)
    )
    parts = [
        word(f"coverage.headline.{branch}", n=document.having(branch), of=of)
        for branch in ("positive", "negative")
        if (of := sum(item.branch(branch) is not None for item in measures))
    ]
    bare = document.bare
    if bare:
        parts.append(word("coverage.headline.bare", n=len(bare), which=_numbers(bare)))
    lacking = tuple(
        item for item in measures if item not in bare and (b := item.branch("negative")) and not b.is_covered
    )
    if lacking:
        parts.append(word("coverage.headline.no_negative", n=len(lacking), which=_numbers(lacking)))
    colon = word_table()["mark.colon"]
    whole = joined(parts)
    return Text(said.zh + colon.zh + whole.zh, said.en + colon.en + whole.en) if parts else said


def _numbers(items: tuple[Item, ...]) -> Text:
    return joined((Text(item.key, item.key) for item in items), "list")
