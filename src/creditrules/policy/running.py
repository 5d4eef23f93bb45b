"""Policy: run the cases of many files, in several processes when there are enough of them.

To compile the rulebook of a day takes time, so the cases of one span of days are given to one process.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from time import perf_counter

from attrs import evolve, frozen

from creditrules.deliver.words import word_table
from creditrules.errors import CatalogueError, FactsError
from creditrules.model.catalogue import Catalogue
from creditrules.policy.examples import Example, run
from creditrules.policy.gathering import Gathered, gathered_file
from creditrules.policy.results import CaseResult, FileResult, RunResult, by_file
from creditrules.policy.rulebooks import Rulebooks

# How a process is started.
WAY = "fork" if sys.platform == "linux" else "spawn"
# Below this number of cases for each process, starting one takes longer than it saves.
_WORTH_A_PROCESS = 24

Places = tuple[tuple[int, int], ...]
Progress = Callable[[int, int], None]


@frozen
class Work:
    """All that a process needs: the files with their cases, and what they are decided by."""

    files: Sequence[Gathered]
    rulebooks: Rulebooks
    engine: str


def run_all(
    files: Sequence[Gathered],
    catalogue: Catalogue,
    *,
    engine: str = "checked",
    jobs: int | None = None,
    progress: Progress | None = None,
    rulebooks: Rulebooks | None = None,
) -> RunResult:
    """Run every case and return what became of each, in the order of the files.

    Args:
        files: the cases.
        catalogue: decides them.
        engine: the name of the engine.
        jobs: how many processes; None for as many as there are processors and enough cases.
        progress: told after each few cases how many are done, and how many there are.
        rulebooks: those of the catalogue, where somebody keeps them.

    Raises:
        EngineError: two engines disagree.
        UsageError: there is no engine of that name.
    """
    began = perf_counter()
    work = Work(files, rulebooks or Rulebooks(catalogue), engine)
    groups = _groups(work)
    total = sum(map(len, groups))
    used = _processes(jobs, total)
    tell = progress or (lambda done, of: None)
    made: list[CaseResult] = []
    tell(0, total)
    for results in _parallel(work, groups, used) if used > 1 else _serial(work, groups):
        made += results
        tell(len(made), total)
    read = [FileResult(str(file.path), findings=file.findings) for file in files]
    return RunResult(by_file(read, made), perf_counter() - began, used)


def run_case(example: Example, rulebooks: Rulebooks, engine: str = "checked") -> CaseResult:
    """Run one case; what is wrong with it itself becomes its findings."""
    began = perf_counter()
    place = (example.file, example.number, example.name, example.span)
    try:
        outcome = run(example, rulebooks.catalogue, engine, rulebook=rulebooks)
    except (FactsError, CatalogueError) as error:
        return CaseResult(*place, findings=error.findings, seconds=perf_counter() - began)
    return CaseResult(*place, outcome.differences, seconds=perf_counter() - began)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processes(jobs: int | None, cases: int) -> int:
    wanted = jobs if jobs is not None else min(processors(), cases // _WORTH_A_PROCESS)
    return max(1, min(wanted, cases))


def _groups(work: Work) -> list[Places]:
    """Return the places of the cases by the span of days they begin in, the largest group first."""
    found: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    for at, file in enumerate(work.files):
        for n, example in enumerate(file.examples):
            span = work.rulebooks.span_of(example.steps[0].on), example.doc.recalled
            found.setdefault(span, []).append((at, n))
    return sorted((tuple(places) for places in found.values()), key=len, reverse=True)


def _run_group(work: Work, places: Places) -> list[CaseResult]:
    return [run_case(work.files[at].examples[n], work.rulebooks, work.engine) for at, n in places]


def _serial(work: Work, groups: Sequence[Places]) -> Iterator[list[CaseResult]]:
    return (_run_group(work, (place,)) for place in chain.from_iterable(groups))


def _parallel(work: Work, groups: Sequence[Places], jobs: int) -> Iterator[list[CaseResult]]:
    from multiprocessing import get_context

    # A forked process has the catalogue and the cases already; another one is sent the names of the files.
    given = work if WAY == "fork" else Sent.of(work)
    word_table()  # what every process will read is read once
    gc.freeze()
    with ProcessPoolExecutor(jobs, get_context(WAY), _begin, (given,)) as pool:
        try:
            yield from pool.map(_in_process, groups)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@frozen
class Sent:
    """What is sent to a process that has nothing: paths, the numbers of their cases, and the catalogue."""

    files: tuple[tuple[Path, tuple[int, ...]], ...]
    catalogue: Catalogue
    engine: str

    @classmethod
    def of(cls, work: Work) -> Sent:
        """Write down what another process has to read."""
        files = tuple((file.path, tuple(e.number for e in file.examples)) for file in work.files)
        return cls(files, work.rulebooks.catalogue, work.engine)

    def read(self) -> Work:
        """Read it."""
        files = []
        for path, numbers in self.files:
            file = gathered_file(path) if numbers else Gathered(path)
            files.append(evolve(file, examples=tuple(e for e in file.examples if e.number in numbers)))
        return Work(files, Rulebooks(self.catalogue), self.engine)


_given: Work | None = None


def _begin(given: Work | Sent) -> None:
    """Make a process ready; an interrupt is for the one that started it to handle."""
    global _given
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000, 20, 20)
    _given = given if isinstance(given, Work) else given.read()


def _in_process(places: Places) -> list[CaseResult]:
    assert _given is not None  # `_begin` ran before
    return _run_group(_given, places)
