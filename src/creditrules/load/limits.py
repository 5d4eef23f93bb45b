"""Load: how much one file may ask of the machine."""

from __future__ import annotations

from attrs import frozen


@frozen
class Limits:
    """The most bytes, levels and values of one file; `nodes` counts what aliases stand for each time."""

    size: int = 4 * 1024 * 1024
    depth: int = 40
    nodes: int = 200_000
