"""Deliver: a timeline as a picture (SVG), for paper and for a small screen; every label in both languages.

Colour never says anything alone: marks differ in shape, bands carry their words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

from creditrules.deliver.plain import shown
from creditrules.deliver.timeline_labels import SIZE, SMALL, Label, folded, hung, label, wide
from creditrules.deliver.timeline_view import LANES, Band, Mark, Timeline, Track
from creditrules.deliver.words import word_table
from creditrules.model.text import Text

WIDTH, LEFT, RIGHT, ROOM = 760.0, 88.0, 28.0, 176.0
BAND, BAND_GAP = 20.0, 5.0
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


def to_svg(timeline: Timeline, lang: str = "zh") -> str:
    """Return a timeline as an SVG picture of its own; nothing in it is loaded from elsewhere."""
    first, last = timeline.days()
    scale = _scale(first, last)
    y = 64.0
    body: list[str] = []
    for track in timeline.tracks:
        drawn, y = _track(track, timeline.on, scale, y + 12)
        body += drawn
    bottom = y + 4
    legend, height = _legend(bottom + 20)
    title = _both("timeline.title", on=timeline.on)
    about = " · ".join(shown(name) for name in timeline.subjects)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}"'
        f' height="{height:g}" role="img" lang="{lang}" aria-labelledby="t d">',
        f'<title id="t">{escape(f"{title.zh} / {title.en}")}</title>',
        f'<desc id="d">{escape(about)}</desc>',
        f"<style>\n{_style()}</style>",
        f'<rect width="{WIDTH:g}" height="{height:g}" fill="#fff"/>',
        _text(12, 22, f"{title.zh}  {title.en}", 15, "head"),
        *_about(about),
        *_months(scale, 58),
        _text(scale.x(timeline.on), 71, str(timeline.on), SMALL, "today-word", "middle"),
        *body,
        *legend,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


@cache
def _style() -> str:
    return (Path(__file__).parents[1] / "texts" / "timeline.css").read_text("utf-8")


@frozen
class Scale:
    """Days to places: `first` stands at the left end, `last` at the right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Return where a day stands."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT - ROOM), 2)


