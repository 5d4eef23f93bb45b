"""What a service keeps in memory: never more than it may, and never what is out of date."""

from __future__ import annotations

from creditrules.gate.http.remembering import Last, RememberedDecisions
from tests.support.service import FIRM, Served, here
from tests.unit.desk.flow import ON


def test_the_last_few_are_kept_and_made_once() -> None:
    """What was used longest ago goes first."""
    last: Last[int, int] = Last(2)
    made: list[int] = []

    def get(n: int) -> int:
        return last.get(n, lambda: made.append(n) or n)  # type: ignore[func-returns-value]

    assert [get(n) for n in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2]
    assert len(last) == 2


def test_a_new_dossier_is_seen_at_once(served: Served) -> None:
    """Removal in the register changes the next answer, whatever is kept in memory."""
    assert served.check().json()["verdict"] == "barred"
    served.desk.initiate(here(removed="2018-12-19"), by="市信用办", on=ON)

    assert served.check().json()["verdict"] == "clear"


def test_the_same_question_is_decided_once(served: Served) -> None:
    """A second matter on the same day takes the decision from memory; another day does not."""
    decides = served.app.state.service.decides
    assert isinstance(decides, RememberedDecisions)
    served.check()
    served.check(matter="tax")
    assert len(decides._made) == 1
    served.check(on="2018-12-21")

    assert len(decides._made) == 2


def test_what_is_kept_has_an_end(served: Served) -> None:
    """Many different questions leave no more than the settings say."""
    service = served.app.state.service
    for n in range(1, 9):
        served.check(applicant=FIRM, on=f"2018-12-{n:02}")

    assert len(service.decides._made) <= service.settings.decisions
