"""Initiate – respond – feedback, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from creditrules.desk import ledger
from creditrules.desk.answers import Answer, answer, may_see, reply
from creditrules.desk.chart import PushEvent
from creditrules.desk.replaying import replay
from creditrules.desk.store import Store
from creditrules.desk.tables import metadata
from creditrules.desk.tokens import Principal
from creditrules.errors import FactsError, UsageError
from creditrules.model.procedure import Term
from tests.unit.desk.flow import (
    OFFICE,
    ON,
    case,
    desk_on,
    dossier,
    held,
    open_orders,
    posted,
    says,
    unit_of,
)


def test_every_action_is_pushed_once(store: Store) -> None:
    """One push for each unit, target and action; five times the same initiate changes nothing more."""
    desk = desk_on(store)
    first = desk.initiate(dossier(), by="市信用办", on=ON)
    messages = posted(store)

    again = [desk.initiate(dossier(), by="市信用办", on=ON) for _ in range(4)]

    assert first.counts == {"push": len(held(store))}
    assert first.counts["push"] > 50
    assert not any(settled.changed for settled in again)
    assert posted(store) == messages
    assert {push.state for push in held(store)} == {"initiated"}


def test_one_message_goes_to_each_address_about_each_target(store: Store) -> None:
    """A unit gets what it has to do about somebody in one message, and the district is told once."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)

    whom = {(push.local or push.unit, push.target) for push in held(store)}
    assert posted(store) == Counter({"push": len(whom), "region": 1})


def test_what_may_not_be_published_is_told_to_the_employer(store: Store) -> None:
    """A listing that by law is not public goes to the employer or its department, once (六)."""
    desk = desk_on(store)
    desk.initiate(dossier(publishable=False), by="市信用办", on=ON)
    desk.initiate(dossier(publishable=False), by="市信用办", on=ON)

    assert posted(store)["employer_notice"] == 1


def test_a_bad_dossier_leaves_nothing_behind(store: Store) -> None:
    """Nothing is pushed on a dossier with findings."""
    with pytest.raises(FactsError):
        desk_on(store).initiate(dossier(list="no-such-list"), by="市信用办", on=ON)

    assert held(store) == []
    assert posted(store) == Counter()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"removed": "2019-01-10"}, "removed"),
        ({"repairs": [{"applied": "2019-01-02", "decided": "2019-01-10", "outcome": "granted"}]}, "repaired"),
        ({"revoked": "2019-01-10"}, "revoked"),
    ],
)
def test_the_end_of_a_listing_takes_every_push_back(
    store: Store, changed: dict[str, object], status: str
) -> None:
    """Every unit with something outstanding gets a lift order; the case closes when the last is confirmed."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    returned, *others = held(store)
    says(store, returned, PushEvent.RETURN, reason="不属本单位职责")

    settled = desk.initiate(dossier(**changed), by="市信用办", on=date(2019, 1, 11))

    assert settled.counts == {"lift": len(others), "withdrawn": 1}
    assert (case(store).status, case(store).state) == (status, "closing")
    orders = open_orders(store)
    assert [order.push_id for order in orders] == [push.id for push in others]
    by_id = {push.id: push for push in held(store)}
    for order in orders:
        says(store, by_id[order.push_id], PushEvent.CONFIRM_LIFT, order=order.id)
    assert case(store).state == "closed"
    assert {push.state for push in held(store)} == {"withdrawn", "lifted"}


def test_a_listing_that_runs_out_is_lifted_by_the_nightly_run(store: Store) -> None:
    """Deciding again on a later day gives the difference alone."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)

    quiet = desk.redecide(by="夜间", on=date(2019, 3, 1))
    ended = desk.redecide(by="夜间", on=date(2020, 6, 21))

    assert quiet == {}
    assert [set(settled.counts) for settled in ended.values()] == [{"lift"}]
    assert case(store).status == "expired"


def test_an_objection_that_suspends_lifts_and_its_rejection_pushes_again(store: Store) -> None:
    """A suspended listing comes back with a new round; a lift nobody confirmed is overtaken."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    objection = {"filed": "2018-12-21", "suspends": True}
    desk.initiate(dossier(objections=[objection]), by="市信用办", on=date(2018, 12, 22))
    assert {push.state for push in held(store)} == {"lifting"}
    assert case(store).state == "open"
    crossing = open_orders(store)[0]

    decided = {**objection, "decided": "2018-12-28", "outcome": "rejected"}
    desk.initiate(dossier(objections=[decided]), by="市信用办", on=date(2018, 12, 29))

    assert {(push.state, push.round) for push in held(store)} == {("initiated", 2)}
    assert open_orders(store) == []
    late = next(push for push in held(store) if push.id == crossing.push_id)
    assert says(store, late, PushEvent.CONFIRM_LIFT, order=crossing.id).state == "initiated"


def test_a_changed_decision_is_told_to_whoever_acts_on_it(store: Store) -> None:
    """A later end goes out as a change order that waits for confirmation; the state of the push stays."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    says(store, held(store)[0], PushEvent.ACCEPT)

    settled = desk.initiate(dossier(until="2021-06-20"), by="市信用办", on=ON)

    assert set(settled.counts) == {"change"}
    assert held(store)[0].state == "accepted"
    order = open_orders(store)[0]
    says(store, held(store)[0], PushEvent.CONFIRM_CHANGE, order=order.id)
    assert order.id not in [left.id for left in open_orders(store)]


