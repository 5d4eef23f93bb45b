"""Evaluate: what an engine compiles from a rulebook is made once, kept by the rulebook's key, and bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from creditrules.model.rulebook import Rulebook

T = TypeVar("T")


class Once(Generic[T]):
    """Build a thing per rulebook, once, and keep the last few. Safe to call from many threads."""

    def __init__(self, build: Callable[[Rulebook], T], keep: int = 16) -> None:
        self._build = build
        self._keep = keep
        self._made: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def __call__(self, rulebook: Rulebook) -> T:
        """Return what belongs to a rulebook, building it the first time."""
        made = self._made.get(rulebook.key)
        if made is not None:
            return made
        with self._lock:
            if rulebook.key not in self._made:
                self._made[rulebook.key] = self._build(rulebook)
                while len(self._made) > self._keep:
                    self._made.popitem(last=False)
            return self._made[rulebook.key]
