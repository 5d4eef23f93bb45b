"""Policy: what became of the cases of a run, light enough to be sent from one process to another."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from creditrules.errors import Finding, Span
from creditrules.policy.difference import Difference


@frozen
class CaseResult:
    """One case: the differences, or the findings because of which it could not be run."""

    file: str
    number: int
    name: str
    span: Span
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether it ran and differed in nothing."""
        return not self.differences and not self.findings


@frozen
class FileResult:
    """The cases of one file that were run, or the findings because of which none could be read."""

    file: str
    cases: tuple[CaseResult, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that did not pass."""
        return tuple(case for case in self.cases if not case.passed)

    @property
    def passed(self) -> bool:
        """Whether the file could be read and all its cases passed."""
        return not self.findings and not self.failed

    @property
    def seconds(self) -> float:
        """How long its cases took, one after the other."""
        return sum(case.seconds for case in self.cases)


@frozen
class RunResult:
    """Everything a run said. `seconds` is the time on the clock, `left_out` the cases nobody asked for."""

    files: tuple[FileResult, ...]
    seconds: float = field(default=0.0, eq=False)
    jobs: int = 1
    left_out: int = 0

    @property
    def cases(self) -> int:
        """How many cases were run."""
        return sum(len(file.cases) for file in self.files)

    @property
    def failed(self) -> int:
        """How many of them did not pass."""
        return sum(len(file.failed) for file in self.files)

    @property
    def unread(self) -> int:
        """How many files could not be read."""
        return sum(bool(file.findings) for file in self.files)

    @property
    def passed(self) -> bool:
        """Whether every file was read and every case passed."""
        return all(file.passed for file in self.files)


def by_file(files: Iterable[FileResult], cases: Iterable[CaseResult]) -> tuple[FileResult, ...]:
    """Put the results of cases into their files, in the order of the files and of the cases in them."""
    found: dict[str, list[CaseResult]] = {}
    for case in cases:
        found.setdefault(case.file, []).append(case)
    return tuple(
        FileResult(f.file, tuple(sorted(found.get(f.file, ()), key=lambda c: c.number)), f.findings)
        for f in files
    )
