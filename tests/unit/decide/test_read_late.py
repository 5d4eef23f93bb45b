"""A decision says the same whenever its fields are read, whatever was decided in between."""

from __future__ import annotations

from datetime import date, timedelta

from creditrules.decide.decide import decide
from creditrules.load.dossier import read_dossier
from tests.support.examples import examples, shipped

ON = date(2018, 12, 20)


def test_a_decision_read_after_many_others_says_what_it_would_have_said_at_once() -> None:
    """What is kept for a rulebook is dropped when many are in use; a decision holds on to what it needs."""
    catalogue = shipped()
    example = next(e for e in examples() if e.memorandum == "tax-major-violations")
    dossier = read_dossier(example.steps[0].given, catalogue)
    late, at_once = decide(catalogue.rulebook(on=ON), dossier), decide(catalogue.rulebook(on=ON), dossier)
    expected = (at_once.actions, at_once.undetermined, at_once.set_aside)
    # One field is read now, and with it the rules are sorted; the actions are left for later.
    assert late.set_aside == at_once.set_aside

    for n in range(40):
        assert decide(catalogue.rulebook(on=ON + timedelta(days=n + 1)), dossier).actions

    assert expected[0] != ()
    assert (late.actions, late.undetermined, late.set_aside) == expected
