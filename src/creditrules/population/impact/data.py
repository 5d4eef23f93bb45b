"""Population, impact: a report as data."""

from __future__ import annotations

import json
from typing import Any

from creditrules.deliver.plain import shown
from creditrules.model.decision import Action
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.population.impact.report import Impact
from creditrules.population.impact.samples import Sample


def to_json(found: Impact) -> str:
    """Return a report as one line of JSON; the schema is `creditrules/impact/1`."""
    counts, compared = found.counts, found.compared
    data = {
        "schema": "creditrules/impact/1",
        "before": _side(found.before),
        "after": _side(found.after),
        "subjects": compared.subjects,
        "decided": compared.decided,
        "rules_changed": None if compared.touched is None else sorted(compared.touched.changed),
        "targets": counts.targets,
        "actions": dict(counts.actions),
        "subjects_by_change": dict(counts.subjects),
        "ways": [{"aspect": a, "way": w, "actions": n} for (a, w), n in counts.ways.items()],
        "undetermined": {"raised": counts.raised, "settled": counts.settled},
        "by": {
            name: [
                {"key": r.key or None, "gained": r.gained, "lost": r.lost, "changed": r.changed} for r in rows
            ]
            for name, rows in counts.by.items()
        },
        "samples": [_sample(sample) for sample in found.samples],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _side(book: Rulebook) -> dict[str, Any]:
    catalogue = book.catalogue
    return {
        "catalogue": catalogue.manifests[-1].id,
        "version": catalogue.manifests[-1].version,
        "digest": catalogue.digest,
        "on": book.on.isoformat(),
        "recalled": book.recalled,
        "regimes": [regime.key for regime in book.regimes],
    }


def _sample(sample: Sample) -> dict[str, Any]:
    unit, effect, matter = sample.key
    return {
        "change": sample.change,
        "aspects": list(sample.aspects),
        "target": shown(sample.name),
        "kind": sample.kind,
        "region": sample.region,
        "unit": unit,
        "effect": effect,
        "matter": matter,
        "measures": list(sample.measures),
        "before": _action(sample.before),
        "after": _action(sample.after),
        "why_before": [_text(text) for text in sample.why_before],
        "why_after": [_text(text) for text in sample.why_after],
    }


def _action(action: Action | None) -> dict[str, Any] | None:
    if action is None:
        return None
    days = {name: getattr(action, name) for name in ("since", "until", "review")}
    return {
        "discretion": action.discretion.value,
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
        "measures": sorted({f"{part.memorandum}#{part.measure}" for part in action.parts}),
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": shown(text("zh")), "en": shown(text("en"))}
