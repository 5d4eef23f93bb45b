"""Evaluate: the durable engine. Guards are matched by durable-rules, the production-rule engine, contained.

durable-rules 2.0.28 gives wrong rows, loses facts and crashes when used as its manual says; the numbers in
brackets are those of its defects, listed in `tests/unit/evaluate/test_durable_defects.py`. This is the only
file that imports it, and it speaks to the C core directly: assert one fact, read what fires, retract the
fact. So there are

* no background threads, no process-wide list of rulesets, no deprecated clock (27, 28): the Python half of
  the package, `durable`, is not imported at all;
* no actions that could be slow, wait for a callback or swallow an exception (8, 9, 10): a rule that fires is
  a number in the answer, and our own code runs outside the package;
* no batches (3, 15), no second session (18), no joins, no `$or`, no nested values, no test of `id` or `sid`
  (1, 5, 6, 16, 21), no priorities (17), only whole numbers within 2**53 and one short id (11 to 14, 22).

Every ruleset ends with a rule that always fires, and fires last. A round that does not end with it, or in
which a rule fires twice, is an error: a fact that is accepted and fires nothing (7, 8, 9, 15, 23) cannot pass
for "no rule applies". Whatever goes wrong, the host it went wrong in is never used again.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from threading import RLock

import durable_rules_engine as core

from creditrules.evaluate.candidates import Candidates, candidates, fields_of
from creditrules.evaluate.durable_lists import Fact
from creditrules.evaluate.durable_plan import Plan, make_plan
from creditrules.evaluate.protocol import Hit, Match, Met, expand
from creditrules.evaluate.rule_texts import Ruleset
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook

KEPT = 16

# 1 "not handled" and 2 "observed" are the answers to a fact that no rule looks at and to one that is held
# already. Neither can happen here: the last rule looks at every fact, and one fact is held at a time.
_DONE = 0
_TRUE = 2
_SESSION = "1"
_RETRACT = '{"id":"1","sid":"1"}'
# The session's own fact. It would hold the text of an exception, had durable-rules swallowed one (10).
_UNDISTURBED = '{ "sid":"1", "id":"sid-1", "$s":1}'


class DurableEngine:
    """Matches guards with durable-rules. Safe to share between threads and to use after a fork."""

    name = "durable"

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        """Return every match of a dossier, sorted.

        Raises:
            EngineError: as `hits`.
        """
        return expand(self.met(rulebook, dossier))

    def met(self, rulebook: Rulebook, dossier: Dossier) -> list[Met]:
        """Return what each listing carries along each route, listing by listing.

        Raises:
            EngineError: as `hits`.
        """
        plan = _shelf.plan(rulebook, fields_of(rulebook))
        made = candidates(rulebook, dossier, plan.routes)
        guards = rulebook.guards
        found: list[Met] = []
        for row, met in _matched(plan, made):
            certain: list[int] = []
            possible: list[int] = []
            for guard, truth in met.items():
                (certain if truth == _TRUE else possible).extend(guards[guard].rules)
            candidate = made.of[row]
            found.append((candidate.seen.number, candidate.role_number, tuple(certain), tuple(possible)))
        return found

    def hits(self, rulebook: Rulebook, candidates: Candidates) -> list[Hit]:
        """Return every guard that holds, or may hold, for every candidate.

        Raises:
            EngineError: CR500, CR501, CR503 or CR506, the rulebook cannot be compiled; CR502, a value does
                not fit its field; CR504 or CR505, durable-rules failed.
        """
        plan = _shelf.plan(rulebook, candidates.fields)
        met = _matched(plan, candidates)
        return sorted((guard, row, truth) for row, guards in met for guard, truth in guards.items())


def _matched(plan: Plan, candidates: Candidates) -> list[tuple[int, dict[int, int]]]:
    """Return for each candidate that meets any the guards it meets, with 2 for true and 1 for unknown."""
    # All facts are written before a host is taken: a value that does not fit costs no host.
    facts = [(n, made) for n, row in enumerate(candidates.rows) if (made := plan.facts(row))]
    host = _shelf.take(plan)
    found = [(row, met) for row, made in facts if (met := host.hits(made))]
    # Reached only when nothing went wrong, an interrupt included. A host that is not given back is not
    # freed either: durable-rules itself may be what is broken, and freeing it could end the process.
    _shelf.give_back(host)
    return found


class _Host:
    """The rulesets of a plan inside durable-rules, for one caller at a time; each loaded when first asked."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._loaded: dict[Ruleset, int] = {}

    def hits(self, facts: list[Fact]) -> dict[int, int]:
        """Return the guards that the facts of a candidate meet, with 2 for true and 1 for unknown."""
        best: dict[int, int] = {}
        try:
            for ruleset, fact in facts:
                handle = self._loaded.get(ruleset)
                if handle is None:
                    # The C core reads a text, so loading changes no definition of ours (26).
                    handle = self._loaded[ruleset] = core.create_ruleset("creditrules", ruleset.definition)
                says = ruleset.says
                for rule in _round(handle, fact, len(says)):
                    guard, truth = says[rule]
                    if truth > best.get(guard, 0):
                        best[guard] = truth
        except core.error as problem:
            # Its errors are bare numbers (24); the finding says which rulebook and what to do.
            raise self.plan.error("CR504", error=str(problem)) from problem
        except _Disturbed as problem:
            raise self.plan.error("CR505", seen=str(problem)) from None
        return best

    def close(self) -> None:
        """Free what durable-rules holds, which it never does by itself (25)."""
        while self._loaded:
            handle = self._loaded.popitem()[1]
            # The session first: nothing could reach its memory once the ruleset is gone.
            if _has_session(handle):
                core.delete_state(handle, _SESSION)
            core.delete_ruleset(handle)


