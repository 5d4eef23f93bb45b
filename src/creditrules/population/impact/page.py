"""Population, impact: a report as one page that needs nothing but itself, with its charts drawn into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path

from creditrules.policy.diff.changes import Change, sentence
from creditrules.policy.diff.report import by_place
from creditrules.population.impact.chart import rest_of, to_svg
from creditrules.population.impact.view import Card, Section, View

_TAGS = {"zh": "zh-CN", "en": "en"}
# So many rows stand in a table of the page, and so many changes of the catalogue; the workbook has all.
ROWS, CHANGES = 40, 60


def to_html(view: View, changes: Iterable[Change] = ()) -> str:
    """Return the page; *changes* are those of the catalogue."""
    lang = view.words.lang
    parts = [
        "<!doctype html>",
        f'<html lang="{_TAGS[lang]}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(view.title)}</title>",
        f"<style>\n{_style()}</style></head><body><main>",
        f"<h1>{escape(view.title)}</h1>",
        f'<p class="between">{escape(view.between)}</p>',
        *(f"<p>{escape(line)}</p>" for line in view.lines),
        *_figures(view),
        *(piece for section in view.sections for piece in _section(section, view)),
        *_documents(tuple(changes), view),
        *_samples(view),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


@cache
def _style() -> str:
    return (Path(__file__).parents[2] / "texts" / "impact.css").read_text("utf-8")


def _figures(view: View) -> Iterator[str]:
    words = view.words
    yield '<ul class="figures">'
    for change, label, actions, subjects in view.figures:
        sign = words(f"impact.sign.{change}")
        yield (
            f'<li class="{change}"><b>{sign}{actions:,}</b> <span>{escape(label)}</span>'
            f" <small>{escape(words('impact.subjects'))} {subjects:,}</small></li>"
        )
    for label, number in view.questions:
        if number:
            yield f'<li class="open"><b>{number:,}</b> <span>{escape(label)}</span></li>'
    yield "</ul>"
    if view.ways:
        said = "".join(f"<li>{escape(way)} <b>{number:,}</b></li>" for way, number in view.ways)
        yield f'<p class="ways">{escape(words("impact.ways"))}</p><ul class="ways">{said}</ul>'


def _section(section: Section, view: View) -> Iterator[str]:
    words = view.words
    yield f'<section id="by-{section.name}"><h2>{escape(section.title)}</h2>'
    about = escape(words("impact.chart.about"))
    yield f"<figure>{to_svg(section, words)}<figcaption>{about}</figcaption></figure>"
    if rest := rest_of(section, words):
        yield f"<p><small>{escape(rest)}</small></p>"
    heads = ("gained", "lost", "changed")
    titles = "".join(
        f'<th scope="col" class="n">{escape(words(f"impact.change.{name}"))}</th>' for name in heads
    )
    yield f"<details><summary>{escape(words('impact.total'))} {len(section.rows):,}</summary>"
    yield f'<div class="wide"><table><thead><tr><th scope="col">{escape(section.title)}</th>{titles}</tr>'
    yield "</thead><tbody>"
    for label, row in section.rows[:ROWS]:
        cells = "".join(f'<td class="n">{getattr(row, name):,}</td>' for name in heads)
        yield f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
    if len(section.rows) > ROWS:
        yield f"<p>{escape(words('impact.more', n=len(section.rows) - ROWS))}</p>"
    yield "</details></section>"


def _documents(changes: tuple[Change, ...], view: View) -> Iterator[str]:
    if not changes:
        return
    words = view.words
    yield f'<section id="documents"><h2>{escape(words("impact.documents"))}</h2>'
    told = 0
    for place, measures in by_place(changes):
        if told >= CHANGES:
            break
        yield f"<h3>{escape(words.said(place.title) or place.key)}</h3><ul>"
        for item, found in measures:
            head = f"{words.said(item.item) or item.measure}: " if item.measure else ""
            for change in found[: CHANGES - told]:
                yield f"<li>{escape(head + words.said(sentence(change)))}</li>"
            told += len(found)
        yield "</ul>"
    if len(changes) > told:
        yield f"<p>{escape(words('impact.more', n=len(changes) - told))}</p>"
    yield "</section>"


def _samples(view: View) -> Iterator[str]:
    if not view.cards:
        return
    words = view.words
    yield f'<section id="samples"><h2>{escape(words("impact.samples"))}</h2>'
    yield f"<p>{escape(words('impact.sampled', n=len(view.cards)))}</p>"
    for card in view.cards:
        yield from _card(card, view)
    yield "</section>"


def _card(card: Card, view: View) -> Iterator[str]:
    words = view.words
    sign = words(f"impact.sign.{card.change}")
    aspects = f" <small>{escape(card.aspects)}</small>" if card.aspects else ""
    mark = f'<span class="mark">{sign} {escape(card.label)}</span>'
    yield f'<article class="{card.change}"><h3>{mark} {escape(card.action)}{aspects}</h3>'
    yield f'<p class="target">{escape(card.target)}</p>'
    yield f'<p class="measures">{"<br>".join(map(escape, card.measures))}</p><div class="sides">'
    for name, (said, reasons) in (("before", card.before), ("after", card.after)):
        yield f"<div><h4>{escape(words(f'impact.{name}'))}</h4><p>{escape(said)}</p>"
        yield "<ul>" + "".join(f"<li>{escape(reason)}</li>" for reason in reasons) + "</ul></div>"
    yield "</div></article>"
