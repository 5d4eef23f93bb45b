"""Testing: the small fixed vocabulary of random catalogues: kinds, roles, effects, parties, facts, days.

It is small on purpose: with few words, random documents and random dossiers speak of the same things, and
with few days they meet on the boundaries where mistakes live.
"""

from __future__ import annotations

from datetime import date

from creditrules.model.basis import Basis
from creditrules.model.catalogue import (
    Capacity,
    EffectKind,
    FactDeclaration,
    Matter,
    MeasureKind,
    Party,
    RoleKind,
    SubjectKind,
)
from creditrules.model.memorandum import UnitPart
from creditrules.model.text import Text
from creditrules.model.unit import Region
from creditrules.model.words import Rank, Strength

# The days on which the law or the government changed, the ends of months, a leap day.
DAYS = (
    date(2018, 12, 20),
    date(2016, 12, 30),
    date(2017, 6, 15),
    date(2018, 3, 17),
    date(2019, 1, 31),
    date(2020, 2, 29),
    date(2020, 12, 7),
    date(2021, 11, 1),
    date(2023, 8, 31),
    date(2026, 4, 1),
)
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2028, 12, 31)


def _named(key: str) -> Text:
    return Text(f"〔{key}〕", f"<{key}>")


KINDS = {
    key: SubjectKind(key, _named(key), natural)
    for key, natural in (("natural_person", True), ("enterprise", False), ("public_institution", False))
}
ROLES = {
    key: RoleKind(key, _named(key))
    for key in (
        "legal_representative",
        "financial_officer",
        "actual_controller",
        "directly_responsible_person",
        "responsible_person",
    )
}
# The roles a dossier states; the last two are words of statutes for whoever a finding names.
OFFICES = ("legal_representative", "financial_officer", "actual_controller")
EFFECTS = {
    key: EffectKind(key, _named(key), kind, strictness, _named(key))
    for key, kind, strictness in (
        ("prohibit", "A", 12),
        ("exit_control", "A", 10),
        ("restrict", "A", 8),
        ("publicise", "B", 5),
        ("heighten_supervision", "B", 4),
        ("report_to_bureau", "C", 3),
        ("reference_factor", "B", 2),
        ("record_in_file", "B", 1),
        ("grant_preference", "B", 0),
    )
}
SANCTIONS = tuple(key for key in EFFECTS if key not in ("record_in_file", "grant_preference"))
MATTERS = {key: Matter(key, _named(key)) for key in ("procurement", "procurement.bidding", "exit")}
MEASURE_KINDS = {
    key: MeasureKind(
        key,
        _named(key),
        "restrict",
        "A",
        units=(UnitPart("国家planning总局", "planning"), UnitPart("国家commerce总局", "commerce")),
        bases=bases,
    )
    for key, bases in (
        ("bidding_ban", (Basis("虚构采购法", article=22, rank=Rank.LAW, strength=Strength.CONDITION),)),
        ("tax_only", (Basis("虚构税法", article=7, rank=Rank.LAW, lists=frozenset({"tax"})),)),
        ("no_statute", ()),
    )
}
CAPACITIES = {key: Capacity(key, _named(key)) for key in ("supplier", "review_expert")}
PARTIES = {
    key: Party(key, _named(key), frozenset(kinds), capacity)
    for key, kinds, capacity in (
        ("enterprise", ("enterprise",), None),
        ("natural_person", ("natural_person",), None),
        ("organisation", ("enterprise", "public_institution"), None),
        ("any", (), None),
        ("supplier", ("enterprise",), "supplier"),
        ("review_expert", ("natural_person",), "review_expert"),
    )
}
REGIONS = {
    code: Region(code, _named(code), parent)
    for code, parent in (("210000", None), ("210600", "210000"), ("210681", "210600"), ("310000", None))
}
# Every place a dossier may name: listed ones, a county of a listed city, and one nobody lists.
PLACES = ("210681", "210600", "210699", "310101", "440300")
_CHOICES = {key: _named(key) for key in ("grave", "ordinary", "slight")}
FACTS = {
    name: FactDeclaration(name, about, kind, _named(name), _CHOICES if kind == "choice" else {}, missing)
    for name, about, kind, missing in (
        ("tax.unpaid", "subject", "boolean", None),
        ("person.warned", "target", "boolean", None),
        ("case.criminal", "listing", "boolean", None),
        ("register.repaired", "subject", "boolean", False),
        ("case.count", "listing", "integer", None),
        ("tax.amount", "subject", "money", None),
        ("tax.share", "listing", "share", None),
        ("case.notice_ended", "listing", "date", None),
        ("person.seen", "target", "date", None),
        ("case.gravity", "listing", "choice", None),
        ("case.remark", "subject", "text", None),
    )
}
# Texts that look like syntax, like numbers, like one another, and two that share a 32-bit FNV hash.
TRICKY = (
    "a",
    "Li",
    "Li Wei",
    "是",
    'a"b',
    "a\\b",
    "a\nb",
    "5",
    "true",
    "None",
    "$m",
    "{0}",
    "%d",
    "pijp3tw243",
    "pmypz73vb0",
    "\u00e9",
    "e\u0301",
    "😀",
    "\uffff",
)
VALUES: dict[str, tuple[bool | int | str | date, ...]] = {
    "boolean": (True, False),
    "integer": (3, 0, 1, 2, 4, -1, 2**53, -(2**53)),
    "money": (10_000_00, 0, 1, 9_999_99, 10_000_01, 2**53),
    "share": (1000, 0, 999, 1001, 10_000),
    "date": DAYS,
    "choice": tuple(_CHOICES),
    "text": TRICKY,
}
