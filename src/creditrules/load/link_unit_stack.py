"""Load: what an overlay adds to a unit below it, and whether one unit follows another without a gap."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from creditrules.load.doc_rules import UNIT_LEVELS
from creditrules.load.entries import Entry, Layers
from creditrules.load.findings import Findings
from creditrules.load.tables import Tables
from creditrules.model.unit import Unit

ADDS = frozenset({"extends", "aliases", "local", "checked", "note"})
# What became of a body is for a catalogue of its own level, or of one above, to say.
ADDS_TO_ITS_OWN = frozenset({"until", "becomes"})


def extended(unit: Unit, entry: Entry, layers: Layers, tables: Tables, added: Unit) -> Unit:
    """Return a unit with the names, local bodies and heirs that an entry of another source adds (CR248)."""
    is_own = layers.levels[entry.layer] <= UNIT_LEVELS.index(unit.level)
    allowed = ADDS | ADDS_TO_ITS_OWN if is_own else ADDS
    for key in entry.node.value:
        if key not in allowed:
            place = entry.node.key_span(key)
            words = {
                "key": entry.key,
                "what_en": f"`{key}` would change a unit that it may only add to",
                "what_zh": f"`{key}` 会改变只可补充的单位",
            }
            tables.found.on("CR248", entry.node.source, place, words)
    if not is_own:
        added = evolve(added, until=None, successions=())
    return evolve(
        unit,
        aliases=tuple(dict.fromkeys((*unit.aliases, *added.aliases))),
        locals=(*unit.locals, *added.locals),
        until=unit.until or added.until,
        successions=(*unit.successions, *added.successions),
    )


def check_gaps(units: Mapping[str, Unit], entries: Mapping[str, Entry], found: Findings) -> None:
    """Note where a unit ends before the one that takes all its work over begins (CR245)."""
    for key, unit in units.items():
        for i, succession in enumerate(unit.successions):
            heir = units.get(succession.unit)
            if not succession.whole or heir is None or unit.until is None:
                continue
            begins = max(day for day in (succession.on, heir.since or succession.on) if day)
            if unit.until < begins and i < len(entries[key].doc.becomes):
                node = entries[key].node.value["becomes"].value[i]
                first = entries[heir.key].written.span
                words = {"unit": key, "heir": heir.key, "until": str(unit.until), "since": str(begins)}
                found.on("CR245", node.source, node.span, words, "note", (first,))
