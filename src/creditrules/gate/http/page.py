"""Gate: the page of a clerk and its parts, from `texts/service`: nothing on it comes from elsewhere."""

from __future__ import annotations

import hashlib
import html
import json
import re
from functools import cache
from pathlib import Path

from attrs import frozen

from creditrules.deliver.words import word_table

FOLDER = Path(__file__).parents[2] / "texts" / "service"
# Nothing inline and nothing from elsewhere: what somebody slips into a name stays a name.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MEDIA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_PLACE = re.compile(r"\{\{ *([a-z_.]+) *\}\}")
_TAGS = {"zh": "zh-CN", "en": "en"}


@frozen
class Asset:
    """A part of the page."""

    body: bytes
    media: str


@cache
def _assets() -> dict[str, Asset]:
    found = {
        path.name: Asset(path.read_bytes(), _MEDIA[path.suffix])
        for path in FOLDER.iterdir()
        if path.suffix in _MEDIA
    }
    return {**found, "words.json": Asset(_words(), "application/json")}


def asset(name: str) -> Asset | None:
    """Return a part of the page, None when there is none of that name."""
    return _assets().get(name)


@cache
def page_in(lang: str) -> bytes:
    """Return the page in a language; both languages are on it for the switch."""
    template = (FOLDER / "index.html").read_text("utf-8")
    return _PLACE.sub(lambda found: _place(found[1], lang), template).encode()


def _place(name: str, lang: str) -> str:
    if name == "lang":
        return _TAGS[lang]
    if name == "version":
        return version()
    return html.escape(word_table()[name](lang))


@cache
def version() -> str:
    """Return what changes when a part of the page does, so that no browser shows an old one."""
    whole = hashlib.sha256()
    for name, part in sorted(_assets().items()):
        whole.update(name.encode() + part.body)
    return whole.hexdigest()[:12]


def _words() -> bytes:
    """Return the words the page is written with, in both languages."""
    wanted = ("service.", "finding.", "mark.")
    words = {key: [text.zh, text.en] for key, text in word_table().items() if key.startswith(wanted)}
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
