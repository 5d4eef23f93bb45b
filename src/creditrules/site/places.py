"""Site: where each page stands, and the name of each place on a page.

All pages of a language stand in one folder, so that a link is the same wherever it is shown.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
# The number of a document at the beginning of a citation: 国办发〔2020〕49号（九）.
NUMBER = re.compile(r"[^第]*?〔\d{4}〕\d+号|.*?令第\d+号")
HOME = "index.html"


@cache
def slug(key: str) -> str:
    """Return a key as part of an address: as it is where it is plain, with a mark of its own where not.

    Two keys never share a slug, not even on a disk that takes capital letters for small ones.
    """
    if _PLAIN.fullmatch(key) and len(key) <= 80:
        return key
    left = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:40].strip("-")
    return f"{left}{'-' if left else ''}x{sha256(key.encode('utf-8')).hexdigest()[:10]}"


def page_of(what: str, key: str) -> str:
    """Return the file name of the page about one thing: `unit` and `mof` give `unit-mof.html`."""
    return f"{what}-{slug(key)}.html"


def anchor(what: str, key: object) -> str:
    """Return the name of a place on a page: `m` and `2` give `m-2`."""
    return f"{what}-{slug(str(key))}"


def measure_place(measure_id: str) -> str:
    """Return the address of a measure by its full name, `memorandum#key`."""
    memorandum, _, key = measure_id.partition("#")
    return f"{page_of('memorandum', memorandum)}#{anchor('m', key)}"
