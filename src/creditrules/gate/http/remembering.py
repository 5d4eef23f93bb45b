"""Gate: what a service keeps in memory: dossiers it has read and decisions it has made, the last of them.

Both are kept by digests of everything they depend on, so that nothing here can ever be out of date: who is
spoken of in which dossier is asked anew each time.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import bindparam, select

from creditrules.decide.decide import decide
from creditrules.desk.direct import Direct
from creditrules.desk.tables import dossiers, register
from creditrules.load.dossier import read_dossier_text
from creditrules.load.identifiers import compact
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook

K = TypeVar("K")
V = TypeVar("V")


class Last(Generic[K, V]):
    """The last few things that were used, by their keys. Safe to use from many threads.

    Args:
        most: how many are kept.
        again: keep only what is asked for again soon; the rest costs more to keep than it saves.
    """

    def __init__(self, most: int, *, again: bool = False) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._asked: OrderedDict[K, None] | None = OrderedDict() if again else None
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return what is kept under a key, making it when it is not."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        # Two that ask at once both make it; what they make is the same.
        made = make()
        with self._lock:
            if self._asked is None or self._was_asked(key, self._asked):
                self._kept[key] = made
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return made

    def _was_asked(self, key: K, asked: OrderedDict[K, None]) -> bool:
        known = key in asked
        asked[key] = None
        asked.move_to_end(key)
        while len(asked) > 10 * self._most:
            asked.popitem(last=False)
        return known

    def __len__(self) -> int:
        return len(self._kept)


_ABOUT = (
    select(dossiers.c.digest, dossiers.c.added_at, dossiers.c.body)
    .join(register, register.c.dossier == dossiers.c.digest)
    .where(register.c.subject_index == bindparam("about"), register.c.current.is_(True))
)


class RememberedDossiers:
    """The current dossiers of a store, as `DeskSource` finds them; those read last are not read again."""

    def __init__(self, direct: Direct, catalogue: Catalogue, most: int) -> None:
        self.keys = direct.store.keys
        self.catalogue = catalogue
        self._direct = direct
        self._read: Last[str, Dossier] = Last(most)

    def about(self, identifier: str) -> Iterable[Dossier]:
        """Return the current dossiers that speak of somebody, the oldest first."""
        rows = self._direct.rows(_ABOUT, {"about": self.keys.index(compact(identifier))})
        found = {digest: (added_at, digest, body) for digest, added_at, body in rows}
        return [self._dossier(digest, body) for _, digest, body in sorted(found.values())]

    def _dossier(self, digest: str, body: bytes) -> Dossier:
        return self._read.get(digest, lambda: self._opened(digest, body))

    def _opened(self, digest: str, body: bytes) -> Dossier:
        text = zlib.decompress(self.keys.decrypt(body, digest))
        return read_dossier_text(text, self.catalogue, file=f"dossier {digest[:12]}")


class RememberedDecisions:
    """Makes decisions; a dossier that is asked about again on the same day is not decided a third time."""

    def __init__(self, engine: str, most: int) -> None:
        self.engine = engine
        self._made: Last[tuple[str, str], Decision] = Last(most, again=True)

    def __call__(self, rulebook: Rulebook, dossier: Dossier) -> Decision:
        """Return what a rulebook says about a dossier."""
        key = (rulebook.key, dossier.digest)
        return self._made.get(key, lambda: decide(rulebook, dossier, engine=self.engine))