def test_feedback_says_on_which_matter_by_which_document_and_when(store: Store) -> None:
    """Feedback that lacks one of them is refused, and nothing is booked."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)
    push = held(store)[0]

    with pytest.raises(UsageError, match="matter, document"):
        says(store, push, PushEvent.IMPLEMENT, date="2019-01-05")
    assert held(store)[0].state == "initiated"
    said = {"matter": "政府采购", "document": "丹财采〔2019〕1号", "date": "2019-01-05"}
    assert says(store, push, PushEvent.IMPLEMENT, **said).state == "implemented"


def test_an_answer_sent_twice_is_booked_once(store: Store) -> None:
    """The second answer with a key gets the reply of the first; another answer under the key is refused."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)
    push = held(store)[0]

    first = says(store, push, PushEvent.ACCEPT, "k1")
    second = says(store, push, PushEvent.ACCEPT, "k1")

    assert (first.state, first.again, second.state, second.again) == ("accepted", False, "accepted", True)
    with store.reading() as connection:
        assert [row["kind"] for row in ledger.rows(connection)].count("push_accept") == 1
    with pytest.raises(UsageError, match="CR633"):
        says(store, push, PushEvent.RETURN, "k1", reason="另一答复")


def test_a_question_of_a_unit_is_answered_and_waits_for_it_again(store: Store) -> None:
    """A unit that asks gets the answer by message, and the push is its turn again."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)
    push = held(store)[0]
    says(store, push, PushEvent.ASK, facts=["tax.arrears_unsecured"])

    reply(store, push.id, "查补税款未结清", OFFICE)

    assert held(store)[0].state == "received"
    assert posted(store)["answer"] == 1


def test_nobody_answers_or_learns_of_the_push_of_another(store: Store) -> None:
    """To another unit a push is as if it were not there."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)
    push = held(store)[0]
    other = Principal("2", "别的单位", "unit", "another")

    assert not may_see(other, push)
    assert may_see(unit_of(push), push)
    messages = set()
    for number in (push.id, 999_999):
        with pytest.raises(UsageError) as caught:
            answer(store, Answer(number, PushEvent.ACCEPT, "k", {}), other)
        messages.add(caught.value.findings[0].what().replace(str(number), "N"))
    assert len(messages) == 1


def test_a_district_sees_what_is_registered_there(store: Store) -> None:
    """A district office sees the pushes of its region and no others."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)
    push = held(store)[0]

    assert may_see(Principal("3", "东港", "district", region="210681"), push)
    assert not may_see(Principal("4", "宽甸", "district", region="210624"), push)


def test_a_case_can_be_decided_again_to_the_byte(store: Store) -> None:
    """What is kept is enough to make the same decision again."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)

    again, same = replay(store, case(store).id)

    assert same
    assert '"on":"2018-12-20"' in again
    with pytest.raises(UsageError, match="CR635"):
        replay(store, 999)


def test_nothing_in_clear_identifies_a_person(store: Store) -> None:
    """Names and numbers of natural persons stand in no table in a form that can be read."""
    desk_on(store).initiate(dossier(), by="市信用办", on=ON)

    with store.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(table.select()):
                said = repr(tuple(row))
                assert "王虚构" not in said
                assert "21068119751103001X" not in said


def test_a_day_to_respond_is_set_only_where_the_office_has_set_a_period(store: Store) -> None:
    """The notice sets no period, so none is invented; the office's own is counted in working days."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    assert {push.respond_by for push in held(store)} == {None}

    desk.parameters["feedback-deadline"] = Term(working_days=7)
    other = dossier(doc_no="虚税稽罚〔2018〕2号", id="L2")
    desk.initiate(other, by="市信用办", on=ON)

    assert {push.respond_by for push in held(store) if push.respond_by} == {"2018-12-29"}


def test_the_ledger_stays_whole_and_tells_every_step(store: Store) -> None:
    """Every decision, push, answer and order is in the chain."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    says(store, held(store)[0], PushEvent.ACCEPT)
    desk.initiate(dossier(removed="2019-01-10"), by="市信用办", on=date(2019, 1, 11))

    with store.reading() as connection:
        kinds = Counter(row["kind"] for row in ledger.rows(connection))
        assert list(ledger.breaks(connection)) == []
    assert kinds["decided"] == 2
    assert kinds["push_initiated"] == kinds["push_order_lift"] == len(held(store))
