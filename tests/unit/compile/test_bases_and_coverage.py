"""Which bases a rule stands on, and what its coverage clauses become."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from creditrules.compile.coverage import ACTIVE, condition_of, covered
from creditrules.model.condition import All, Not, Op, Some, Test
from creditrules.model.memorandum import STATUTE, Clause, Exempt, Reach
from creditrules.model.words import Checked, Direction, HeldAt, Rank, Responsibility, Strength
from tests.support.hand import LAW, SELF, covering, measure, memorandum, role_reach, rulebook

PAID = Test("tax.unpaid", Op.IS, False)


def test_the_memorandum_itself_is_the_first_basis() -> None:
    """Every measure stands on its document, a normative one, with its number."""
    first, second = rulebook(memorandum(measure(bases=(LAW,)))).rules[0].bases

    assert (first.rank, first.checked) == (Rank.NORMATIVE_DOCUMENT, Checked.VERIFIED)
    assert first.cited == "（虚构〔2016〕0号）惩戒措施第1项"
    assert second == LAW


def test_a_basis_out_of_force_is_dropped_and_told() -> None:
    """What lapsed, or is not yet in force, carries nothing; the rest of the measure stands."""
    lapsed = evolve(LAW, article=1, until=date(2018, 12, 19))
    later = evolve(LAW, article=2, since=date(2018, 12, 21))
    book = rulebook(memorandum(measure(bases=(lapsed, later, LAW))))

    assert book.rules[0].bases[1:] == (LAW,)
    assert [(s.reason, s.detail) for s in book.set_aside] == [
        ("basis_out_of_force", str(lapsed)),
        ("basis_out_of_force", str(later)),
    ]


def test_a_statute_is_no_basis_beside_its_provisions() -> None:
    """A measure of a statute stands on the provisions it cites, and on nothing when none is in force."""
    lapsed = evolve(LAW, until=date(2018, 12, 19))
    books = [
        rulebook(memorandum(measure(bases=bases), instrument=STATUTE)) for bases in ((LAW,), (lapsed,), ())
    ]

    assert [[rule.bases for rule in book.rules] for book in books] == [[(LAW,)], [], []]
    assert [[s.reason for s in book.set_aside] for book in books] == [
        [],
        ["basis_out_of_force"],
        ["no_basis"],
    ]


def test_a_provision_cited_twice_is_one_basis() -> None:
    """The reading of a provision holds for a citation of it that says nothing of strength."""
    plain = evolve(LAW, strength=Strength.UNSTATED)
    read = evolve(LAW, reaches=frozenset({"legal_representative"}), strength=Strength.CONDITION)

    (_, basis) = rulebook(memorandum(measure(bases=(plain, read)))).rules[0].bases

    assert (basis.strength, basis.reaches) == (Strength.CONDITION, {"legal_representative"})


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (SELF, Test("relation", Op.IS, "self")),
        (evolve(SELF, when=PAID), All((Test("relation", Op.IS, "self"), PAID))),
        (
            role_reach(HeldAt.CONDUCT, Responsibility.DIRECT),
            All(
                (
                    Test("relation", Op.IS, "role"),
                    Test("role.name", Op.IN, ("legal_representative",)),
                    Test("held.conduct", Op.IS, True),
                    Test("found.directly_responsible", Op.IS, True),
                )
            ),
        ),
        (
            Reach(Direction.ROLE, any_role=True, finding=Responsibility.RESPONSIBLE),
            All(
                (
                    Test("relation", Op.IS, "role"),
                    Test("held.unstated", Op.IS, True),
                    Test("found.responsible", Op.IS, True),
                )
            ),
        ),
        (
            Reach(Direction.ORGANISATION, frozenset({"legal_representative"}), held=HeldAt.DAY),
            All(
                (
                    Test("relation", Op.IS, "organisation"),
                    Test("role.name", Op.IN, ("legal_representative",)),
                    Test("held.day", Op.IS, True),
                )
            ),
        ),
    ],
)
def test_a_coverage_item_asks_for_relation_role_time_and_finding(reach: Reach, expected: object) -> None:
    """An item becomes a condition on how the target stands to the listed subject."""
    book = rulebook(covering(reach))

    assert covered(book.rules[0].clauses, book.catalogue) == expected


def test_a_clause_asks_for_the_party_and_its_capacity() -> None:
    """A clause about suppliers speaks of enterprises listed as suppliers, and of nobody else."""
    book = rulebook(covering(SELF, party="supplier", when=PAID))

    assert covered(book.rules[0].clauses, book.catalogue) == All(
        (
            Test("subject.kind", Op.IN, ("enterprise",)),
            Test("listing.capacity", Op.IS, "supplier"),
            PAID,
            Test("relation", Op.IS, "self"),
        )
    )


def test_several_clauses_are_alternatives() -> None:
    """A target is covered when one clause and one of its items reaches it."""
    clauses = (Clause("enterprise", (SELF,)), Clause("natural_person", (SELF, role_reach())))
    book = rulebook(memorandum(covers=clauses))

    whole = covered(book.rules[0].clauses, book.catalogue)

    assert isinstance(whole, Some)
    assert len(whole.parts) == 2


def test_a_rule_asks_for_listing_coverage_kind_condition_and_no_exception() -> None:
    """The condition of a rule is the conjunction of everything its document asks for."""
    unpaid = Test("tax.unpaid", Op.IS, True)
    more = {"when": unpaid, "unless": (Exempt("paid", PAID),), "target_kinds": frozenset({"enterprise"})}
    book = rulebook(memorandum(measure(**more)))
    relation = Test("relation", Op.IS, "self")

    assert condition_of(book.rules[0], relation) == All(
        (ACTIVE, relation, Test("target.kind", Op.IN, ("enterprise",)), unpaid, Not(PAID))
    )


def test_measures_of_one_condition_stand_under_one_guard() -> None:
    """Measures that ask for the same are matched once; one that asks for more stands alone."""
    book = rulebook(memorandum(measure("m1"), measure("m2"), measure("m3", when=PAID)))

    assert sorted(len(guard.rules) for guard in book.guards) == [1, 2]
    assert book.guards_for("tax") == (0, 1)
    assert book.guards_for("nowhere") == ()
