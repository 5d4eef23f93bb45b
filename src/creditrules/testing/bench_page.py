"""Testing: what the bench measured, as Markdown and as JSON."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creditrules.deliver.words import Words
from creditrules.testing.bench import Line, Section
from creditrules.testing.peers.known import PEERS

if TYPE_CHECKING:
    from creditrules.testing.bench_population import PopulationSection

_COLUMNS = ("engine", "version", "does", "median", "p99", "p99_by_median", "times", "load", "checked")


def machine() -> dict[str, str]:
    """Return what the numbers were measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = (
            line for line in info.read_text("utf-8", "replace").splitlines() if line.startswith("model name")
        )
        cpu = next(names, cpu).partition(":")[2].strip() or cpu
    return {"cpu": cpu, "system": platform.system(), "python": platform.python_version()}


def to_json(sections: Iterable[Section | PopulationSection]) -> str:
    """Return everything as one line of JSON; times are microseconds, those of populations seconds."""
    data = {"machine": machine(), "sections": [_data(section) for section in sections]}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _data(section: Section | PopulationSection) -> dict[str, Any]:
    if isinstance(section, Section):
        return _section(section)
    from creditrules.testing import bench_population_page

    return bench_population_page.data(section)


def _section(section: Section) -> dict[str, Any]:
    lines = [
        {
            "name": line.contestant.name,
            "version": line.contestant.version,
            "does": line.contestant.does,
            "median": round(line.times.median * 1e6, 3),
            "p99": round(line.times.p99 * 1e6, 3),
            "mean": round(line.times.mean * 1e6, 3),
            "times": round(_ratio(line, section), 3),
            "load": round(line.contestant.load * 1e6),
            "checked": line.checked,
            "inputs": len(line.times.each),
        }
        for line in section.lines
    ]
    return {
        "work": section.key,
        "size": section.size,
        "than": section.than,
        "lines": lines,
        "absent": list(section.absent),
        "tenfold": {name: round(times, 2) for name, times in section.extra.items()},
    }


def _ratio(line: Line, section: Section) -> float:
    return line.times.median / section.line(section.than).times.median


def to_markdown(sections: Iterable[Section | PopulationSection], words: Words) -> str:
    """Return the sections as Markdown tables."""
    return "\n\n".join("\n".join(_markdown(section, words)) for section in sections)


def _markdown(section: Section | PopulationSection, words: Words) -> Iterator[str]:
    if not isinstance(section, Section):
        from creditrules.testing import bench_population_page

        yield from bench_population_page.markdown(section, words)
        return
    yield f"**{title(section, words)}**"
    yield ""
    yield f"| {' | '.join(heads(words))} |"
    yield f"|---|---|---|{'--:|' * (len(_COLUMNS) - 3)}"
    yield from (f"| {' | '.join(cells)} |" for cells in rows(section, words))
    yield from ("", *notes(section, words))


def title(section: Section, words: Words) -> str:
    """Return what was measured, and how much of it."""
    return str(words(f"bench.title.{section.key}", **section.size))


def heads(words: Words) -> list[str]:
    """Return the heads of the columns."""
    return [words(f"bench.column.{name}") for name in _COLUMNS]


def rows(section: Section, words: Words) -> Iterator[list[str]]:
    """Yield the cells of each line."""
    for line in section.lines:
        contestant, times = line.contestant, line.times
        yield [
            _name(contestant.name, words),
            contestant.version or "–",
            words(f"bench.does.{contestant.does}"),
            _microseconds(times.median),
            _microseconds(times.p99),
            f"{times.p99 / times.median:.1f}" if times.median else "–",
            short_times(_ratio(line, section)),
            f"{contestant.load * 1e3:.0f}" if contestant.load else "–",
            str(line.checked) if contestant.answer is not None else "–",
        ]


def _name(name: str, words: Words) -> str:
    """Return what is ours in words, a peer by the name of its package."""
    return name if name in PEERS else str(words(f"bench.name.{name}"))


def short_times(ratio: float) -> str:
    """Return how many times as long something takes, as short as it can be said."""
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.3g}"


def _microseconds(seconds: float) -> str:
    value = seconds * 1e6
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def notes(section: Section, words: Words) -> Iterator[str]:
    """Yield what stands below the table."""
    yield words("bench.than", than=_name(section.than, words))
    if section.absent:
        yield words("bench.absent", names=", ".join(section.absent))
    for name, times in section.extra.items():
        yield words("bench.tenfold", name=_name(name, words), times=f"{times:.2f}")
    fewer = [line for line in section.lines if len(line.times.each) < section.size["subjects"]]
    for line in fewer:
        yield words("bench.fewer", name=_name(line.contestant.name, words), n=len(line.times.each))
