"""Population, impact: counts as a picture (SVG), lost to the left, gained and changed to the right.

Colour never says anything alone: each bar carries a sign and its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from creditrules.deliver.plain import width
from creditrules.deliver.words import Words
from creditrules.population.impact.counting import Row
from creditrules.population.impact.view import Section

WIDTH, LINE, BAR, TOP = 440.0, 38.0, 12.0, 2.0
MOST = 12
_CELLS = 58
_ROOM = 54.0


def to_svg(section: Section, words: Words) -> str:
    """Return the counts of a section as an SVG picture: each name, and below it its bar."""
    rows = section.rows[:MOST]
    left = max((row.lost for _, row in rows), default=0)
    right = max((row.gained + row.changed for _, row in rows), default=0)
    # A side without bars needs no room for their numbers.
    before, after = _ROOM if left else 1.0, _ROOM * 1.6 if right else 1.0
    scale = (WIDTH - before - after) / max(1, left + right)
    zero = before + left * scale
    height = TOP * 2 + LINE * len(rows)
    about = escape(f"{section.title}: {words('impact.chart.about')}")
    parts = [
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" role="img"'
        f' aria-label="{about}">',
        *(piece for n, (label, row) in enumerate(rows) for piece in _bar(label, row, n, zero, scale, words)),
        "</svg>",
    ]
    return "\n".join(parts)


def rest_of(section: Section, words: Words) -> str:
    """Say what the rows come to that are not drawn; empty when all are."""
    rest = [row for _, row in section.rows[MOST:]]
    if not rest:
        return ""
    sums = Row("", *(sum(getattr(row, name) for row in rest) for name in ("gained", "lost", "changed")))
    return _told(words("impact.more", n=len(rest)), sums, words)


def _bar(label: str, row: Row, n: int, zero: float, scale: float, words: Words) -> Iterator[str]:
    y = TOP + LINE * n
    middle = y + 18 + BAR / 2 + 4
    yield f"<g><title>{escape(_told(label, row, words))}</title>"
    yield f'<text class="label" x="0" y="{y + 13:g}">{escape(cut(label))}</text>'
    yield f'<line class="zero" x1="{zero:.1f}" y1="{y + 17:g}" x2="{zero:.1f}" y2="{y + 19 + BAR:g}"/>'
    end = zero
    for change, number in (("gained", row.gained), ("changed", row.changed)):
        if number:
            size = max(1.5, number * scale)
            yield _rect(change, end, y, size)
            end += size
    if row.gained or row.changed:
        yield f'<text class="n" x="{end + 5:.1f}" y="{middle:g}">{_right(row, words)}</text>'
    if row.lost:
        size = max(1.5, row.lost * scale)
        yield _rect("lost", zero - size, y, size)
        yield (
            f'<text class="n" x="{zero - size - 5:.1f}" y="{middle:g}" text-anchor="end">'
            f"{words('impact.sign.lost')}{row.lost:,}</text>"
        )
    yield "</g>"


def _right(row: Row, words: Words) -> str:
    both = (("gained", row.gained), ("changed", row.changed))
    return " ".join(f"{words(f'impact.sign.{name}')}{number:,}" for name, number in both if number)


def _rect(change: str, x: float, y: float, size: float) -> str:
    return f'<rect class="{change}" x="{x:.1f}" y="{y + 18:g}" width="{size:.1f}" height="{BAR:g}"/>'


def _told(label: str, row: Row, words: Words) -> str:
    numbers = (f"{words(f'impact.change.{n}')} {getattr(row, n):,}" for n in ("gained", "lost", "changed"))
    return f"{label}: {', '.join(numbers)}"


def cut(label: str, cells: int = _CELLS) -> str:
    """Return a label that fits beside a bar."""
    if width(label) <= cells:
        return label
    while width(label) > cells - 1:
        label = label[:-1]
    return f"{label.rstrip()}…"
