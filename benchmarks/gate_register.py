"""A register of invented subjects in a store, the same each time: made in bulk, kept as a desk keeps it."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert
from stdnum.cn import ric, uscc

from creditrules.desk.store import Store
from creditrules.desk.tables import dossiers, register
from creditrules.load.dossier import read_dossier_text
from creditrules.model.catalogue import Catalogue

LISTS = ("tax-major-violations", "judgment-defaulters", "wage-arrears-migrant-workers")
_BATCH = 500
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code_of(n: int) -> str:
    """Return the unified social credit code of the n-th firm."""
    body, rest = "", n
    for _ in range(6):
        rest, place = divmod(rest, len(_LETTERS))
        body = _LETTERS[place] + body
    code = f"91210681MA0{body}"
    return code + str(uscc.calc_check_digit(code + "0"))


def id_number_of(n: int) -> str:
    """Return the citizen number of the n-th person."""
    born = date(1950, 1, 1) + timedelta(days=n // 1000)
    number = f"210681{born:%Y%m%d}{n % 1000:03d}"
    return number + str(ric.calc_check_digit(number + "0"))


def dossier(n: int, lists: tuple[str, ...]) -> dict[str, Any]:
    """Return the dossier of the n-th firm and its representative: listed once or twice, ended, or unclear."""
    chance = random.Random(n)
    firm: dict[str, Any] = {
        "id": "firm",
        "kind": "enterprise",
        "name": f"丹东虚构{n}号贸易有限公司",
        "code": code_of(n),
        "region": "210681",
        "facts": {"tax.arrears_unsecured": chance.random() < 0.7},
        "listings": [_listing(n, at, chance, lists) for at in range(2 if chance.random() < 0.2 else 1)],
    }
    person = {
        "id": "person",
        "kind": "natural_person",
        "name": f"王虚构{n}",
        "id_number": id_number_of(n),
        "roles": [{"in": "firm", "role": "legal_representative", "since": "2010-01-01"}],
    }
    return {"subjects": [firm, person]}


def _listing(n: int, at: int, chance: random.Random, lists: tuple[str, ...]) -> dict[str, Any]:
    determined = date(2017, 1, 1) + timedelta(days=chance.randrange(600))
    said: dict[str, Any] = {
        "id": f"L{at + 1}",
        "list": lists[(n + at) % len(lists)],
        "authority": "虚构市税务局稽查局",
        "doc_no": f"虚税稽罚〔{determined.year}〕{n}-{at}号",
        "determined": determined.isoformat(),
        "served": (determined + timedelta(days=3)).isoformat(),
        "aggregated": (determined + timedelta(days=8)).isoformat(),
        "published": (determined + timedelta(days=8)).isoformat(),
        "until": (determined + timedelta(days=1095)).isoformat(),
        "findings_complete": chance.random() < 0.8,
    }
    fate = chance.random()
    if fate < 0.15:
        said["removed"] = (determined + timedelta(days=60)).isoformat()
    elif fate < 0.25:
        del said["aggregated"]
    return said


def fill(store: Store, catalogue: Catalogue, subjects: int) -> None:
    """Write so many subjects, half of them firms, as the desk would have."""
    lists = tuple(name for name in LISTS if name in catalogue.lists)
    now = store.clock()
    for first in range(0, subjects // 2, _BATCH):
        made = list(_rows(store, catalogue, range(first, min(first + _BATCH, subjects // 2)), lists, now))
        with store.writing() as connection:
            connection.execute(insert(dossiers), [row for row, _ in made])
            connection.execute(insert(register), [row for _, rows in made for row in rows])


def _rows(
    store: Store, catalogue: Catalogue, numbers: range, lists: tuple[str, ...], now: str
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for n in numbers:
        body = json.dumps(dossier(n, lists), ensure_ascii=False).encode()
        read = read_dossier_text(body, catalogue)
        sealed = store.keys.encrypt(zlib.compress(body), read.digest)
        people = [
            {
                "subject_index": store.keys.index(subject.code or subject.id_number or ""),
                "dossier": read.digest,
                "label": subject.id,
                "region": subject.region,
                "current": True,
            }
            for subject in read.subjects.values()
        ]
        yield {"digest": read.digest, "added_at": now, "body": sealed}, people
