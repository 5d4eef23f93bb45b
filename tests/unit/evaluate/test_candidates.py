"""From a dossier to the rows engines see."""

from __future__ import annotations

from creditrules.evaluate.candidates import candidates
from creditrules.evaluate.engines import engine_named
from creditrules.model.condition import Op, Test
from creditrules.model.dossier import RoleHeld
from creditrules.model.words import Direction
from tests.support.hand import (
    covering,
    dossier,
    listing,
    measure,
    memorandum,
    representative,
    role_reach,
    rulebook,
)


def test_a_listing_is_seen_with_its_subject_and_with_every_role_around_it() -> None:
    """The listed subject comes first, then each role that joins it to somebody."""
    seen = dossier(listing(), listing("L1", "s1"), roles=(representative(),))

    made = candidates(rulebook(), seen)

    assert [(c.seen.listing.id, c.direction, c.target.id) for c in made.of] == [
        ("L0", Direction.SELF, "s0"),
        ("L0", Direction.ROLE, "s1"),
        ("L1", Direction.SELF, "s1"),
        ("L1", Direction.ORGANISATION, "s0"),
    ]


def test_a_role_of_an_organisation_in_itself_is_one_route() -> None:
    """Nobody is reached twice by one role."""
    seen = dossier(roles=(RoleHeld("s0", "s0", "legal_representative"),))

    assert len(candidates(rulebook(), seen).of) == 2


def test_a_row_holds_only_what_some_guard_tests() -> None:
    """The fields of a rulebook are the paths its conditions name, each once."""
    book = rulebook(memorandum(measure(when=Test("tax.unpaid", Op.IS, True))))

    assert candidates(book, dossier()).fields == ("listing.active", "relation", "tax.unpaid")
    assert candidates(book, dossier()).rows[0].values == (True, "self", None)


def test_every_engine_may_be_called_by_name() -> None:
    """The engines by name give one answer."""
    book = rulebook(covering(role_reach()))
    seen = dossier(roles=(representative(),))

    answers = [
        engine_named(name).matches(book, seen) for name in ("reference", "indexed", "durable", "checked")
    ]

    assert [(m.listing, m.role, int(m.truth)) for m in answers[0]] == [(0, 0, 2)]
    assert all(answer == answers[0] for answer in answers)
