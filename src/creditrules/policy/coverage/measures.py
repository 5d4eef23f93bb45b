"""Policy, coverage: measures and their units: which case expects them, and which expects them not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Measure, Memorandum, UnitPart
from creditrules.model.text import Text
from creditrules.model.words import Checked
from creditrules.policy.coverage.gather import Gathered
from creditrules.policy.coverage.looks import Looks
from creditrules.policy.coverage.model import Item
from creditrules.policy.wording import measure_named, unit_named, word


def measure_items(document: Memorandum, looks: Sequence[Looks], catalogue: Catalogue) -> Iterator[Item]:
    """Yield an item for every measure, and one for every unit it names."""
    for measure in document.measures:
        yield measure_item(document, measure, looks, catalogue)
        for part in measure.units:
            yield unit_item(document, measure, part, looks, catalogue)


def measure_item(
    document: Memorandum, measure: Measure, looks: Sequence[Looks], catalogue: Catalogue
) -> Item:
    """Say which cases expect a measure, and which expect it not to be taken.

    A measure that no source shows can only be set aside; one without any unit can only be left open.
    """
    named = (document.key, measure.key)
    if measure.checked is Checked.UNSEEN or not any(effect.effect for effect in measure.effects):
        found = Gathered(("aside",))
        for each in looks:
            if named in each.aside:
                found.look("aside", each.ref)
        return _item(document, measure, found, word("coverage.note.unseen"))
    can_act = _can_act(measure, catalogue)
    first = "positive" if can_act else "open"
    found = Gathered((first, "negative"))
    for each in looks:
        _positive(each, named, found, first)
        _negative(each, named, measure.lists or document.lists, found)
    return _item(document, measure, found, Text() if can_act else word("coverage.note.no_unit"))


def _item(document: Memorandum, measure: Measure, found: Gathered, note: Text) -> Item:
    return Item(
        "measure",
        measure.key,
        named_in_full(measure),
        found.branches,
        measure.span,
        measure.key,
        note,
    )


def named_in_full(measure: Measure) -> Text:
    """Name a measure by its number and its heading."""
    number = measure_named(measure)
    heading = measure.heading or measure.does.zh
    return Text(f"{number.zh}“{_short(heading)}”", f"{number.en} “{_short(measure.does.en or heading)}”")


def _short(text: str) -> str:
    text = text.rstrip("。.")
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def _can_act(measure: Measure, catalogue: Catalogue) -> bool:
    """Say whether a measure has any body that could act: its own, or that of its kinds."""
    parts = [*measure.units, *(p for kind in measure.kinds for p in catalogue.measure_kinds[kind].units)]
    return any(not catalogue.units.by_key[part.unit].is_generic for part in parts)


def _positive(look: Looks, named: tuple[str, str], found: Gathered, branch: str) -> None:
    if branch == "open":
        if look.opened.get(named):
            found.look("open", look.ref)
        elif any((u.memorandum, u.measure) == named for u in look.decision.undetermined):
            found.see("open", look.ref)
        return
    if look.acting.get(named):
        found.look("positive", look.ref)
    elif look.happens(named):
        found.see("positive", look.ref)


def _negative(look: Looks, named: tuple[str, str], lists: frozenset[str], found: Gathered) -> None:
    """A case is negative when it says so of the measure, or of somebody it might have reached."""
    if look.absent.get(named) or named in look.aside:
        found.look("negative", look.ref)
        return
    if named not in look.rules:
        return
    touched = {
        a.target for a in look.decision.actions if named in {(p.memorandum, p.measure) for p in a.parts}
    }
    touched |= {u.target for u in look.decision.undetermined if (u.memorandum, u.measure) == named}
    left = {candidate.target.id for candidate in look.around(lists)} - touched
    if left & look.spared:
        found.look("negative", look.ref)
    elif left:
        found.see("negative", look.ref)


def unit_item(
    document: Memorandum, measure: Measure, part: UnitPart, looks: Sequence[Looks], catalogue: Catalogue
) -> Item:
    """Say which cases expect a unit to take a measure; on a later day it may act under another name."""
    found = Gathered(() if catalogue.units.by_key[part.unit].is_generic else ("expected",))
    for look in looks if found.names else ():
        acts = {
            act.unit
            for rule in look.rules.get((document.key, measure.key), ())
            for act in rule.acts
            if part.name in act.written.split("、")
        }
        if any((document.key, measure.key, unit) in look.units for unit in acts):
            found.look("expected", look.ref)
        elif acts and look.happens((document.key, measure.key)):
            found.see("expected", look.ref)
    text = word("coverage.unit", measure=measure_named(measure), unit=unit_named(part.unit, catalogue))
    return Item(
        "unit",
        f"{measure.key}.unit.{part.unit}",
        text,
        found.branches,
        part.span or measure.span,
        measure.key,
    )
