"""Population, Spark: the catalogue on its way to the workers, each of which sees that it is the right one.

It travels as the cache keeps it, so that nothing in it can become code, and with it what tells this library
from another one.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

import polars as pl
from attrs import evolve, field, frozen

import creditrules
from creditrules.compile.passes import compile_rulebook
from creditrules.errors import EngineError, Finding, Span
from creditrules.load.cache import packed, unpacked
from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook

_KEPT = 4
_made: dict[tuple[str, date, bool], Rulebook] = {}
_lock = Lock()


@frozen
class Carried:
    """A catalogue and the day it is to be made ready for.

    `digest` is that of the catalogue's documents, `stamp` that of what travels, `library` what answers
    depend on besides.
    """

    digest: str
    on: date
    recalled: bool
    stamp: str
    library: str
    data: bytes = field(repr=False)

    @classmethod
    def of(cls, catalogue: Catalogue, on: date, recalled: bool) -> Carried:
        """Make a catalogue ready to travel.

        Raises:
            EngineError: CR538, its conditions are nested too deeply to be carried.
        """
        payload = packed(evolve(catalogue, compiler=None), catalogue.digest)
        if payload is None:
            raise EngineError([Finding("CR538", Span("catalogue"), {"digest": catalogue.digest})])
        data = zlib.compress(payload, 6)
        stamp = hashlib.sha256(payload).hexdigest()
        return cls(catalogue.digest, on, recalled, stamp, library(), data)

    def rulebook(self) -> Rulebook:
        """Return the rulebook, made the first time in this process.

        Raises:
            EngineError: CR536, this worker has another library, or what came is not what was sent.
        """
        if self.library != library():
            raise EngineError([_another("library", "程序库", self.library, library())])
        key = (self.stamp, self.on, self.recalled)
        with _lock:
            if key not in _made:
                made = compile_rulebook(self._catalogue(), self.on, self.recalled)
                while len(_made) >= _KEPT:
                    _made.pop(next(iter(_made)))
                _made[key] = made
            return _made[key]

    def _catalogue(self) -> Catalogue:
        try:
            payload = zlib.decompress(self.data)
        except zlib.error:
            payload = b""
        stamp = hashlib.sha256(payload).hexdigest()
        catalogue = unpacked(payload, self.digest, self.digest) if stamp == self.stamp else None
        if catalogue is None:
            raise EngineError([_another("catalogue", "目录", self.stamp, stamp)])
        return catalogue


@cache
def library() -> str:
    """Return what answers depend on besides the catalogue: this library by its content, and Polars."""
    package = Path(creditrules.__file__).parent
    whole = hashlib.sha256()
    for file in _sources(package):
        whole.update(f"\0{file.relative_to(package)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return f"creditrules {creditrules.__version__} ({whole.hexdigest()[:12]}), polars {pl.__version__}"


def _sources(package: Path) -> Iterable[Path]:
    """Return the files of the stages that decide; pages, the desk and the shell may differ."""
    stages = ("model", "load", "compile", "evaluate", "decide", "population")
    return sorted(file for stage in stages for file in (package / stage).rglob("*.py"))


def _another(en: str, zh: str, ours: str, theirs: str) -> Finding:
    return Finding("CR536", Span("worker"), {"thing_en": en, "thing_zh": zh, "ours": ours, "theirs": theirs})
