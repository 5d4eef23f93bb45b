"""Population, impact: counts as pictures in PNG, drawn by matplotlib where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from creditrules.deliver.plain import wrapped
from creditrules.population.impact.chart import MOST, cut, rest_of
from creditrules.population.impact.view import Section, View
from creditrules.population.writing import write_whole

_COLOURS = {"gained": "#174a7c", "changed": "#b06a10", "lost": "#8c2318"}
_HATCHES = {"gained": "", "changed": "///", "lost": ""}
# Families that hold Chinese characters, the first that is installed is taken.
_FAMILIES = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei"),
    *(
        "Microsoft YaHei",
        "PingFang SC",
        "SimHei",
        "Noto Serif CJK SC",
        "Noto Serif CJK JP",
        "Arial Unicode MS",
    ),
)


def write_charts(view: View, folder: Path) -> tuple[str, ...]:
    """Write one picture for each section; return the names of the files, none where matplotlib is missing.

    Raises:
        OSError: a file cannot be written.
    """
    try:
        import matplotlib
    except ImportError:
        return ()
    matplotlib.use("Agg")
    return tuple(_write(section, view, folder) for section in view.sections)


def _write(section: Section, view: View, folder: Path) -> str:
    import matplotlib.pyplot as plt

    name = f"by-{section.name}.png"
    with plt.rc_context(
        {"font.family": list(_families()), "axes.unicode_minus": False, "hatch.color": "white"}
    ):
        figure = _drawn(section, view, plt)
        try:
            write_whole(folder / name, lambda draft: figure.savefig(draft, format="png", dpi=150))
        finally:
            plt.close(figure)
    return name


def _families() -> Iterator[str]:
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    yield from [family for family in _FAMILIES if family in there][:1]
    yield "DejaVu Sans"


def _drawn(section: Section, view: View, plt: Any) -> Any:
    words, rows = view.words, section.rows[:MOST]
    figure, axes = plt.subplots(figsize=(11, 1.6 + 0.42 * len(rows)), layout="constrained")
    places = list(range(len(rows)))
    begun = [0] * len(rows)
    for change in ("gained", "changed"):
        sizes = [getattr(row, change) for _, row in rows]
        if not any(sizes):
            continue
        style = {
            "color": _COLOURS[change],
            "hatch": _HATCHES[change],
            "label": words(f"impact.change.{change}"),
        }
        axes.barh(places, sizes, left=begun, height=0.62, **style)
        begun = [a + b for a, b in zip(begun, sizes, strict=True)]
    lost = [-row.lost for _, row in rows]
    if any(lost):
        axes.barh(places, lost, height=0.62, color=_COLOURS["lost"], label=words("impact.change.lost"))
    wide = max([*begun, *(-n for n in lost), 1])
    for place, right, (_, row) in zip(places, begun, rows, strict=True):
        said = [
            f"{words(f'impact.sign.{n}')}{getattr(row, n):,}"
            for n in ("gained", "changed")
            if getattr(row, n)
        ]
        if said:
            axes.text(right + wide * 0.01, place, " ".join(said), va="center", fontsize=9)
        if row.lost:
            told = f"{words('impact.sign.lost')}{row.lost:,}"
            axes.text(-row.lost - wide * 0.01, place, told, va="center", ha="right", fontsize=9)
    axes.axvline(0, color="#565d66", linewidth=1)
    axes.set_yticks(places, [cut(label) for label, _ in rows])
    axes.invert_yaxis()
    axes.margins(x=0.16)
    axes.xaxis.set_major_formatter(lambda n, _: f"{abs(int(n)):,}")
    axes.set_xlabel(rest_of(section, words), fontsize=9)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    title = [f"{view.title} · {section.title}", *wrapped(view.between, 120)]
    figure.suptitle("\n".join(title), fontsize=11, x=0.01, ha="left", linespacing=1.5)
    figure.legend(loc="outside lower right", frameon=False, fontsize=9, ncols=3)
    return figure
