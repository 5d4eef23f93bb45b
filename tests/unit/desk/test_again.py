"""Deciding again touches what it may touch, whatever came in between, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from creditrules.desk import desk as desk_module
from creditrules.desk.chart import PushEvent
from creditrules.desk.store import Store
from creditrules.errors import FactsError, Finding, Span
from creditrules.model.decision import Decision
from tests.unit.desk.flow import (
    LISTING,
    OFFICE,
    ON,
    case,
    desk_on,
    dossier,
    held,
    open_orders,
    posted,
    says,
)

LATER = date(2019, 1, 11)


def test_a_removal_that_comes_while_a_case_is_decided_again_stands(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a nightly run has read before does not push again what was lifted meanwhile."""
    desk, other = desk_on(store), desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    decide = desk_module.decide
    came: list[str] = []

    def slowly(*given: Any, **said: Any) -> Decision:
        made = decide(*given, **said)
        if not came:
            came.append("removal")
            other.initiate(dossier(removed="2019-01-10"), by="市信用办", on=LATER)
        return made

    monkeypatch.setattr(desk_module, "decide", slowly)
    changed = desk.redecide(by="夜间", on=LATER)

    assert changed == {}
    assert {push.state for push in held(store)} == {"lifting"}
    assert case(store).status == "removed"


def test_an_earlier_dossier_leaves_alone_what_rests_on_a_later_one(store: Store) -> None:
    """Of two listings that were told together, the one told anew is decided by what was told last."""
    desk = desk_on(store)
    both = dossier()
    both["subjects"][0]["listings"].append({**LISTING, "id": "L2", "doc_no": "虚税稽罚〔2018〕2号"})
    desk.initiate(both, by="市信用办", on=ON)
    desk.initiate(dossier(id="L2", doc_no="虚税稽罚〔2018〕2号", removed="2019-01-10"), by="x", on=LATER)
    before = [(push.id, push.state, push.round) for push in held(store)]

    changed = [desk.redecide(by="夜间", on=LATER) for _ in range(2)]

    assert [(push.id, push.state, push.round) for push in held(store)] == before
    assert [set(settled.counts) for settled in changed[0].values()] in ([], [{"change"}])
    assert changed[1] == {}


def test_one_dossier_that_cannot_be_decided_does_not_keep_the_others_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lifts of every other case go out, and then the one that failed is told."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    other = dossier()
    other["subjects"][0]["code"] = "91210681MA0XK5KW98"
    desk.initiate(other, by="市信用办", on=ON)
    first = min(desk._open_dossiers())
    read = desk_module.read_dossier_text

    def fails(body: bytes, *given: Any, file: str) -> Any:
        if first[:12] in file:
            raise FactsError([Finding("CR445", Span(file), {"reason": "gone"})])
        return read(body, *given, file=file)

    monkeypatch.setattr(desk_module, "read_dossier_text", fails)
    with pytest.raises(FactsError):
        desk.redecide(by="夜间", on=date(2020, 6, 21))

    states = {(push.case_id, push.state) for push in held(store)}
    assert sorted(state for _, state in states) == ["initiated", "lifting"]


def test_whoever_declines_a_push_need_not_confirm_what_was_changed_about_it(store: Store) -> None:
    """A change order about a push that is returned waits for nobody; a lift order still does."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    desk.initiate(dossier(until="2021-06-20"), by="市信用办", on=ON)
    push = held(store)[0]
    assert push.id in {order.push_id for order in open_orders(store)}

    says(store, push, PushEvent.RETURN, reason="不属本单位职责")

    assert push.id not in {order.push_id for order in open_orders(store)}
    desk.initiate(dossier(removed="2019-01-10"), by="市信用办", on=LATER)
    lifting = held(store)[1]
    says(store, lifting, PushEvent.RETURN, reason="不属本单位职责")
    assert lifting.id in {order.push_id for order in open_orders(store)}


def test_two_answers_at_one_moment_are_two_messages(store: Store) -> None:
    """A clock that stands still or is put back makes no answer the repetition of another."""
    from creditrules.desk.answers import reply

    desk_on(store).initiate(dossier(), by="市信用办", on=ON)
    push = held(store)[0]
    for n in range(2):
        says(store, push, PushEvent.ASK, f"k{n}", facts=["tax.arrears_unsecured"])
        reply(store, push.id, "查补税款未结清", OFFICE)

    assert posted(store)["answer"] == 2
