"""Load: what a catalogue that stands on another may do to it, and what it may not.

A catalogue of a province or a city says who acts there and adds lists and notices of its own. It invents no
measure, makes none stricter, and takes away no basis, remedy, condition or exception. Source:
国办发〔2020〕49号 (九): measures beyond the national list rest on a local regulation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from creditrules.load.cycles import cycles
from creditrules.load.doc_rules import RulesDoc
from creditrules.load.documents import Read
from creditrules.load.entries import Entries, Entry, Layers
from creditrules.load.findings import Findings
from creditrules.load.link_compare import changes_of_list, changes_of_memorandum
from creditrules.load.link_lists import list_of
from creditrules.load.link_memoranda import memorandum_of
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.catalogue import EffectKind, MeasureKind
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.words import Rank, Stance

NEEDS_REGULATION_SINCE = date(2020, 12, 7)  # 国办发〔2020〕49号
REGULATIONS = frozenset(
    {Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.CENTRAL_POLICY, Rank.LOCAL_REGULATION}
)


@frozen
class Linked:
    """What was linked and is compared with what lies below it."""

    lists: Mapping[str, ListKind]
    memoranda: Mapping[str, Memorandum]
    effects: Mapping[str, EffectKind]
    kinds: Mapping[str, MeasureKind]


def check_stack(reads: Sequence[Read], layers: Layers, tables: Tables, linked: Linked) -> None:
    """Compare every catalogue with those it stands on.

    Findings: CR240–CR244, CR246, CR248, CR249; those about national catalogues that replace are notes.
    """
    found = tables.found
    # What was replaced is linked once more, for comparison alone: it had its findings where it was loaded.
    quiet = evolve(tables, found=Findings())
    check_manifests(layers, tables)
    check_effects(tables.entries["effects"], linked.effects, found)
    lists, memoranda = tables.entries["lists"], tables.entries["memoranda"]
    check_lists(lists, linked.lists, {e.key: list_of(e, quiet) for e, _ in lists.replaced}, layers, found)
    lower = {e.key: memorandum_of(e, quiet) for e, _ in memoranda.replaced}
    check_memoranda(memoranda, linked, lower, layers, found)
    check_regimes(reads, layers, tables)


def check_manifests(layers: Layers, tables: Tables) -> None:
    """Check that overlays name regions that are known (CR244) and stand on what speaks for more (CR249)."""
    regions = tables.spelled.get("regions", {})
    for layer, manifest in enumerate(layers.manifests):
        level = layers.place(layer, "level")
        if manifest.region is not None and manifest.region not in regions:
            words = tables.found.near(manifest.region, regions)
            place = layers.place(layer, "region")
            related = (layers.place(0, "catalogue").span,)
            words |= {"name": manifest.region, "level": manifest.level}
            tables.found.on("CR244", place.source, place.span, words, related=related)
        elif manifest.region is None and layers.is_overlay(layer):
            tables.found.on("CR121", level.source, level.span, {"key": "region"}, "warning")
        if layer and layers.levels[layer] < layers.levels[layer - 1]:
            below = layers.place(layer - 1, "level").span
            words = {"level": manifest.level, "below": layers.manifests[layer - 1].level, "other": str(below)}
            tables.found.on("CR249", level.source, level.span, words, "warning", (below,))


def check_effects(entries: Entries, effects: Mapping[str, EffectKind], found: Findings) -> None:
    """Check that whoever words an effect anew leaves type, strictness and approval as they are (CR241)."""
    for lower, upper in entries.replaced:
        for name in ("type", "strictness", "approval"):
            before, now = getattr(lower.doc, name), getattr(upper.doc, name)
            if before != now and upper.key in effects:
                place = upper.node.value.get(name, upper.node)
                words = {"key": upper.key, "what": name, "before": str(before), "now": str(now)}
                found.on("CR241", place.source, place.span, words, related=(lower.written.span,))


def check_lists(
    entries: Entries,
    lists: Mapping[str, ListKind],
    lowers: Mapping[str, ListKind],
    layers: Layers,
    found: Findings,
) -> None:
    """Check lists that were replaced (CR242) and lists that lead to each other (CR246)."""
    for lower, upper in entries.replaced:
        for en, zh in changes_of_list(lowers[upper.key], lists[upper.key]):
            severity = "error" if layers.is_overlay(upper.layer) else "note"
            words = {"key": upper.key, "other": str(lower.written.span), "change_en": en, "change_zh": zh}
            found.on(
                "CR242", upper.written.source, upper.written.span, words, severity, (lower.written.span,)
            )
    graph = {key: [t.list for t in kind.triggers if t.list is not None] for key, kind in lists.items()}
    for chain in cycles(graph):
        first, others = entries[chain[0]], [entries[key].written.span for key in chain[1:-1]]
        words = {"chain": " → ".join(chain)}
        found.on("CR246", first.written.source, first.written.span, words, related=tuple(others))


def check_memoranda(
    entries: Entries,
    linked: Linked,
    lowers: Mapping[str, Memorandum],
    layers: Layers,
    found: Findings,
) -> None:
    """Check what overlays add (CR240) and what replaced documents lose or tighten (CR243)."""
    memoranda, effects, kinds = linked.memoranda, linked.effects, linked.kinds
    for key, entry in entries.items():
        if layers.is_overlay(entry.layer):
            for measure, node in _measures(entry, memoranda[key]):
                if _reduces(measure, effects, kinds) and not _is_carried(measure):
                    _invented(memoranda[key], entry, node, layers, found)
    for lower, upper in entries.replaced:
        severity = "error" if layers.is_overlay(upper.layer) else "note"
        nodes = {m.key: node for m, node in _measures(upper, memoranda[upper.key])}
        for name, before, en, zh in changes_of_memorandum(lowers[upper.key], memoranda[upper.key], effects):
            words = {"key": f"{upper.key}#{name}", "other": str(before), "change_en": en, "change_zh": zh}
            related = (before or lower.written.span,)
            found.on("CR243", nodes[name].source, nodes[name].span, words, severity, related)


def _measures(entry: Entry, memorandum: Memorandum) -> Iterable[tuple[Measure, Node]]:
    holder = entry.node.value.get("measures")
    return zip(memorandum.measures, holder.value if holder is not None else (), strict=False)


def _reduces(measure: Measure, effects: Mapping[str, EffectKind], kinds: Mapping[str, MeasureKind]) -> bool:
    """Say whether a measure reduces rights or adds duties: an effect of it is of type A."""
    if measure.stance is Stance.INCENTIVE:
        return False
    for effect in measure.effects:
        own = [kinds[k].type for k in measure.kinds if k in kinds and kinds[k].effect == effect.effect]
        kind = effects.get(effect.effect or "")
        if min(own, default=kind.type if kind else "") == "A":
            return True
    return False


def _is_carried(measure: Measure) -> bool:
    return any(b.rank in REGULATIONS and (b.article or b.item or b.cited) for b in measure.bases)


def _invented(memorandum: Memorandum, entry: Entry, node: Node, layers: Layers, found: Findings) -> None:
    is_later = memorandum.since is not None and memorandum.since.latest >= NEEDS_REGULATION_SINCE
    level = layers.place(entry.layer, "level").span
    words = {"key": memorandum.key, "level": layers.manifests[entry.layer].level, "other": str(level)}
    found.on("CR240", node.source, node.span, words, "error" if is_later else "warning", (level,))


def check_regimes(reads: Iterable[Read], layers: Layers, tables: Tables) -> None:
    """Check that a regime of an overlay is one of its own region (CR248): a city makes no law elsewhere."""
    for read in reads:
        if not isinstance(read.doc, RulesDoc) or not layers.is_overlay(read.layer):
            continue
        for i, doc in enumerate(read.doc.regimes):
            own = layers.manifests[read.layer].region
            node = read.node.value["regimes"].value[i]
            if own is not None and own not in tables.units.region_chain(doc.region or ""):
                place = layers.place(read.layer, "region").span
                words = {
                    "key": doc.key,
                    "what_en": f"its regime counts in {doc.region or 'every region'}, not in {own} alone",
                    "what_zh": f"其制度阶段适用于{doc.region or '各地'}，而不限于 {own}",
                }
                tables.found.on("CR248", node.source, node.span, words, related=(place,))
