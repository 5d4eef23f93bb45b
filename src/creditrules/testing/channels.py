"""Testing: does a channel deliver as the desk relies on? For authors of channels; needs the extra `service`.

The messages are those of a real desk: an invented firm is listed, its case changes, and the listing ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from creditrules.desk.channels import Address, Channel, NotDelivered
from creditrules.desk.desk import Desk
from creditrules.desk.messages import Composer, Message
from creditrules.desk.pulling import waiting
from creditrules.desk.store import open_store
from creditrules.desk.tokens import Principal
from creditrules.model.procedure import Term

_LISTING = {
    "id": "L1",
    "list": "tax-major-violations",
    "authority": "虚构市税务局稽查局",
    "doc_no": "虚税稽罚〔2018〕1号",
    "conduct": {"since": "2016-03-01", "until": "2016-12-31"},
    "determined": "2018-06-12",
    "served": "2018-06-15",
    "aggregated": "2018-06-20",
    "published": "2018-06-20",
    "until": "2020-06-20",
    "findings_complete": True,
    "publishable": False,
}
_PERSON = {"name": "王虚构", "id_number": "21068119751103001X"}
_FIRM = {"name": "丹东丰源虚构贸易有限公司", "code": "91210681MA0XUGUA2T"}
# Of each kind so many messages are tried.
_EACH = 3


class NotAChannel(AssertionError):
    """A channel does not do what the desk relies on; the words say what."""


def check_channel(
    channel: Channel,
    address: Address,
    received: Callable[[], Iterable[str]],
    *,
    wrong: Sequence[Address] = (),
    broken: Address | None = None,
) -> None:
    """Deliver messages of every kind through a channel, in the ways in which the desk delivers them.

    Args:
        channel: the channel.
        address: one to which it can deliver.
        received: returns the keys of the messages that were booked there so far, in their order.
        wrong: addresses that `check` must find wrong.
        broken: an address that is right and at which nothing arrives now: a server that is off.

    Raises:
        NotAChannel: it does not do what the desk relies on.
    """
    messages = sample_messages()
    _checks_addresses(channel, address, wrong)
    for message in messages:
        _delivers(channel, message, address, received)
    _knows_repetitions(channel, messages, address, received)
    _serves_many_at_once(channel, messages, address, received)
    if broken is not None:
        _tells_what_did_not_arrive(channel, messages[0], broken, received)


def _checks_addresses(channel: Channel, address: Address, wrong: Sequence[Address]) -> None:
    fault = channel.check(address)
    _must(fault is None, f"`check` finds fault with the address that was given as right: {fault}")
    for each in wrong:
        fault = channel.check(each)
        _must(isinstance(fault, str) and bool(fault), f"`check` finds nothing wrong with {each}")
        _must(not each.secret or each.secret not in str(fault), "`check` tells the secret of an address")


def _delivers(
    channel: Channel, message: Message, address: Address, received: Callable[[], Iterable[str]]
) -> None:
    """To return means that it has arrived, so it must be there when `deliver` returns."""
    channel.deliver(message, address)
    last = list(received())[-1:]
    _must(last == [message.key], f"{message.key} was delivered, and the last that was booked is {last}")


def _knows_repetitions(
    channel: Channel,
    messages: Sequence[Message],
    address: Address,
    received: Callable[[], Iterable[str]],
) -> None:
    """A worker that dies after sending sends again: the key must reach the receiver, who books it once."""
    before = list(received())
    for message in messages:
        channel.deliver(message, address)
    _must(list(received()) == before, "what was delivered again was booked again, or put in another order")


def _serves_many_at_once(
    channel: Channel,
    messages: Sequence[Message],
    address: Address,
    received: Callable[[], Iterable[str]],
) -> None:
    """Every delivery runs in a thread of its own, and several may run at once."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda message: channel.deliver(message, address), [*messages, *messages]))
    _must(
        sorted(received()) == sorted(message.key for message in messages),
        "deliveries at the same time booked something twice or not at all",
    )


def _tells_what_did_not_arrive(
    channel: Channel, message: Message, broken: Address, received: Callable[[], Iterable[str]]
) -> None:
    """What did not arrive is told by `NotDelivered`, in words that are kept and shown, so without persons."""
    try:
        channel.deliver(message, broken)
    except NotDelivered as reason:
        said = str(reason)
    except Exception as error:
        raise NotAChannel(f"`deliver` raises {type(error).__name__} and not `NotDelivered`") from error
    else:
        raise NotAChannel("`deliver` returns although nothing can have arrived at the broken address")
    private = (*_PERSON.values(), broken.secret or _PERSON["name"])
    _must(bool(said), "`NotDelivered` says nothing; whoever looks at dead letters reads it")
    _must(not any(word in said for word in private), "`NotDelivered` names a person or a secret")


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise NotAChannel(what)


@cache
def sample_messages() -> tuple[Message, ...]:
    """Return some messages of each kind that a desk sends, about invented subjects, in their order."""
    clock = ["2018-12-20T01:00:00.000000Z"]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "desk.db"), clock=lambda: clock[0])
        desk = Desk(store, parameters={"feedback-deadline": Term(working_days=7)})
        for on, changed in (
            (date(2018, 12, 20), {}),
            (date(2018, 12, 20), {"until": "2021-06-20"}),
            (date(2019, 3, 1), {"removed": "2019-03-01"}),
        ):
            clock[0] = f"{on}T01:00:00.000000Z"
            desk.remind(by="市信用办", on=on)
            desk.initiate(_dossier(changed), by="市信用办", on=on)
        composer = Composer(store, desk.catalogue)
        with store.reading() as connection:
            rows = waiting(connection, Principal("0", "office", "office"), limit=1000).rows
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(row.kind, []).append(row)
        some = sorted((row for kind in found.values() for row in kind[:_EACH]), key=lambda row: row.id)
        made = tuple(composer.message(row) for row in some)
        store.close()
    return made


def _dossier(changed: dict[str, Any]) -> dict[str, Any]:
    role = {"in": "firm", "role": "legal_representative", "since": "2016-01-01"}
    firm = {"id": "firm", "kind": "enterprise", **_FIRM, "facts": {"tax.arrears_unsecured": True}}
    return {
        "subjects": [
            {**firm, "listings": [{**_LISTING, **changed}]},
            {"id": "person", "kind": "natural_person", **_PERSON, "roles": [role]},
        ]
    }
