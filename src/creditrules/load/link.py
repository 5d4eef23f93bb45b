"""Load: link what the documents say into one catalogue, in which every name is resolved."""

from __future__ import annotations

from collections.abc import Sequence

from creditrules.load.doc_rules import ManifestDoc
from creditrules.load.documents import Read
from creditrules.load.entries import Layers
from creditrules.load.findings import Findings
from creditrules.load.link_kinds import link_kinds, link_liabilities
from creditrules.load.link_lists import link_lists
from creditrules.load.link_memoranda import link_memoranda
from creditrules.load.link_notices import link_notices
from creditrules.load.link_procedure import link_procedure
from creditrules.load.link_regimes import link_regimes
from creditrules.load.link_renumberings import link_renumberings
from creditrules.load.link_stack import Linked, check_stack
from creditrules.load.link_suppressions import link_suppressions
from creditrules.load.link_units import link_units
from creditrules.load.link_vocabulary import link_vocabulary
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.basis import StatuteIndex
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue, Manifest


def link(
    manifests: Sequence[ManifestDoc],
    reads: Sequence[Read],
    statutes: StatuteIndex,
    digest: str,
    found: Findings,
) -> Catalogue:
    """Link documents; when *found* holds errors afterwards, the catalogue is not fit for use.

    INVARIANT: without errors every key in the catalogue is a key of the vocabulary it belongs to, no
    memorandum supersedes itself, and every comparison in a condition fits the type of its fact.
    """
    layers = Layers(manifests, _nodes(reads, len(manifests)))
    tables = Tables(found, statutes=statutes)
    units = link_units(reads, layers, tables)
    words = link_vocabulary(reads, layers, tables)
    lists = link_lists(reads, layers, tables)
    kinds = link_kinds(reads, layers, tables)
    memoranda = link_memoranda(reads, layers, tables)
    regimes = link_regimes(reads, tables)
    check_stack(reads, layers, tables, Linked(lists, memoranda, words.effects, kinds))
    notices = link_notices(reads, layers, tables, memoranda)
    instruments = (*(regime.key for regime in regimes), *memoranda)
    return Catalogue(
        manifests=tuple(
            Manifest(m.catalogue, m.version, m.title, m.jurisdiction, m.level, m.region) for m in manifests
        ),
        memoranda=memoranda,
        lists=lists,
        units=units,
        effects=words.effects,
        matters=words.matters,
        roles=words.roles,
        kinds=words.kinds,
        capacities=words.capacities,
        parties=words.parties,
        facts={name: fact for name, fact in words.facts.items() if name not in BUILTIN_FACTS},
        regimes=regimes,
        statutes=statutes,
        digest=digest,
        measure_kinds=kinds,
        liabilities=link_liabilities(reads, tables),
        renumberings=link_renumberings(reads, tables),
        procedure=link_procedure(reads, layers, tables, lists, instruments),
        notices=notices.notices,
        channels=notices.channels,
        measure_lists=notices.measure_lists,
        suppressions=link_suppressions(reads),
        notes=tuple(finding for finding in found if finding.severity != "error"),
    )


def _nodes(reads: Sequence[Read], layers: int) -> tuple[Node, ...]:
    """Return the tree of each source's manifest."""
    written = {read.layer: read.node for read in reversed(reads) if isinstance(read.doc, ManifestDoc)}
    return tuple(written[layer] for layer in range(layers))
