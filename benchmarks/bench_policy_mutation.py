"""Every small change of a memorandum past all shipped examples, and what these exercise: on the clock."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from benchmarks.measuring import ROOT, Result
from creditrules import load_catalogue
from creditrules.policy.coverage.cover import cover
from creditrules.policy.examples import find_examples
from creditrules.policy.mutation.run import mutate
from creditrules.policy.running import processors

EXAMPLES = ROOT / "examples"
TARGET = 20.0
# The two shipped memoranda with about thirty measures.
DOCUMENTS = ("tax-major-violations", "judgment-defaulters")


def results() -> list[Result]:
    """Measure a mutation run over each document, and coverage of the whole catalogue."""
    return [*(_mutation(document) for document in DOCUMENTS), _coverage()]


def _mutation(document: str) -> Result:
    catalogue, jobs = load_catalogue(), processors()
    began = perf_counter()
    report = mutate(catalogue, document, find_examples(Path(EXAMPLES)), jobs=jobs)
    took = perf_counter() - began
    measures = len(catalogue.memoranda[document].measures)
    what = f"mutate {document}, {measures} measures, {jobs} processes"
    note = f"{len(report.verdicts)} changes past {report.cases} cases, {report.share:.0f}% noticed"
    return Result(what, took, TARGET, note=note)


def _coverage() -> Result:
    catalogue = load_catalogue()
    began = perf_counter()
    report = cover(catalogue, find_examples(Path(EXAMPLES)))
    took = perf_counter() - began
    return Result("coverage of the whole catalogue", took, note=f"{report.cases} cases")
