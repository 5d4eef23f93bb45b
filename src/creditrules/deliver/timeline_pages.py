"""Deliver: a timeline as a table for a terminal, as JSON, and as a page with the picture and a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from creditrules.deliver.json import plain
from creditrules.deliver.plain import shown
from creditrules.deliver.timeline_svg import to_svg
from creditrules.deliver.timeline_view import Band, Mark, Timeline, Track
from creditrules.deliver.words import Words, word_table

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

SCHEMA = "creditrules/timeline/1"
_STYLES = {"overdue": "bold red", "late": "red", "due": "yellow", "over": "green"}


def to_json(timeline: Timeline) -> str:
    """Return a timeline as one line of canonical JSON."""
    data = {
        "schema": SCHEMA,
        "on": plain(timeline.on),
        "subjects": [shown(name) for name in timeline.subjects],
        "listings": [_data(track) for track in timeline.tracks],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _data(track: Track) -> dict[str, Any]:
    return {
        "id": track.listing,
        "title": plain(track.title),
        "lasts": [plain(band) for band in track.bands],
        "happens": [plain(mark) for mark in track.marks],
    }


def print_timeline(timeline: Timeline, console: Console, lang: str) -> None:
    """Print a timeline, one listing after the other, day by day."""
    from creditrules.deliver.table import print_parts

    print_parts(_parts(timeline, Words(lang)), console)


def _parts(timeline: Timeline, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.table import grid, heading
    from creditrules.deliver.wrapping import Text

    yield Text(words("timeline.title", on=timeline.on), style="bold")
    yield Text(words.joined(shown(name) for name in timeline.subjects), style="dim")
    if not timeline.tracks:
        yield Text(words("timeline.nothing"))
    for track in timeline.tracks:
        yield from heading(shown(words.said(track.title)))
        lasts = grid({"width": 2}, {"width": 14, "style": "dim"}, {"ratio": 1})
        for band in track.bands:
            lane = words(f"timeline.lane.{band.lane}")
            lasts.add_row("", Text(lane), Text(_lasting(band, words), style=_STYLES.get(band.tone, "")))
        yield lasts
        yield Text("")
        table = grid({"width": 2}, {"width": 10}, {"width": 8, "style": "dim"}, {"ratio": 1})
        for day, kind, said, tone in _rows(track, timeline, words):
            style = "bold blue" if kind == "today" else _STYLES.get(tone, "")
            cells = (day, words(f"timeline.kinds.{kind}"), said)
            table.add_row("", *(Text(cell, style=style if at != 1 else "") for at, cell in enumerate(cells)))
        yield table


def _lasting(band: Band, words: Words) -> str:
    said = words.said(band.text) if band.lane in ("status", "measures") else ""
    return f"{band.since} – {band.until or '…'}{'  ' if said else ''}{shown(said)}"


def _rows(track: Track, timeline: Timeline, words: Words) -> Iterator[tuple[str, str, str, str]]:
    """Yield day, kind, words and tone of each line; the day of the question stands among them."""
    before = [mark for mark in track.marks if mark.day <= timeline.on]
    for mark in before:
        yield _row(mark, words)
    yield str(timeline.on), "today", "─" * 12, ""
    for mark in track.marks[len(before) :]:
        yield _row(mark, words)


def _row(mark: Mark, words: Words) -> tuple[str, str, str, str]:
    mark_said = words("procedure.provisional") if mark.provisional else ""
    return str(mark.day), mark.kind, shown(words.said(mark.text)) + mark_said, mark.tone


def to_html(timeline: Timeline, lang: str) -> str:
    """Return a page of its own: the picture, and below it the same as a table, in both languages."""
    title = word_table()["timeline.title"].filled(on=str(timeline.on))(lang)
    tables = "\n".join(_table(track, timeline, lang) for track in timeline.tracks)
    page = Template((Path(__file__).parents[1] / "texts" / "timeline.html").read_text("utf-8"))
    return page.substitute(lang=lang, title=escape(title), svg=to_svg(timeline, lang), tables=tables)


def _table(track: Track, timeline: Timeline, lang: str) -> str:
    first, second = Words(lang), Words("en" if lang == "zh" else "zh")
    heads = "".join(f"<th>{escape(first(f'timeline.{key}'))}</th>" for key in ("day", "kind", "what"))
    lines = []
    for one, other in zip(_rows(track, timeline, first), _rows(track, timeline, second), strict=True):
        day, kind, said, tone = one
        row = "now" if kind == "today" else tone
        small = f"<small>{escape(other[2])}</small>" if other[2] != said else ""
        kinds = escape(first(f"timeline.kinds.{kind}"))
        lines.append(
            f'<tr class="{escape(row)}"><td>{day}</td><td>{kinds}</td><td>{escape(said)}{small}</td></tr>'
        )
    title = escape(shown(first.said(track.title)))
    body = "\n".join(lines)
    return f"<h2>{title}</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
