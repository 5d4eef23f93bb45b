"""Policy: rewrite what an example expects besides actions: what is set aside, records, duties, ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from creditrules.load.expectation_docs import ExamplePart, ExpectedDuty, ExpectedWayOut
from creditrules.model.procedure import Counted, Duty, Exit
from creditrules.policy.comparison import Comparison
from creditrules.policy.procedure_examples import proceedings_of
from creditrules.policy.sections import Raw, Sections, add, put, written_in
from creditrules.policy.yaml_edits import Entry

Found = TypeVar("Found", Duty, Exit)


def others_accepted(sections: Sections, compared: Comparison) -> None:
    """Rewrite the sections about what is set aside, about records, duties and ways out."""
    _set_aside(sections, compared)
    _records(sections, compared)
    if compared.expect.speaks_of_procedure:
        _procedure(sections, compared)


def _set_aside(sections: Sections, compared: Comparison) -> None:
    kept = []
    for entry, gone in zip(written_in(sections, "set_aside"), compared.expect.set_aside, strict=True):
        there = [
            s
            for s in compared.decision.set_aside
            if compared.names(s.memorandum, s.measure or "", gone.measure)
        ]
        same = [
            s
            for s in there
            if s.reason == gone.reason
            and gone.regime in (None, s.regime)
            and (gone.detail is None or gone.detail in s.detail)
        ]
        if same:
            kept.append(entry)
        elif there:
            raw = {
                **entry.value,
                "reason": there[0].reason,
                "regime": there[0].regime,
                "detail": there[0].detail,
            }
            stated = {k: v for k, v in raw.items() if k in entry.value and v not in (None, "")}
            kept.append(Entry(stated, entry.old))
    put(sections, "set_aside", kept)


def _records(sections: Sections, compared: Comparison) -> None:
    kept: list[Entry] = []
    for entry, record in zip(written_in(sections, "records"), compared.expect.records, strict=True):
        found = [
            r for r in compared.decision.records if (r.file_of, r.listing) == (record.file_of, record.listing)
        ]
        if any(r.sharing_stopped == record.sharing_stopped for r in found):
            kept.append(entry)
        elif found:
            raw = {**entry.value, "sharing_stopped": found[0].sharing_stopped}
            kept.append(Entry({k: v for k, v in raw.items() if v is not None}, entry.old))
        else:
            add(sections, "no_records", {"file_of": record.file_of, "listing": record.listing})
    put(sections, "records", kept)
    kept = []
    for entry, absent in zip(written_in(sections, "no_records"), compared.expect.no_records, strict=True):
        there = [
            r
            for r in compared.decision.records
            if r.file_of == absent.file_of and absent.listing in (None, r.listing)
        ]
        for each in there:
            stopped = {} if each.sharing_stopped is None else {"sharing_stopped": each.sharing_stopped}
            add(sections, "records", {"file_of": each.file_of, "listing": each.listing, **stopped})
        kept += [] if there else [entry]
    put(sections, "no_records", kept)


def _procedure(sections: Sections, compared: Comparison) -> None:
    said = proceedings_of(compared)
    expect = compared.expect
    _wanted(sections, "duties", "duty", expect.duties, said.duties, _duty)
    _wanted(sections, "ways_out", "way", expect.ways_out, said.exits, _way)
    _absent(sections, "duties", "duty", expect.no_duties, said.duties, lambda f: {"state": f.state.value})
    _absent(sections, "ways_out", "way", expect.no_ways_out, said.exits, lambda f: {"open": f.open})


def _key(found: Duty | Exit) -> str:
    return found.rule if isinstance(found, Duty) else found.way


def _named(entry: Any, name: str, found: Iterable[Found]) -> list[Found]:
    key, listing = getattr(entry, name), entry.listing
    return [f for f in found if _key(f) == key and listing in (None, f.listing)]


def _wanted(
    sections: Sections,
    section: str,
    name: str,
    expected: Iterable[ExamplePart],
    found: Iterable[Found],
    values: Callable[[Found], Raw],
) -> None:
    """Give each entry the values of what comes nearest to it; what is not there is expected not to be."""
    kept = []
    found = list(found)
    for entry, wanted in zip(written_in(sections, section), expected, strict=True):
        there = [_changed(entry.value, values(each), wanted) for each in _named(wanted, name, found)]
        if there:
            best = min(there, key=lambda raw: sum(raw.get(k) != v for k, v in entry.value.items()))
            kept.append(Entry(best, entry.old))
        else:
            raw = {k: v for k, v in entry.value.items() if k in (name, "listing")}
            add(sections, f"no_{section}", raw)
    put(sections, section, kept)


def _changed(raw: Raw, values: Raw, wanted: ExamplePart) -> Raw:
    """Return an entry whose stated values are those found; lists and parts of texts stay when they hold."""
    new: Raw = {}
    for key, value in raw.items():
        got = values.get(key, value)
        if key in ("excuse", "barred"):
            got = _text_in(values[key], value)
        elif isinstance(got, list) and key != "ends":
            got = value if set(getattr(wanted, key)) <= set(got) else got
        if got not in (None, []):
            new[key] = got
    return new


def _text_in(texts: list[str], part: str) -> str | None:
    """Return a part of a text when one of them has it, else the first there is."""
    return part if any(part in text for text in texts) else next((text for text in texts if text), None)


def _absent(
    sections: Sections,
    section: str,
    name: str,
    expected: Iterable[ExamplePart],
    found: Iterable[Found],
    value: Callable[[Found], Raw],
) -> None:
    kept = []
    found = list(found)
    for entry, absent in zip(written_in(sections, f"no_{section}"), expected, strict=True):
        there = _named(absent, name, found)
        for each in there:
            add(sections, section, {name: _key(each), "listing": each.listing, **value(each)})
        kept += [] if there else [entry]
    put(sections, f"no_{section}", kept)


def _duty(found: Duty) -> Raw:
    values = {
        "state": found.state.value,
        "arose": found.arose,
        "deadline": _day(found.deadline),
        "provisional": bool(found.deadline and found.deadline.provisional),
        "met_on": found.met_on,
        "late": found.late,
        "excuse": [found.excuse.zh, found.excuse.en] if found.excuse else [],
        "missing": list(found.missing),
    }
    assert {*values, "duty", "listing"} == set(ExpectedDuty.model_fields)
    return values


def _way(found: Exit) -> Raw:
    met = {
        name: [m.requirement for m in found.requirements if m.met is answer]
        for name, answer in (("met", True), ("unmet", False), ("unknown", None))
    }
    values = {
        **met,
        "open": found.open,
        "earliest": _day(found.earliest),
        "publicity_ends": _day(found.publicity_ends),
        "acceptance_due": _day(found.acceptance_due),
        "decision_due": _day(found.decision_due),
        "barred": [found.barred_by.zh, found.barred_by.en] if found.barred_by else [],
        "ends": list(found.ends),
        "missing": list(found.missing),
    }
    assert {*values, "way", "listing"} == set(ExpectedWayOut.model_fields)
    return values


def _day(counted: Counted | None) -> object:
    return None if counted is None else counted.day
