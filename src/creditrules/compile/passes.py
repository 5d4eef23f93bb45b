"""Compile: the passes in their order, from a catalogue and a day to a rulebook."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from creditrules.compile.bases import keep_bases_in_force
from creditrules.compile.checked import keep_checked
from creditrules.compile.day import Day, Pass
from creditrules.compile.in_force import keep_in_force
from creditrules.compile.index import index
from creditrules.compile.regime import apply_regime
from creditrules.compile.spread import spread
from creditrules.compile.units_of_day import name_units_of_day
from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook, SetAside

KEPT = 64  # rulebooks; a service asks for today, a writer for a handful of days

# The order is part of the meaning: the units of the day come before the regime, which asks what kind of
# body a unit is; bases out of force go before the regime asks for one.
PASSES: tuple[Pass, ...] = (
    keep_checked,
    keep_in_force,
    keep_bases_in_force,
    name_units_of_day,
    apply_regime,
)


def compile_rulebook(catalogue: Catalogue, on: date, recalled: bool = False) -> Rulebook:
    """Make a catalogue ready for one day: fold the passes, keep what each set aside, index the rest."""
    day = Day.of(catalogue, on, recalled)
    rules = spread(day)
    set_aside: tuple[SetAside, ...] = ()
    for step in PASSES:
        rules, gone = step(rules, day)
        set_aside += gone
    return index(rules, set_aside, day)


_kept: OrderedDict[tuple[str, date, bool], Rulebook] = OrderedDict()
_lock = Lock()


def rulebook_of(catalogue: Catalogue, on: date, recalled: bool = False) -> Rulebook:
    """Return the rulebook of a day, compiling it the first time; the last few are kept by digest and day."""
    key = (catalogue.digest, on, recalled)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = compile_rulebook(catalogue, on, recalled)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
