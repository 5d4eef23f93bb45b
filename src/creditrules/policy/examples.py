"""Policy: run examples, and say where a decision differs from what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from creditrules.decide.decide import decide
from creditrules.errors import Span
from creditrules.load.dossier import read_dossier
from creditrules.load.example_docs import (
    CaseDoc,
    ExampleDoc,
    Expectation,
    ExpectedAction,
    ExpectedOpen,
    Untouched,
    read_examples,
)
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision, Undetermined
from creditrules.policy.merge import laid_over
from creditrules.policy.procedure_examples import proceeding_differences


@frozen
class Example:
    """One case of a file, ready to run."""

    file: str
    memorandum: str
    name: str
    span: Span
    doc: CaseDoc
    given: dict[str, object]


@frozen
class Outcome:
    """What became of an example: the differences in words; none means that it passed."""

    example: Example
    differences: tuple[str, ...]
    decision: Decision

    @property
    def passed(self) -> bool:
        """Whether the decision says what was expected."""
        return not self.differences


def find_examples(folder: Path) -> Iterator[Example]:
    """Yield every case of every `*.examples.yaml` below a folder.

    Raises:
        CatalogueError, FactsError: a file cannot be read as examples.
    """
    for path in sorted(folder.rglob("*.examples.yaml")):
        file = read_examples(path.read_bytes(), str(path))
        for n, case in enumerate(file.doc.cases):
            yield Example(
                str(path), file.doc.examples, case.name, file.spans(n), case, _given(file.doc, case)
            )


def _given(doc: ExampleDoc, case: CaseDoc) -> dict[str, object]:
    base: Any = case.given if case.given is not None else doc.given or {}
    merged: dict[str, object] = laid_over(base, case.change)
    return merged


def run(example: Example, catalogue: Catalogue, engine: str = "checked") -> Outcome:
    """Decide an example and compare.

    Raises:
        FactsError: the example's dossier has findings.
    """
    case = example.doc
    given: Any = example.given
    differences: list[str] = []
    for step in case.steps:
        given = laid_over(given, step.change)
        dossier = read_dossier(given, catalogue, file=example.file)
        rulebook = catalogue.rulebook(on=step.on, recalled=case.recalled)
        decision = decide(rulebook, dossier, known=step.known, engine=engine)
        differences += _differences(step.expect, decision, example.memorandum)
        if step.expect.speaks_of_procedure:
            differences += proceeding_differences(case, step, rulebook, dossier)
    return Outcome(example, tuple(differences), decision)


def _differences(expect: Expectation, decision: Decision, memorandum: str) -> Iterator[str]:
    for wanted in expect.actions:
        if not any(_is(action, wanted, decision, memorandum) for action in decision.actions):
            yield f"expected but not decided: {_said(wanted)}; {_near(wanted, decision, memorandum)}"
    for unwanted in expect.not_:
        for action in decision.actions:
            if _is(action, unwanted, decision, memorandum):
                yield f"decided but must not be: {_said(unwanted)} (got {action.key})"
    if expect.nothing_else:
        for action in decision.actions:
            if not any(_is(action, wanted, decision, memorandum) for wanted in expect.actions):
                yield f"decided but not expected: {action.key} by measure {_measures(action)}"
    for spared in expect.untouched:
        yield from _touching(spared, decision, memorandum)
    yield from _other_differences(expect, decision, memorandum)


def _touching(spared: Untouched, decision: Decision, memorandum: str) -> Iterator[str]:
    """Yield what is decided or open about somebody whom nothing (or not this measure) must touch."""
    said = f"must not be touched: {_said(spared)}"
    for action in decision.actions:
        named = spared.measure is None or any(
            _names(p.memorandum, p.measure, spared.measure, memorandum) for p in action.parts
        )
        if action.target == spared.against and named:
            yield f"{said} (got {action.key})"
    for point in decision.undetermined:
        named = spared.measure is None or _names(point.memorandum, point.measure, spared.measure, memorandum)
        # What goes into a credit file is no measure; `no_records` speaks of it.
        if point.target == spared.against and named and (spared.measure or _is_measure(point)):
            asked = ", ".join(ask.fact for ask in point.asks)
            yield f"{said} (open: {point.memorandum}#{point.measure}, {point.what} {asked})"


def _is_measure(point: Undetermined) -> bool:
    return "@" not in point.measure


def _other_differences(expect: Expectation, decision: Decision, memorandum: str) -> Iterator[str]:
    for point in expect.undetermined:
        if not any(_is_open(u, point, memorandum) for u in decision.undetermined):
            got = sorted(
                {
                    u.what
                    for u in decision.undetermined
                    if _names(u.memorandum, u.measure, point.measure, memorandum)
                }
            )
            yield f"expected to be open: measure {point.measure} against {point.against}; open there: {got}"
    for gone in expect.set_aside:
        found = [
            s
            for s in decision.set_aside
            if _names(s.memorandum, s.measure or "", gone.measure, memorandum)
            and s.reason == gone.reason
            and gone.regime in (None, s.regime)
            and (gone.detail is None or gone.detail in s.detail)
        ]
        if not found:
            yield f"expected to be set aside: measure {gone.measure} ({gone.reason})"
    yield from _record_differences(expect, decision)
    statuses = {listing: status for listing, status, _ in decision.statuses}
    for listing, status in expect.status.items():
        if statuses.get(listing) != status:
            yield f"expected listing {listing} to be {status}; it is {statuses.get(listing)}"


def _record_differences(expect: Expectation, decision: Decision) -> Iterator[str]:
    for record in expect.records:
        kept = [r for r in decision.records if (r.file_of, r.listing) == (record.file_of, record.listing)]
        if not any(record.sharing_stopped == r.sharing_stopped for r in kept):
            yield f"expected a record of {record.listing} in the file of {record.file_of}; got {len(kept)}"
    for absent in expect.no_records:
        for found in decision.records:
            if found.file_of == absent.file_of and absent.listing in (None, found.listing):
                yield f"must not be in the file of {absent.file_of}: {found.listing} ({found.rule})"


def _is(action: Action, wanted: ExpectedAction, decision: Decision, memorandum: str) -> bool:
    """Say whether an action is the one meant; only what the example states is compared."""
    parts = [
        p
        for p in action.parts
        if wanted.measure is None or _names(p.memorandum, p.measure, wanted.measure, memorandum)
    ]
    cited = " ".join(str(basis) for part in parts for basis in part.bases)
    return (
        bool(parts)
        and action.target == wanted.against
        and (wanted.unit is None or action in decision.for_unit(wanted.unit))
        and wanted.effect in (None, action.effect)
        and wanted.matter in (None, action.matter)
        and wanted.discretion in (None, action.discretion.value)
        and wanted.since in (None, action.since)
        and wanted.until in (None, action.until)
        and wanted.review in (None, action.review)
        and wanted.local in (None, action.local or "")
        and all(
            any(_names(p.memorandum, p.measure, reason, memorandum) for p in action.parts)
            for reason in wanted.reasons
        )
        and all(cite in cited for cite in wanted.cites)
    )


def _is_open(found: Undetermined, point: ExpectedOpen, memorandum: str) -> bool:
    return (
        _names(found.memorandum, found.measure, point.measure, memorandum)
        and found.target == point.against
        and point.what in (None, found.what)
        and set(point.asks) <= {ask.fact for ask in found.asks}
    )


def _names(found_memorandum: str, found_measure: str, wanted: str, memorandum: str) -> bool:
    """Compare a measure with how an example names it: `9`, or `other-memorandum#9`."""
    named, _, key = wanted.rpartition("#")
    return found_memorandum == (named or memorandum) and found_measure == key


def _said(wanted: ExpectedAction | Untouched) -> str:
    parts = {k: v for k, v in wanted.model_dump().items() if v not in (None, ())}
    return ", ".join(f"{key} {value}" for key, value in parts.items())


def _near(wanted: ExpectedAction, decision: Decision, memorandum: str) -> str:
    """Say what was decided about the measure instead: other actions, open points, what was set aside."""
    measure = wanted.measure or ""
    acts = [
        a.key
        for a in decision.actions
        if any(_names(p.memorandum, p.measure, measure, memorandum) for p in a.parts)
    ]
    opened = [
        f"open ({u.what})"
        for u in decision.undetermined
        if _names(u.memorandum, u.measure, measure, memorandum)
    ]
    gone = [
        f"set aside ({s.reason})"
        for s in decision.set_aside
        if _names(s.memorandum, s.measure or "", measure, memorandum)
    ]
    return "got " + ("; ".join(dict.fromkeys((*acts, *opened, *gone))) or "nothing for this measure")


def _measures(action: Action) -> str:
    return ", ".join(f"{part.memorandum}#{part.measure}" for part in action.parts)
