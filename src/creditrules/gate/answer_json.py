"""Gate: an answer as plain data: the one place where it becomes JSON, whoever asked and by whichever way.

Identifiers of natural persons are masked, as in every decision; the number asked for is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from creditrules.deliver.json import plain
from creditrules.deliver.words import word_table
from creditrules.gate.check import Checked
from creditrules.gate.gate import GateAnswer
from creditrules.gate.receipts import Receipt
from creditrules.gate.verdict import Doubt, Ground, Verdict
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Ask, Decision, Part, Undetermined
from creditrules.model.text import Text

Data = dict[str, Any]


def answer_data(answer: GateAnswer, catalogue: Catalogue) -> Data:
    """Return everything an approval needs of an answer, in both languages."""
    checked, decision = answer.checked, answer.checked.decision
    grounds = [_ground(ground, decision, catalogue) for ground in checked.grounds]
    return {
        "verdict": checked.verdict.value,
        "verdict_name": plain(word_table()[f"service.verdict.{checked.verdict.value}"]),
        "is_held": answer.is_held,
        "on": decision.on.isoformat(),
        "matter": {"key": checked.matter, "name": plain(catalogue.matters[checked.matter].name)},
        "unit": None if checked.unit is None else unit_data(checked.unit, catalogue),
        "applicant": _applicant(checked, answer.is_held),
        "grounds": grounds,
        "restrictions": [g["sentence"] for g in grounds if g["means"] == Verdict.CONDITIONAL],
        "to_weigh": [g["sentence"] for g in grounds if g["means"] == Verdict.WEIGH],
        "asks": [_ask(ask, decision) for ask in checked.asks],
        "open": [_doubt(doubt, decision) for doubt in checked.doubts],
        "noted": [action_data(action, decision, catalogue) for action in checked.noted],
        "by_commitment": {
            "is_open": answer.by_commitment.is_open,
            "because": plain(answer.by_commitment.because),
        },
        "unseen": [_unseen(point, catalogue) for point in checked.unseen],
        "text": plain(_text(answer, catalogue)),
        "catalogue": decision.catalogue,
        "engine": decision.engine,
        "receipt": receipt_data(answer.receipt),
    }


def receipt_data(receipt: Receipt) -> Data:
    """Return a receipt as plain data, with its number and its seal."""
    return {**receipt.data(), "number": receipt.number, "seal": receipt.seal}


def action_data(action: Action, decision: Decision, catalogue: Catalogue) -> Data:
    """Return one action: what is to be done, by whom, since when until when, on which bases, how it ends."""
    matter = None if action.matter is None else catalogue.matters.get(action.matter)
    return {
        "sentence": plain(decision.why(action).text),
        "unit": {**unit_data(action.unit, catalogue), "local": action.local},
        "effect": {"key": action.effect, "name": plain(catalogue.effects[action.effect].name)},
        "matter": None if matter is None else {"key": matter.key, "name": plain(matter.name)},
        "discretion": action.discretion.value,
        "since": plain(action.since),
        "until": plain(action.until),
        "review": plain(action.review),
        "bases": _bases(action.parts),
        "measures": _measures(action.parts, catalogue),
        "ends_by": plain(action.ends_by),
        "remedy": plain(action.remedy),
        "notes": plain(action.notes),
    }


def unit_data(name: str, catalogue: Catalogue) -> Data:
    """Return a unit by its key or name: what the catalogue calls it, or the name itself."""
    unit = catalogue.units.by_key.get(name)
    return {"key": name, "name": plain(unit.name if unit else Text(zh=name))}


def _ground(ground: Ground, decision: Decision, catalogue: Catalogue) -> Data:
    said = action_data(ground.action, decision, catalogue)
    return {"means": ground.means.value, **said, "reasons": plain(decision.why(ground.action))}


def _applicant(checked: Checked, is_held: bool) -> Data:
    if not is_held:
        return {"kind": None, "name": None, "number": None}
    seen = next(s for s in checked.decision.subjects if s.id == checked.applicant)
    return {"kind": seen.kind, "name": seen.name, "number": seen.code or seen.id_number}


def _bases(parts: Iterable[Part]) -> list[Data]:
    found = {str(basis): basis for part in parts for basis in part.bases}
    return [{"text": text, "rank": basis.rank.value} for text, basis in found.items()]


def _measures(parts: Iterable[Part], catalogue: Catalogue) -> list[Data]:
    found: dict[tuple[str, str], Data] = {}
    for part in parts:
        memorandum = catalogue.memoranda.get(part.memorandum)
        measure = (
            next((m for m in memorandum.measures if m.key == part.measure), None) if memorandum else None
        )
        found[part.memorandum, part.measure] = {
            "memorandum": part.memorandum,
            "doc_no": memorandum.doc_no if memorandum else None,
            "title": plain(memorandum.title) if memorandum else None,
            "number": measure.number if measure else None,
            "heading": measure.heading if measure else None,
        }
    return list(found.values())


def _ask(ask: Ask, decision: Decision) -> Data:
    return {
        "fact": ask.fact,
        "about": called(ask.about, decision),
        "question": plain(ask.question),
        "answers": [{"answer": plain(answer), "then": plain(then)} for answer, then in ask.answers],
    }


def _doubt(doubt: Doubt, decision: Decision) -> Data:
    return {
        "means": doubt.means.value,
        "text": plain(doubt.point.text),
        "facts": sorted({ask.fact for ask in doubt.point.asks}),
    }


def _unseen(point: Undetermined, catalogue: Catalogue) -> Data:
    memorandum = catalogue.memoranda.get(point.memorandum)
    return {
        "memorandum": point.memorandum,
        "doc_no": memorandum.doc_no if memorandum else None,
        "measure": point.measure,
        "text": plain(point.text),
    }


def called(label: str, decision: Decision) -> str:
    """Return what somebody is called where others may read it; a label may be a name."""
    return next((s.name for s in decision.subjects if s.id == label), label)


def _text(answer: GateAnswer, catalogue: Catalogue) -> Text:
    """Return what the applicant is told."""
    checked = answer.checked
    words: Mapping[str, Text] = word_table()
    matter = catalogue.matters[checked.matter].name
    told = words[f"service.applicant.{checked.verdict.value}"]
    remedies = dict.fromkeys(text for ground in checked.grounds for text in ground.action.remedy)
    rest = [words["service.applicant.remedy"].filled(remedy=text) for text in remedies]
    first = told.filled(matter=matter, day=checked.decision.on.isoformat())
    zh = "".join(_closed(text.zh, "。") for text in (first, *rest))
    return Text(zh, " ".join(_closed(text.en, ".") for text in (first, *rest)))


def _closed(sentence: str, stop: str) -> str:
    return sentence if sentence.endswith(("。", ".", "？", "?")) else sentence + stop