class _Disturbed(Exception):
    """A round did not go as every round must."""


def _round(handle: int, fact: str, last: int) -> list[int]:
    """Assert a fact, return the numbers of the rules that fire but the last, retract the fact."""
    code, session = core.assert_fact(handle, fact)
    if code != _DONE:
        raise _Disturbed(f"assert answered {code}")
    started = core.start_action_for_state(handle, session)
    if started is None:
        raise _Disturbed("nothing fired")
    state, message = started
    if state != _UNDISTURBED:
        raise _Disturbed(f"the session holds {state}")
    fired: list[int] = []
    while message is not None:
        # `{"12":{"m":{…}}}`: only the name of the rule is wanted, so the fact in it is not parsed again.
        fired.append(int(message[2 : message.index('"', 2)]))
        if len(fired) > last + 1:
            raise _Disturbed("a rule fired twice")
        message = core.complete_and_start_action(handle, session)
    code, _ = core.retract_fact(handle, _RETRACT)
    if code != _DONE:
        raise _Disturbed(f"retract answered {code}")
    if fired.pop() != last or (len(fired) > 1 and len(set(fired)) != len(fired)):
        raise _Disturbed("a rule was lost or fired twice")
    return fired


def _has_session(handle: int) -> bool:
    try:
        core.get_state(handle, _SESSION)
    except core.error:
        return False  # no fact was ever asserted
    return True


class _Shelf:
    """The plans and idle hosts of the process, the last few of each.

    A host belongs to one call from `take` to `give_back`, so no two threads, and no call from within a signal
    handler, are ever in one session (7). A host that falls off the shelf is closed, since durable-rules never
    frees a ruleset by itself (25).
    """

    def __init__(self) -> None:
        # Reentrant: a signal handler may decide something while its thread is in here.
        self._lock = RLock()
        self._plans: OrderedDict[tuple[str, tuple[str, ...]], Plan] = OrderedDict()
        self._idle: list[_Host] = []

    def plan(self, rulebook: Rulebook, fields: tuple[str, ...]) -> Plan:
        """Return the plan of a rulebook, made once; a rulebook without a key is compiled every time."""
        key = (rulebook.key, fields)
        with self._lock:
            plan = self._plans.get(key)
            if plan is None:
                plan = make_plan(rulebook, fields)
                if rulebook.key:
                    self._plans[key] = plan
                    while len(self._plans) > KEPT:
                        self._plans.popitem(last=False)
            else:
                self._plans.move_to_end(key)
            return plan

    def take(self, plan: Plan) -> _Host:
        """Return an idle host of a plan, or a new one."""
        with self._lock:
            for place in range(len(self._idle) - 1, -1, -1):
                if self._idle[place].plan is plan:
                    return self._idle.pop(place)
        return _Host(plan)

    def give_back(self, host: _Host) -> None:
        """Keep a host for the next call."""
        with self._lock:
            self._idle.append(host)
            surplus = [self._idle.pop(0) for _ in range(len(self._idle) - KEPT)]
        for old in surplus:
            old.close()


_shelf = _Shelf()


def _after_fork() -> None:
    # A thread that is gone in the child may have held the lock, or been in the middle of a round.
    global _shelf
    _shelf = _Shelf()


os.register_at_fork(after_in_child=_after_fork)
