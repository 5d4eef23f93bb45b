"""Decide: what a rule requires of a candidate, piece by piece, each with its outcome.

The pieces are those of the document (status, coverage, kind of target, condition, exceptions), in the order
in which somebody would check them; together they are the condition the engines match.
"""

from __future__ import annotations

from creditrules.compile.coverage import ACTIVE, ON_RECORD
from creditrules.decide import phrases
from creditrules.decide.case import Case
from creditrules.decide.conditions import condition_reason
from creditrules.evaluate.fields import Candidate
from creditrules.model.condition import ALWAYS, Condition, Lookup, Not, Op, Some, Test, truth_of
from creditrules.model.decision import Reason
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.rulebook import Rule
from creditrules.model.text import Text
from creditrules.model.words import Direction, Truth

COVERS = Text("责任范围：{party}——{whom}", "coverage: {party} – {whom}")
NO_CLAUSE = Text(
    "责任范围中没有及于这类当事人的条款", "no coverage clause of the document speaks of this kind of party"
)
UNNAMED = Text("责任范围没有写到{role}", "no coverage clause names the {role}")
BESIDE = Text("责任范围没有及于当事人本人", "no coverage clause reaches the party itself")
EXCEPTED = Text("例外：{label}", "exception: {label}")
SELF = Text("当事人本人", "the party itself")
ANYONE = Text("经认定负有责任的人员", "whoever is found responsible")
BEHIND = Text("由被列入者任职的单位", "the organisation in which the listed person holds office")


class Requirements:
    """The pieces of one rule against one candidate."""

    def __init__(self, case: Case, rule: Rule, candidate: Candidate, lookup: Lookup) -> None:
        self.case, self.rule, self.candidate, self.lookup = case, rule, candidate, lookup
        self.on = case.rulebook.on

    def pieces(self, only: Truth) -> tuple[Reason, ...]:
        """Return the pieces whose outcome is *only*, each down to the tests of that outcome."""
        kinds = tuple(sorted(self.rule.target_kinds))
        of_kind: Condition = Test("target.kind", Op.IN, kinds) if kinds else ALWAYS
        found = [self._piece(ACTIVE if self.rule.record is None else ON_RECORD, only)]
        found.append(self._coverage(only))
        found += [self._piece(c, only) for c in (of_kind, self.rule.when) if c != ALWAYS]
        found += [
            self._exception(exempt.label, exempt.name, Not(exempt.when), only) for exempt in self.rule.unless
        ]
        return tuple(piece for piece in found if piece is not None)

    def _truth(self, condition: Condition) -> Truth:
        return truth_of(condition, self.lookup, self.on)

    def _piece(self, condition: Condition, only: Truth) -> Reason | None:
        if self._truth(condition) is not only:
            return None
        return condition_reason(condition, self.candidate, self.lookup, self.case.rulebook, only=only)

    def _exception(self, label: str, name: Text, condition: Condition, only: Truth) -> Reason | None:
        piece = self._piece(condition, only)
        said = name if name.zh or name.en else Text(label, label)
        return piece and Reason("condition", EXCEPTED.filled(label=said), piece.truth, (piece,))

    def _coverage(self, only: Truth) -> Reason | None:
        """Return how the coverage comes out: the clause that reaches the target, or those that might have."""
        clauses = self.rule.clauses
        whole = Some(tuple(self.case.covers(c).whole for c in clauses))
        if self._truth(whole) is not only:
            return None
        if only is Truth.FALSE:
            # A clause about another kind of party says nothing about why this one is not reached.
            near = [c for c in clauses if self._truth(self.case.covers(c).party) is not Truth.FALSE]
        else:
            near = [c for c in clauses if self._truth(self.case.covers(c).whole) is only]
        lines = tuple(line for clause in near for line in self._clause(clause, only))
        if len(lines) == 1:
            return lines[0]
        said = phrases.COVERAGE if lines else self._unnamed() if near else NO_CLAUSE
        return Reason("coverage", said, only, lines)

    def _unnamed(self) -> Text:
        """Say that clauses speak of the party, but of no route by which this target could be reached."""
        role = self.candidate.role
        return BESIDE if role is None else UNNAMED.filled(role=self.case.catalogue.roles[role.role].name)

    def _clause(self, clause: Clause, only: Truth) -> list[Reason]:
        lines = []
        for reach, needed in self.case.covers(clause).items:
            if self._truth(needed) is not only or self._is_beside(reach, only):
                continue
            tests = condition_reason(needed, self.candidate, self.lookup, self.case.rulebook, only=only)
            below = tests.children or (tests,)
            lines.append(Reason("coverage", self._whom(clause, reach), only, below))
        return lines

    def _is_beside(self, reach: Reach, only: Truth) -> bool:
        """An item for another direction or role says nothing about why this target is not reached."""
        role = self.candidate.role
        if only is not Truth.FALSE:
            return False
        other = reach.direction is not self.candidate.direction
        return other or (role is not None and not reach.names_role(role.role))

    def _whom(self, clause: Clause, reach: Reach) -> Text:
        catalogue = self.case.catalogue
        whom = SELF
        if reach.direction is not Direction.SELF:
            names = [catalogue.roles[role].name for role in sorted(reach.roles)]
            whom = Text("、".join(n.zh for n in names), ", ".join(n.en or n.zh for n in names))
            if reach.any_role and not names:
                whom = ANYONE
        if reach.direction is Direction.ORGANISATION:
            whom = BEHIND
        return COVERS.filled(party=catalogue.parties[clause.party].name, whom=whom)
