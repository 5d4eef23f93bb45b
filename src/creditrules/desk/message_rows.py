"""Desk: a message in words: one row for each thing a unit is told to do, to change or to lift. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue


@frozen
class Told:
    """One row: the push and the order, if any, and what is told about it, title by title."""

    push: int
    order: int | None
    said: tuple[tuple[str, str], ...]


@frozen
class Page:
    """A message as people read it."""

    title: str
    target: str
    about: tuple[tuple[str, str], ...]
    rows: tuple[Told, ...]
    remedy: tuple[str, ...]


def page_of(kind: str, address: str, data: Mapping[str, Any], catalogue: Catalogue, lang: str = "zh") -> Page:
    """Put what a message says into words."""
    words = Words(lang)
    people = {person["label"]: person for person in data["subjects"]}
    about = [
        (words("desk.column.case"), str(data["case"])),
        (words("desk.column.address"), address),
        (words("desk.column.list"), data["list_name"]),
        (words("desk.column.target"), _person(people[data["target"]])),
        (words("desk.column.on"), data["day"]),
    ]
    items = data.get("items", [])
    remedy = dict.fromkeys(text[lang] or text["zh"] for item in items for text in item.get("remedy", ()))
    title = words(f"desk.message.{kind}")
    rows = tuple(Told(i["push"], i.get("order"), tuple(_said(i, people, catalogue, words))) for i in items)
    return Page(title, people[data["target"]]["name"], tuple(about), rows, tuple(remedy))


def _person(person: Mapping[str, Any]) -> str:
    number = person["code"] or person["id_number"]
    return f"{person['name']}（{number}）" if number else str(person["name"])


def _said(
    item: Mapping[str, Any], people: Mapping[str, Any], catalogue: Catalogue, words: Words
) -> Iterator[tuple[str, str]]:
    """Yield what is told of one push; a lift says why, an answer its text."""
    if "effect" in item:
        effect = words.said(catalogue.effects[item["effect"]].name)
        matter = words.said(catalogue.matters[item["matter"]].name) if item["matter"] else ""
        yield words("desk.told.what"), f"{effect} · {matter}" if matter else effect
        yield words("desk.told.discretion"), words(f"discretion.{item['discretion']}")
        end = item["until"] or words("desk.told.review", day=item["review"])
        yield words("desk.told.period"), f"{item['since'] or ''} – {end}"
        yield words("desk.told.measures"), words.joined(_measures(item, people, catalogue, words), "list")
        bases = dict.fromkeys(basis for measure in item["measures"] for basis in measure["bases"])
        yield words("desk.told.bases"), words.joined(bases, "list")
    else:
        yield words("desk.told.what"), _action(item["action"], catalogue, words)
    if "because" in item:
        yield words("desk.column.why"), words(f"desk.status.{item['because']}")
    if "text" in item:
        yield words("desk.message.answer"), item["text"]
    if "due" in item:
        yield words("desk.column.due"), item["due"]


def _measures(
    item: Mapping[str, Any], people: Mapping[str, Any], catalogue: Catalogue, words: Words
) -> Iterator[str]:
    for measure in item["measures"]:
        memorandum = catalogue.memoranda[measure["memorandum"]]
        through = ""
        if measure["role"]:
            office = words.said(catalogue.roles[measure["role"]].name)
            through = words("desk.told.through", role=office, of=people[measure["organisation"]]["name"])
        yield f"{memorandum.doc_no} {words('desk.told.measure', n=measure['measure'])}{through}"


def _action(action: str, catalogue: Catalogue, words: Words) -> str:
    _, _, effect, matter = action.partition("@")[0].split(":", 3)
    said = words.said(catalogue.effects[effect].name)
    return said if matter == "-" else f"{said} · {words.said(catalogue.matters[matter].name)}"
