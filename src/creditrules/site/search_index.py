"""Site: the index of the search, made with the site: Chinese by pairs of characters, the rest by words.

It is a script and no data file, since a page opened from a disk may not read files.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from creditrules.deliver.plain import mask
from creditrules.site.blocks import Entry

# The page's script has the same two patterns; a test compares what both make of a text.
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """Return a text as it is searched: wide letters narrow, capitals small."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> Iterator[str]:
    """Yield what a text is found by: every pair of Chinese characters, a lone one, and every word."""
    said = plain(text)
    for run in _CHINESE.findall(said):
        if len(run) == 1:
            yield run
        yield from (run[n : n + 2] for n in range(len(run) - 1))
    yield from _WORD.findall(said)


def merged(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries of all languages, each place once, with the words of every language."""
    by_place: dict[str, list[Entry]] = {}
    for entry in found:
        by_place.setdefault(entry.href, []).append(entry)
    return tuple(_one(entries) for entries in by_place.values())


def _one(entries: Sequence[Entry]) -> Entry:
    first = entries[0]
    body = " ".join(dict.fromkeys(entry.body for entry in entries))
    return Entry(first.href, first.what, first.zh, first.en, first.sub_zh, first.sub_en, body)


def script(entries: Sequence[Entry]) -> str:
    """Return the index as a script: the places, and for each token the numbers of those that hold it."""
    kinds = list(dict.fromkeys(entry.what for entry in entries))
    places = []
    postings: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        sub = [entry.sub_zh, entry.sub_en] if entry.sub_zh or entry.sub_en else []
        names = (mask(name) for name in (entry.zh, entry.en, *sub))
        places.append([entry.href, kinds.index(entry.what), *names])
        said = " ".join((entry.zh, entry.en, entry.sub_zh, entry.sub_en, mask(entry.body)))
        for token in dict.fromkeys(tokens(said)):
            postings.setdefault(token, []).append(number)
    tokens_sorted = {token: _packed(postings[token]) for token in sorted(postings)}
    data = {"kinds": kinds, "places": places, "tokens": tokens_sorted}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # What could end a script or a line of it is spelled out.
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"self.creditrulesIndex={text};\n"


def _packed(numbers: Sequence[int]) -> str:
    """Return numbers as the steps between them, in base 36."""
    steps = (number - before for number, before in zip(numbers, (0, *numbers), strict=False))
    return " ".join(_base36(step) for step in steps)


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    said = digits[number % 36]
    while number := number // 36:
        said = digits[number % 36] + said
    return said
