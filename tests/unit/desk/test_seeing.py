"""Who may see what: the conditions of queries say the same as the rule for one push; pulling keeps to it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from creditrules.desk import ledger, outbox, pulling, seeing, tokens
from creditrules.desk.answers import may_see
from creditrules.desk.seeing import Sought
from creditrules.desk.store import Store
from creditrules.desk.tokens import Principal
from creditrules.errors import UsageError
from tests.unit.desk.flow import OFFICE, ON, desk_on, dossier, held

SOMEBODY = [
    OFFICE,
    Principal("1", "a", "unit", "mof"),
    Principal("2", "b", "unit", "丹东市财政局"),
    Principal("3", "c", "unit", "nobody"),
    Principal("4", "d", "unit", ""),
    Principal("5", "e", "unit", None),
    Principal("6", "f", "district", None, "210681"),
    Principal("7", "g", "district", None, None),
    Principal("8", "h", "clerk"),
    Principal("9", "i", "clerk", "mof"),
    Principal("10", "j", "stranger", "mof", "210681"),
]


def _two_cases(store: Store) -> None:
    desk = desk_on(store)
    for number, region in ((1, "210202"), (2, "210681")):
        said = dossier(doc_no=f"虚税稽罚〔2018〕{number}号")
        for subject in said["subjects"]:
            subject["region"] = region
        desk.initiate(said, by="o", on=ON)


@pytest.mark.parametrize("who", SOMEBODY, ids=lambda who: f"{who.role} {who.unit or who.region}")
def test_a_list_shows_what_the_rule_for_one_allows(store: Store, who: Principal) -> None:
    """Neither more nor less; an empty name is nobody's."""
    _two_cases(store)
    everything = held(store)
    allowed = {push.id for push in everything if may_see(who, push)}
    with store.reading() as connection:
        page = seeing.find_pushes(connection, who, Sought(), 0, 1000)
        for push in everything:
            if push.id in allowed:
                assert seeing.one_push(connection, who, push.id).id == push.id
            else:
                with pytest.raises(UsageError, match="CR631"):
                    seeing.one_push(connection, who, push.id)

    assert {row.id for row in page.rows} == allowed


def test_a_token_of_nobody_in_particular_cannot_be_made(store: Store) -> None:
    """An empty unit would be that of every push without a local body."""
    for role, whose in (("unit", {"unit": ""}), ("unit", {}), ("district", {"region": ""})):
        with store.writing() as connection, pytest.raises(UsageError, match="CR626"):
            tokens.create(connection, "x", role, store.clock(), "t", **whose)


def test_cases_are_the_offices_and_of_its_region_a_districts(store: Store) -> None:
    """A unit sees none."""
    _two_cases(store)
    with store.reading() as connection:
        seen = {
            who.role: len(seeing.find_cases(connection, who, None, 0, 10).rows)
            for who in (OFFICE, SOMEBODY[1], SOMEBODY[6], SOMEBODY[8])
        }
        with pytest.raises(UsageError, match="CR635"):
            seeing.one_case(connection, SOMEBODY[1], 1)

    assert seen == {"office": 2, "unit": 0, "district": 1, "clerk": 0}


def test_an_addressee_pulls_his_own_messages_in_their_order(store: Store) -> None:
    """A page at a time; the office any."""
    _two_cases(store)
    unit = SOMEBODY[2]
    with store.reading() as connection:
        first = pulling.waiting(connection, unit, limit=1)
        rest = pulling.waiting(connection, unit, after=first.after or 0, limit=100)
        every = pulling.waiting(connection, OFFICE, limit=1000)
        nobody = pulling.waiting(connection, SOMEBODY[8], limit=1000)

    found = [*first.rows, *rest.rows]
    assert {row.address for row in found} == {"丹东市财政局"}
    assert [row.id for row in found] == sorted(row.id for row in found)
    assert len(every.rows) > len(found) > 1
    assert nobody.rows == []


def test_acknowledging_is_noted_once_whoever_says_it_and_how_often(store: Store) -> None:
    """Eight at once: one notes it, the others hear that it was noted."""
    _two_cases(store)
    with store.reading() as connection:
        message = pulling.waiting(connection, SOMEBODY[2]).rows[0].id
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: pulling.acknowledge(store, message, SOMEBODY[2]), range(8)))

    assert sorted(each.again for each in done) == [False, *[True] * 7]
    assert {each.at for each in done} == {done[0].at}
    with store.reading() as connection:
        notes = [row for row in ledger.rows(connection) if row["kind"] == "sent"]
        assert list(ledger.breaks(connection)) == []
    assert len(notes) == 1


def test_a_strangers_message_is_not_there(store: Store) -> None:
    """Neither to be seen nor to be acknowledged."""
    _two_cases(store)
    with store.reading() as connection:
        message = pulling.waiting(connection, SOMEBODY[2]).rows[0].id

    for who in (SOMEBODY[3], SOMEBODY[6], SOMEBODY[8]):
        with pytest.raises(UsageError, match="CR657"):
            pulling.acknowledge(store, message, who)


def test_what_is_acknowledged_is_not_delivered_again(store: Store) -> None:
    """A worker that looks later finds nothing due at that address."""
    _two_cases(store)
    with store.reading() as connection:
        rows = pulling.waiting(connection, SOMEBODY[2]).rows
    for row in rows:
        pulling.acknowledge(store, row.id, SOMEBODY[2])

    assert outbox.claim(store, "w", ["丹东市财政局"], outbox.Retry()) == []