def _scale(first: date, last: date) -> Scale:
    # A little room on both sides, so that nothing stands on the edge.
    room = timedelta(days=max(3, (last - first).days // 40))
    return Scale(first - room, last + room)


def _about(about: str) -> Iterator[str]:
    for piece in folded(about, SMALL, WIDTH - 24)[:1]:
        yield _text(12, 40, piece, SMALL, "en")


def _ticks(scale: Scale) -> Iterator[tuple[float, str]]:
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = next((m for m in _MONTHS if months / m <= 9), 240)
    at = scale.first.year * 12 + scale.first.month - 1
    for month in range(math.ceil(at / step) * step, scale.last.year * 12 + scale.last.month, step):
        day = date(month // 12, month % 12 + 1, 1)
        if scale.first <= day <= scale.last:
            yield scale.x(day), str(day.year) if step >= 12 else f"{day.year}-{day.month:02d}"


def _months(scale: Scale, y: float) -> Iterator[str]:
    return (_text(x, y, words, SMALL, "axis", "middle") for x, words in _ticks(scale))


def _lines(on: date, scale: Scale, top: float, bottom: float) -> Iterator[str]:
    """Draw the months, and the day of the question, behind what lasts; labels stay free of them."""
    for x, style in (*((x, "grid") for x, _ in _ticks(scale)), (scale.x(on), "today")):
        yield f'<line class="{style}" x1="{x:g}" y1="{top:g}" x2="{x:g}" y2="{bottom:g}"/>'


def _track(track: Track, on: date, scale: Scale, y: float) -> tuple[list[str], float]:
    parts: list[str] = []
    for words, size, style, step in (
        (track.title.zh, SIZE, "head", 19.0),
        (track.title.en, SMALL, "en", 14.0),
    ):
        for piece in folded(shown(words), size, WIDTH - 24):
            y += step
            parts.append(_text(12, y - 4, piece, size, style))
    lanes = [(lane, bands) for lane in LANES if (bands := [b for b in track.bands if b.lane == lane])]
    days = [(day, list(marks)) for day, marks in groupby(_drawn(track), key=lambda m: m.day)]
    stacked = max((len({m.kind for m in marks}) for _, marks in days), default=1)
    base = y + len(lanes) * (BAND + BAND_GAP) + 4 + 12 * stacked
    parts += _lines(on, scale, y + 2, base + 6)
    for lane, bands in lanes:
        parts += _lane(lane, bands, scale, y + BAND_GAP)
        y += BAND + BAND_GAP
    end = WIDTH - RIGHT - ROOM
    parts.append(f'<line class="base" x1="{LEFT:g}" y1="{base:g}" x2="{end:g}" y2="{base:g}"/>')
    labels = hung([_label(day, marks, scale) for day, marks in days])
    parts += [piece for item in labels for piece in _hung(item, base, base + 12 + item.top)]
    parts += [piece for day, marks in days for piece in _symbols(scale.x(day), base, marks)]
    return parts, base + 12 + max((item.top + item.height for item in labels), default=0.0)


def _drawn(track: Track) -> Iterator[Mark]:
    """Yield what the picture needs: a met deadline, or a status that an event tells, says nothing new."""
    told = {mark.day for mark in track.marks if mark.kind == "event"}
    for mark in track.marks:
        met = mark.kind == "deadline" and mark.tone == "done"
        if not met and not (mark.kind == "state" and mark.day in told):
            yield mark


def _lane(lane: str, bands: Iterable[Band], scale: Scale, y: float) -> Iterator[str]:
    name = _both(f"timeline.lane.{lane}")
    yield _text(12, y + 9, name.zh, SMALL, "lane")
    yield _text(12, y + 19, name.en, 9, "lane-en")
    for band in bands:
        x = scale.x(band.since)
        end = scale.x(band.until + timedelta(days=1)) if band.until else WIDTH - RIGHT - ROOM
        room = max(2.0, end - x)
        tip = escape(f"{band.since} – {band.until or '…'} {band.text.zh} / {band.text.en}")
        yield f'<g class="lane-{lane}"><title>{tip}</title>'
        if band.until is None:
            # An arrow: nobody knows yet where it ends.
            low, tip_x, middle = y + BAND, end + 9, y + BAND / 2
            points = f"{x:g},{y:g} {end:g},{y:g} {tip_x:g},{middle:g} {end:g},{low:g} {x:g},{low:g}"
            yield f'<polygon class="band {band.tone}" points="{points}"/>'
        else:
            yield f'<rect class="band {band.tone}" x="{x:g}" y="{y:g}" width="{room:g}" height="{BAND:g}"/>'
        both = shown(f"{band.text.zh} {band.text.en}" if band.text.en != band.text.zh else band.text.zh)
        words = next((w for w in (both, shown(band.text.zh)) if wide(w, SMALL) + 8 <= room), "")
        if words:
            yield _text(x + 5, y + 14, words, SMALL, "in-band")
        yield "</g>"


def _label(day: date, marks: list[Mark], scale: Scale) -> Label:
    provisional = _both("timeline.provisional")
    texts = []
    for mark in marks:
        text = mark.text
        if mark.provisional:
            text = Text(f"{text('zh')}〔{provisional.zh}〕", f"{text('en')} [{provisional.en}]")
        texts.append((text, "bad" if mark.tone in ("overdue", "late") else mark.kind + "-word"))
    return label(scale.x(day), str(day), texts, ROOM)


def _hung(item: Label, base: float, top: float) -> Iterator[str]:
    yield f'<path class="leader" d="M{item.x:g} {base:g}V{top + 13:g}h4"/>'
    yield '<g class="label">'
    for line in item.lines:
        yield _text(item.x + 6, top + line.baseline, line.text, line.size, line.style)
    yield "</g>"


def _symbols(x: float, y: float, marks: list[Mark]) -> Iterator[str]:
    """Draw one symbol for each kind of thing of the day, one above the other."""
    for at, (kind, of_kind) in enumerate(groupby(marks, key=lambda m: m.kind)):
        first = next(of_kind)
        yield symbol(kind, first.tone, x, y - 12 * at, first.provisional)


def symbol(kind: str, tone: str, x: float, y: float, provisional: bool = False) -> str:
    """Return the symbol of a kind of thing."""
    style = f"mark {kind} {tone}{' provisional' if provisional else ''}".rstrip()
    if kind == "event":
        return f'<circle class={quoteattr(style)} cx="{x:g}" cy="{y:g}" r="4"/>'
    points = {
        "deadline": ((0, -6), (6, 0), (0, 6), (-6, 0)),
        "end": ((-5, -5), (5, -5), (5, 5), (-5, 5)),
        "start": ((-4, -6), (6, 0), (-4, 6)),
        "state": ((-2, -6), (2, -6), (2, 6), (-2, 6)),
    }[kind]
    placed = " ".join(f"{x + dx:g},{y + dy:g}" for dx, dy in points)
    return f'<polygon class={quoteattr(style)} points="{placed}"/>'


def _legend(y: float) -> tuple[list[str], float]:
    entries = [(kind, "", _both(f"timeline.kinds.{kind}")) for kind in ("event", "state", "start", "end")]
    entries += [("deadline", tone, _both(f"procedure.duty_state.{tone}")) for tone in ("due", "overdue")]
    parts, x = [], 16.0
    for kind, tone, text in entries:
        words = f"{text.zh} {text.en}"
        parts.append(symbol(kind, tone, x, y + 18))
        parts.append(_text(x + 11, y + 22, words, SMALL, "legend"))
        x += wide(words, SMALL) + 34
    note = _both("timeline.note")
    parts.append(_text(12, y + 42, f"{note.zh} {note.en}", 9, "en"))
    return parts, y + 52


def _both(key: str, **values: object) -> Text:
    return word_table()[key].filled(**{name: str(value) for name, value in values.items()})


def _text(x: float, y: float, words: str, size: float, style: str, anchor: str = "") -> str:
    place = f' text-anchor="{anchor}"' if anchor else ""
    said = escape(words)
    return f'<text class="{style}" x="{x:g}" y="{y:g}" font-size="{size:g}"{place}>{said}</text>'
