"""What a service keeps in memory: never more than it may, and never what is out of date."""

from __future__ import annotations

from creditrules.gate.http.remembering import Last, RememberedDecisions
from tests.support.service import Served, here
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


def test_what_is_asked_again_is_not_decided_a_third_time(served: Served) -> None:
    """A second matter on the same day lets the decision be kept; another day is another decision."""
    decides = served.app.state.service.decides
    assert isinstance(decides, RememberedDecisions)
    served.check()
    assert len(decides._made) == 0
    served.check(matter="tax")
    assert len(decides._made) == 1
    served.check(matter="land")
    served.check(on="2018-12-21")

    assert len(decides._made) == 1


def test_what_is_kept_has_an_end() -> None:
    """Many different questions leave no more than the settings say."""
    last: Last[int, int] = Last(3, again=True)
    for n in [*range(100), *range(100), *range(95, 100)]:
        last.get(n, lambda n=n: n)  # type: ignore[misc]

    assert len(last) == 3
    assert len(last._asked or ()) == 30
