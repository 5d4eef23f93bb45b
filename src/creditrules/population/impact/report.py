"""Population, impact: the whole of a comparison: what is compared, what differs, and why in some cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from creditrules.errors import Finding, Span, UsageError
from creditrules.model.rulebook import Rulebook
from creditrules.population.impact.comparing import Compared, compare
from creditrules.population.impact.counting import Counts, counts_of
from creditrules.population.impact.samples import Sample, samples_of
from creditrules.population.scan import Scan
from creditrules.population.sources import Source, source_of
from creditrules.population.tables import Tables

SAMPLES = 12


@frozen(eq=False)
class Impact:
    """Whose actions differ between two rulebooks: the tables, how many, and why in some cases."""

    before: Rulebook
    after: Rulebook
    compared: Compared
    counts: Counts
    samples: tuple[Sample, ...]


def impact_of(
    before: Rulebook,
    after: Rulebook,
    population: str | Path | Source | Tables | Mapping[str, Any],
    *,
    known: date | None = None,
    sample: int = SAMPLES,
) -> Impact:
    """Say who gains and who loses which action between two rulebooks, and whose actions change.

    Only what can differ is decided; the result is the difference between two full runs.

    Args:
        before: the one rulebook: of a catalogue, or of a day.
        after: the other.
        population: a folder of tables, the URL of a database, a source, or tables in memory.
        known: decide as on what was recorded by this day.
        sample: how many differences are told with their reasons, and checked by the reference engine.

    Raises:
        UsageError: CR482, there is nothing to read; CR490, both rulebooks are the same.
        FactsError: a table cannot be used.
        EngineError: CR488, a rule depends on too many facts; CR530, the reference engine says something else.
    """
    if before.key == after.key:
        raise UsageError([Finding("CR490", Span(""), {"day": str(before.on)})])
    source = source_of(population) if isinstance(population, str | Path) else population
    scan = Scan.of(source)
    compared = compare(before, after, scan, known)
    chosen = samples_of(compared, before, after, scan, sample, known)
    return Impact(before, after, compared, counts_of(compared), chosen)
