"""The indexed engine: its index stays small, and many roles make it neither wrong nor slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from attrs import evolve

from creditrules.evaluate import index_tree
from creditrules.evaluate.indexed import FEW, IndexedEngine, _index
from creditrules.evaluate.reference import ReferenceEngine
from creditrules.model.condition import Op, Test
from creditrules.model.dossier import RoleHeld, Subject
from creditrules.model.words import HeldAt
from creditrules.testing.workload import ON, rules, subjects
from creditrules.testing.workload_model import catalogue_of, dossier_of
from tests.support.hand import (
    FIRM,
    PERSON,
    covering,
    dossier,
    facts,
    listing,
    measure,
    memorandum,
    role_reach,
    rulebook,
)

ENGINE, REFERENCE = IndexedEngine(), ReferenceEngine()


def test_an_index_that_is_full_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different subjects come, the index stays within its bound and the answers stay right."""
    book = catalogue_of(rules(lists=6, seed=3)).rulebook(on=ON)
    seen = [dossier_of(subject) for subject in subjects(60, lists=6)]
    right = [REFERENCE.matches(book, each) for each in seen]
    monkeypatch.setattr(index_tree, "MOST", 10)
    made: list[int] = []
    for each, expected in zip(seen, right, strict=True):
        assert ENGINE.matches(book, each) == expected
        made.append(_index(book)._made)

    assert max(made) <= 10
    assert sorted(made) != made


def test_many_roles_are_looked_up_by_whom_they_are_around() -> None:
    """With more roles than are looked through one by one, each still leads where it leads."""
    book = rulebook(covering(role_reach()))
    firms = [evolve(FIRM, id=f"f{n}") for n in range(FEW)]
    roles = [RoleHeld("s1", firm.id, "legal_representative") for firm in firms]
    roles += [RoleHeld("s1", "s1", "legal_representative"), RoleHeld("s0", "s0", "legal_representative")]
    listings = [listing(f"L{n}", firm.id) for n, firm in enumerate(firms)]
    seen = dossier(
        *listings, listing("Lp", "s1"), listing("Lq"), subjects=(FIRM, PERSON, *firms), roles=roles
    )

    assert len(roles) > FEW
    assert ENGINE.matches(book, seen) == REFERENCE.matches(book, seen) != []


def test_a_role_that_no_clause_names_leads_nowhere() -> None:
    """A role the rules do not know is passed over, also one that is in no vocabulary."""
    book = rulebook(covering(role_reach(HeldAt.CONDUCT)))
    roles = [RoleHeld("s1", "s0", role) for role in ("supervisor", "unheard_of", "legal_representative")]
    seen = dossier(roles=roles)

    assert {role for _, _, role, _ in ENGINE.matches(book, seen)} == {2}
    assert ENGINE.matches(book, seen) == REFERENCE.matches(book, seen)


def test_facts_of_a_closed_vocabulary_become_branches() -> None:
    """A yes or no is looked up; what is unknown, or holds only for some days, is read as it is."""
    book = rulebook(memorandum(measure(when=Test("tax.unpaid", Op.IS, True))))
    answers = []
    for stated in (facts(tax__unpaid=True), facts(tax__unpaid=False), {}):
        seen = dossier(subjects=(evolve(FIRM, facts=stated), PERSON))
        answers.append([truth for *_, truth in ENGINE.matches(book, seen)])
        assert ENGINE.matches(book, seen) == REFERENCE.matches(book, seen)

    assert answers == [[2], [], [1]]


def test_many_threads_may_grow_one_index() -> None:
    """Threads that meet at a branch that is not worked out yet come to the same."""
    book = catalogue_of(rules(lists=8, seed=5)).rulebook(on=ON)
    seen = [dossier_of(subject) for subject in subjects(80, lists=8)]
    right = [REFERENCE.matches(book, each) for each in seen]
    together = Barrier(6)

    def work(_: int) -> bool:
        together.wait()
        return [ENGINE.matches(book, each) for each in seen] == right

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(work, range(6)))


def test_a_subject_that_nobody_described_is_an_error() -> None:
    """A role that leads out of the dossier is no silent miss."""
    book = rulebook(covering(role_reach()))
    seen = dossier(
        subjects=(Subject("s0", "enterprise", "虚构一厂"),),
        roles=(RoleHeld("gone", "s0", "legal_representative"),),
    )

    with pytest.raises(KeyError):
        ENGINE.matches(book, seen)
