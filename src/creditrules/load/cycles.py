"""Load: find circles in what refers to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def cycles(graph: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, from its first node in the order of *graph* back to it.

    Nodes that are only pointed at have no edges. Written without recursion: a chain may be long.
    """
    done: set[str] = set()
    for start in graph:
        if start in done:
            continue
        trail: list[str] = [start]
        ways = [iter(graph[start])]
        while ways:
            ahead = next(ways[-1], None)
            if ahead is None:
                ways.pop()
                done.add(trail.pop())
            elif ahead in trail:
                yield (*trail[trail.index(ahead) :], ahead)
            elif ahead not in done and ahead in graph:
                trail.append(ahead)
                ways.append(iter(graph[ahead]))
