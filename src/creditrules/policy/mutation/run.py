"""Policy, mutation: run the mutants of a document past the examples, on as many processors as there are."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import perf_counter

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.examples import Example
from creditrules.policy.mutation.bench import Bench
from creditrules.policy.mutation.mutant import Mutant
from creditrules.policy.mutation.registry import NAMES, mutants_of
from creditrules.policy.mutation.verdict import Report, Verdict
from creditrules.policy.running import WAY

Told = Callable[[int, int], None]
# So many mutants a process judges before it tells; a report that comes late is no progress bar.
CHUNK = 6


def mutate(
    catalogue: Catalogue,
    memorandum: str,
    examples: Iterable[Example],
    *,
    operators: Sequence[str] = NAMES,
    each_measure: bool = False,
    most: int | None = None,
    jobs: int = 1,
    told: Told = lambda done, of: None,
) -> Report:
    """Change a document in every way the operators know, and report which changes the examples notice.

    Args:
        catalogue: what the examples are decided by.
        memorandum: the key of the document.
        examples: those that may notice something; the others cost nothing.
        operators: the names of the operators.
        each_measure: change a clause that several measures share for each of them by itself.
        most: try at most so many mutants, spread evenly over the document.
        jobs: how many processes.
        told: called with how many are done, and of how many, as the run goes on.

    Raises:
        FactsError: a dossier of an example has findings.
    """
    began = perf_counter()
    document = catalogue.memoranda[memorandum]
    if each_measure:
        document = with_clauses_of_its_own(document)
    cases = tuple(examples)
    mutants = spread_evenly(tuple(mutants_of(document, catalogue, operators)), most)
    made = len(tuple(mutants_of(document, catalogue, operators))) if most is not None else len(mutants)
    bench = Bench(catalogue, document, cases)
    told(0, len(mutants))
    if jobs > 1 and len(mutants) > CHUNK and WAY == "fork":
        verdicts = _in_processes(bench, mutants, jobs, told)
    else:
        verdicts = _here(bench, mutants, told)
    return Report(
        memorandum,
        tuple(verdicts),
        cases=len({(ready.ref.file, ready.ref.line) for ready in bench.days}),
        failing=tuple(dict.fromkeys(bench.failing)),
        made=made,
        seconds=perf_counter() - began,
    )


def with_clauses_of_its_own(document: Memorandum) -> Memorandum:
    """Return the same document with its clauses repeated in every measure that rests on them."""
    return evolve(
        document,
        measures=tuple(
            evolve(measure, covers=document.covers) if measure.covers is None else measure
            for measure in document.measures
        ),
    )


def spread_evenly(mutants: tuple[Mutant, ...], most: int | None) -> tuple[Mutant, ...]:
    """Return at most so many of the mutants, from all over the document."""
    if most is None or len(mutants) <= most:
        return mutants
    return tuple(mutants[n * len(mutants) // most] for n in range(most))


def _here(bench: Bench, mutants: Sequence[Mutant], told: Told) -> list[Verdict]:
    verdicts = []
    for mutant in mutants:
        verdicts.append(bench.judge(mutant))
        told(len(verdicts), len(mutants))
    return verdicts


# What a process judges by; set in each of them when it starts.
_at: tuple[Bench, Sequence[Mutant]] | None = None


def _in_processes(bench: Bench, mutants: Sequence[Mutant], jobs: int, told: Told) -> list[Verdict]:
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    found: dict[int, Verdict] = {}
    # A forked process has bench and mutants already; elsewhere one process does it all.
    gc.freeze()
    with ProcessPoolExecutor(jobs, get_context(WAY), _start, (bench, mutants)) as pool:
        try:
            waiting = [pool.submit(_judge, chunk) for chunk in _chunks(mutants)]
            for future in as_completed(waiting):
                found |= future.result()
                told(len(found), len(mutants))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return [found[n] for n in range(len(mutants))]


def _chunks(mutants: Sequence[Mutant]) -> Iterator[list[int]]:
    """Yield the numbers of mutants in small lots: those of the same measures together, the widest first.

    What the measures come to without any change is worked out once a process, and then kept.
    """
    by_measures: dict[frozenset[str], list[int]] = {}
    for number, mutant in enumerate(mutants):
        by_measures.setdefault(mutant.measures, []).append(number)
    for _, numbers in sorted(by_measures.items(), key=lambda item: -len(item[0])):
        yield from (numbers[n : n + CHUNK] for n in range(0, len(numbers), CHUNK))


def _start(bench: Bench, mutants: Sequence[Mutant]) -> None:
    global _at
    # An interrupt is for the process that started this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _at = (bench, mutants)


def _judge(numbers: list[int]) -> dict[int, Verdict]:
    assert _at is not None  # the pool starts every process with `_start`
    bench, mutants = _at
    return {n: bench.judge(mutants[n]) for n in numbers}
