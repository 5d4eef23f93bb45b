"""Policy, coverage: the cases of one branch, gathered day by day."""

from __future__ import annotations

from attrs import define, field

from creditrules.policy.coverage.model import Branch
from creditrules.policy.ready import CaseRef


@define
class Gathered:
    """The cases that look at the branches of one item, and those in which a branch only happens."""

    names: tuple[str, ...]
    _looked: dict[str, dict[CaseRef, None]] = field(factory=dict)
    _seen: dict[str, dict[CaseRef, None]] = field(factory=dict)

    def look(self, branch: str, case: CaseRef) -> None:
        """Add a case that looks at a branch."""
        self._looked.setdefault(branch, {})[case] = None

    def see(self, branch: str, case: CaseRef) -> None:
        """Add a case in which a branch happens, whether or not anybody looks."""
        self._seen.setdefault(branch, {})[case] = None

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The branches in their order; a case that looks at one is not told as one that only has it."""
        return tuple(
            Branch(
                name,
                tuple(self._looked.get(name, ())),
                tuple(case for case in self._seen.get(name, ()) if case not in self._looked.get(name, {})),
            )
            for name in self.names
        )
