"""Policy: what a changed basis means: another text of the law, another article, one more or one less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from attrs import evolve

from creditrules.model.basis import Basis, plain_title
from creditrules.model.text import Text
from creditrules.policy.diff.changes import Altered, Change, Gained, Lost, Place
from creditrules.policy.diff.speaking import Speaker

_OTHER = tuple(
    field.name
    for field in attrs.fields(Basis)
    if field.eq and field.name not in ("law", "version", "article", "item", "cited", "origin")
)


def basis_changes(
    place: Place, before: Iterable[Basis], after: Iterable[Basis], old: Speaker, new: Speaker
) -> Iterator[Change]:
    """Yield the changes between two lists of provisions; the same provision is found by law and place."""
    old_ones, new_ones = list(before), list(after)
    gone = [basis for basis in old_ones if basis not in new_ones]
    come = [basis for basis in new_ones if basis not in old_ones]
    for same in (_same_place, _same_article, _same_law):
        for was in list(gone):
            now = next((b for b in come if same(was, b)), None)
            if now is not None:
                gone.remove(was)
                come.remove(now)
                yield from _of_one(evolve(place, span=now.span or place.span), was, now, old, new)
    for basis in gone:
        yield Lost(place, "basis", old.basis(basis))
    for basis in come:
        yield Gained(evolve(place, span=basis.span or place.span), "basis", new.basis(basis))


def _same_place(one: Basis, other: Basis) -> bool:
    return _same_article(one, other) and one.item == other.item


def _same_article(one: Basis, other: Basis) -> bool:
    return _same_law(one, other) and one.article == other.article


def _same_law(one: Basis, other: Basis) -> bool:
    return plain_title(one.law) == plain_title(other.law)


def _of_one(place: Place, was: Basis, now: Basis, old: Speaker, new: Speaker) -> Iterator[Change]:
    law = Text(f"《{plain_title(now.law)}》", f"《{plain_title(now.law)}》")
    if was.version != now.version:
        yield Altered(place, "basis_text", _version(was), _version(now), law)
    if (was.article, was.item) != (now.article, now.item):
        yield Altered(place, "basis_article", _article(was), _article(now), law)
    elif was.cited != now.cited:
        yield Altered(place, "cited", Text(was.cited, was.cited), Text(now.cited, now.cited), law)
    for name in _OTHER:
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield Altered(place, name, old.said(name, before), new.said(name, after), law)


def _version(basis: Basis) -> Text:
    if basis.version is None:
        return Text("文件未指明的文本", "the text that the document does not name")
    return Text(f"{basis.version} 的文本", f"the text of {basis.version}")


def _article(basis: Basis) -> Text:
    said = basis.cited or (f"第{basis.article}条{basis.item}" if basis.article else basis.item)
    return Text(said, said)
