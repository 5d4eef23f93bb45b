"""Worlds made by hand for unit tests: one firm, one person, one list, one measure, unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from creditrules.decide.decide import decide
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue, Regime, RegimeRule
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, FactEntry, Facts, Listing, RoleHeld, Subject
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Clause, Effect, Measure, Memorandum, Reach, UnitPart
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.model.time import Since
from creditrules.model.unit import Unit, Units
from creditrules.model.words import Direction, Discretion, HeldAt, Level, Rank, Responsibility, Strength
from creditrules.testing.catalogues import catalogue_of
from creditrules.testing.dossiers import digested_dossier
from creditrules.testing.vocabulary import REGIONS
from creditrules.testing.worlds import World

ON = date(2018, 12, 20)
SIGNED = date(2016, 12, 30)
DETERMINED = date(2017, 6, 15)
UNTIL = date(2022, 6, 15)
PLANNING = Unit("planning", Text("国家planning总局", "planning administration"))
FIRM = Subject("s0", "enterprise", "虚构一厂", code="91210600MA0000000X", region="210681")
PERSON = Subject("s1", "natural_person", "戊己庚", id_number="210681198001018888")
LAW = Basis("中华人民共和国虚构法", article=44, rank=Rank.LAW, strength=Strength.DIRECT)
SELF = Reach()
REPRESENTATIVE = frozenset({"legal_representative"})


def units(*made: Unit) -> Units:
    """Return units that are found by their names."""
    return Units({u.key: u for u in made}, {name: (u.key,) for u in made for name in u.spellings}, REGIONS)


def list_kind(key: str = "tax", level: Level = Level.BLACKLIST, **more: Any) -> ListKind:
    """Return a list."""
    title, remedy = Text(f"虚构名单{key}", f"invented list {key}"), Text("异议", "objection")
    return ListKind(
        key, title, level, Text("认定部门", "authority"), remedy, (Text("移出", "removal"),), **more
    )


def measure(key: str = "m1", **more: Any) -> Measure:
    """Return a measure: the planning body must keep the target out of procurement."""
    usual: dict[str, Any] = {
        "effects": (Effect("restrict", Discretion.MUST, ("procurement",)),),
        "does": Text("采取虚构措施", "take an invented measure"),
        "n": int(key[1:]),
        "units": (UnitPart("国家planning总局", "planning"),),
    }
    return Measure(key=key, **{**usual, **more})


def memorandum(*measures: Measure, number: int = 0, **more: Any) -> Memorandum:
    """Return a memorandum about the list `tax` that covers the listed subject itself."""
    usual: dict[str, Any] = {
        "since": Since.exactly(SIGNED),
        "lists": frozenset({"tax"}),
        "covers": (Clause("any", (SELF,)),),
    }
    title = Text(f"虚构备忘录{number}", f"Invented memorandum {number}")
    numbered = (f"memo-{number}", f"虚构〔2016〕{number}号", title)
    return Memorandum(*numbered, measures=measures or (measure(),), **{**usual, **more})


def covering(*reaches: Reach, party: str = "any", **more: Any) -> Memorandum:
    """Return a memorandum whose one clause has these items."""
    return memorandum(covers=(Clause(party, reaches, **more),))


def role_reach(held: HeldAt = HeldAt.DAY, finding: Responsibility | None = None, **more: Any) -> Reach:
    """Return a coverage item about the legal representative."""
    usual: dict[str, Any] = {"roles": REPRESENTATIVE, "held": held, "finding": finding}
    return Reach(Direction.ROLE, **{**usual, **more})


def regime(*rules: RegimeRule, since: date = date(2018, 1, 1), **more: Any) -> Regime:
    """Return a regime in force on the day."""
    return Regime(
        "regime-0", Text("虚构制度", "invented regime"), since, Basis("虚构通知"), rules=rules, **more
    )


def says(rule: str, **more: Any) -> RegimeRule:
    """Return a rule of a regime."""
    return RegimeRule(rule, Text(f"规则{rule}", f"rule {rule}"), **more)


def catalogue(
    *signed: Memorandum,
    lists: Iterable[ListKind] = (),
    bodies: Iterable[Unit] = (),
    regimes: Iterable[Regime] = (),
    **more: Any,
) -> Catalogue:
    """Return a catalogue with the list `tax` and the planning body, and more where asked for."""
    kinds = {"tax": list_kind(), **{kind.key: kind for kind in lists}}
    made = {"planning": PLANNING, **{unit.key: unit for unit in bodies}}
    return catalogue_of(signed or (memorandum(),), kinds.values(), units(*made.values()), regimes, **more)


def rulebook(*signed: Memorandum, on: date = ON, recalled: bool = False, **more: Any) -> Rulebook:
    """Return the rulebook of a day."""
    return catalogue(*signed, **more).rulebook(on=on, recalled=recalled)


def listing(key: str = "L0", subject: str = "s0", **more: Any) -> Listing:
    """Return a listing of the firm that is active until the summer of 2022."""
    usual: dict[str, Any] = {
        "list": "tax",
        "authority": "虚构局",
        "determined": DETERMINED,
        "served": DETERMINED,
        "aggregated": DETERMINED,
        "until": UNTIL,
    }
    return Listing(key, subject, **{**usual, **more})


def representative(since: date | None = None, until: date | None = None, **more: Any) -> RoleHeld:
    """Return that the person represents the firm."""
    return RoleHeld("s1", "s0", "legal_representative", since, until, **more)


def facts(**stated: Any) -> Facts:
    """Return facts, `__` standing for the point in a name."""
    return {name.replace("__", "."): (FactEntry(value),) for name, value in stated.items()}


def dossier(
    *listings: Listing, subjects: Iterable[Subject] = (FIRM, PERSON), roles: Iterable[RoleHeld] = ()
) -> Dossier:
    """Return a dossier of the firm and the person with one active listing, unless told otherwise."""
    known = {subject.id: subject for subject in subjects}
    return digested_dossier(Dossier(known, listings or (listing(),), tuple(roles)))


def world(
    signed: Iterable[Memorandum] = (), seen: Dossier | None = None, on: date = ON, **more: Any
) -> World:
    """Return a world made of these parts."""
    return World(catalogue(*signed, **more), dossier() if seen is None else seen, on)


def decided(
    *signed: Memorandum, seen: Dossier | None = None, on: date = ON, known: date | None = None, **more: Any
) -> Decision:
    """Decide a dossier under these memoranda."""
    book = rulebook(*signed, on=on, **more)
    return decide(book, dossier() if seen is None else seen, known=known, engine="indexed")
