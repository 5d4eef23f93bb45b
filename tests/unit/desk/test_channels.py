"""Channels: those of the library do what the desk relies on; those of others are found, or refused aloud."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import pytest
from sqlalchemy import select

from creditrules.desk.channels import Address, NotDelivered, channels, register
from creditrules.desk.folder import LetterFolder, SpreadsheetFolder, file_name
from creditrules.desk.messages import Message
from creditrules.desk.store import Store
from creditrules.desk.tables import outbox
from creditrules.desk.webhook import Webhook
from creditrules.desk.worker import Worker
from creditrules.errors import UsageError
from creditrules.testing.channels import NotAChannel, check_channel, sample_messages
from tests.faults.receiver import SECRET, Receiver
from tests.unit.desk.flow import ON, desk_on, dossier

PLUG_IN = '''
"""Writes messages into a folder, one file a message."""

from pathlib import Path


class Files:
    def check(self, address):
        return None if Path(address.target).is_dir() else "there is no such folder"

    def deliver(self, message, address):
        (Path(address.target) / f"{abs(hash(message.key))}.json").write_bytes(message.body())


class Half:
    def deliver(self, message, address):
        pass


def fails():
    raise RuntimeError("no licence")
'''
POINTS = """\
[creditrules.channels]
files = tiny_channel:Files
half = tiny_channel:Half
fails = tiny_channel:fails
gone = tiny_channel_that_is_gone:Files
webhook = tiny_channel:Files
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that offers channels, as an installer leaves it."""
    site = tmp_path / "site"
    (site / "tiny_channel-1.0.dist-info").mkdir(parents=True)
    (site / "tiny_channel.py").write_text(PLUG_IN, "utf-8")
    (site / "tiny_channel-1.0.dist-info" / "entry_points.txt").write_text(POINTS, "utf-8")
    (site / "tiny_channel-1.0.dist-info" / "METADATA").write_text("Name: tiny-channel\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(str(site))
    yield site
    sys.modules.pop("tiny_channel", None)


def test_a_channel_of_an_installed_package_delivers(installed: Path, store: Store, tmp_path: Path) -> None:
    """It is found by its name, its address is checked by it, and the worker delivers by it."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    target = tmp_path / "taken"
    with pytest.raises(UsageError, match="CR637"), store.writing() as connection:
        register(connection, Address("财政部", "files", str(target)), store.keys, store.clock())
    target.mkdir()
    with store.writing() as connection:
        for name in set(connection.execute(select(outbox.c.address)).scalars()):
            register(connection, Address(name, "files", str(target)), store.keys, store.clock())

    worker, sent = Worker(store, desk.catalogue), 0
    while not (done := worker.round()).is_idle:
        sent += done.sent

    assert sent == len(list(target.iterdir())) > 0


def test_a_package_of_others_does_not_take_the_place_of_a_channel_of_the_library(installed: Path) -> None:
    """What is called `webhook` signs and encrypts, whoever offers something else under the name."""
    assert isinstance(channels()["webhook"], Webhook)


@pytest.mark.parametrize(
    ("name", "said"), [("half", "check"), ("fails", "no licence"), ("gone", "No module")]
)
def test_a_channel_that_cannot_be_used_says_so_and_keeps_nobody_else_back(
    installed: Path, store: Store, name: str, said: str
) -> None:
    """The desk goes on by the other ways; an address that names it is refused with what is wrong."""
    found = channels()
    with pytest.raises(UsageError, match="CR637") as caught, store.writing() as connection:
        register(connection, Address("财政部", name, "x"), store.keys, store.clock())

    assert said in str(caught.value)
    assert "tiny_channel" in str(caught.value)
    with pytest.raises(NotDelivered, match=said):
        found[name].deliver(sample_messages()[0], Address("财政部", name, "x"))


def test_two_packages_with_one_name_are_told(installed: Path) -> None:
    """Nobody guesses which of two is meant."""
    other = installed / "other-1.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Name: other\nVersion: 1.0\n")
    (other / "entry_points.txt").write_text("[creditrules.channels]\nfiles = other:Files\n")

    fault = channels()["files"].check(Address("x", "files", "x"))

    assert fault is not None
    assert "more than once" in fault


def test_an_address_never_shows_its_secret() -> None:
    """Whoever prints an address, such as in an error, prints no secret."""
    assert "geheim" not in repr(Address("财政部", "webhook", "https://x.invalid", "geheim"))


def test_the_webhook_is_a_channel() -> None:
    """It keeps to everything that is asked of channels."""
    receiver = Receiver()
    address = Address("财政部", "webhook", receiver.url("财政部"), SECRET)
    wrong = [
        Address("财政部", "webhook", "http://x.invalid", SECRET),
        Address("财政部", "webhook", address.target),
    ]
    nobody = Receiver()
    nobody.close()
    broken = Address("财政部", "webhook", nobody.url("财政部"), SECRET)

    check_channel(Webhook(), address, lambda: list(receiver.booked), wrong=wrong, broken=broken)
    receiver.close()


@pytest.mark.parametrize("channel", [SpreadsheetFolder(), LetterFolder()])
def test_the_folders_are_channels(channel: SpreadsheetFolder, tmp_path: Path) -> None:
    """They keep to everything that is asked of channels."""
    (tmp_path / "in").mkdir()
    keys = {file_name(message, channel.suffix): message.key for message in sample_messages()}

    def received() -> list[str]:
        found = sorted((tmp_path / "in").iterdir(), key=lambda path: path.stat().st_mtime_ns)
        return [keys[path.name] for path in found]

    right = Address("x", "spreadsheet", str(tmp_path / "in"))
    gone = Address("x", "spreadsheet", str(tmp_path / "none"))
    check_channel(channel, right, received, wrong=[gone], broken=gone)


class Kept:
    """A channel that keeps messages in memory; what is wrong with it is chosen."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.keys: list[str] = []
        self._lock = Lock()

    def check(self, address: Address) -> str | None:
        """Find an address without a target wrong."""
        if self.fault == "checks nothing":
            return None
        if self.fault == "tells secrets" and not address.target:
            return f"no target for {address.secret}"
        return None if address.target else "no target"

    def deliver(self, message: Message, address: Address) -> None:
        """Keep a message, or do not."""
        if address.target == "broken":
            self._breaks(message)
        with self._lock:
            if self.fault == "loses letters" and message.kind == "lift":
                return
            if self.fault == "books twice" or message.key not in self.keys:
                self.keys.append(message.key)

    def _breaks(self, message: Message) -> None:
        if self.fault == "returns":
            return
        if self.fault == "raises":
            raise OSError("no route")
        person = next(p["name"] for p in message.data["subjects"])
        names = "王虚构" if self.fault == "names persons" else person[:0]
        raise NotDelivered(f"{'' if self.fault == 'is silent' else 'no route'}{names}")


def _check(channel: Kept) -> None:
    right, wrong = Address("x", "kept", "right"), Address("x", "kept", "", "geheim")
    check_channel(channel, right, lambda: channel.keys, wrong=[wrong], broken=Address("x", "kept", "broken"))


def test_a_channel_that_keeps_to_it_passes() -> None:
    """The smallest one there is."""
    _check(Kept())


@pytest.mark.parametrize(
    "fault",
    [
        *("checks nothing", "tells secrets", "loses letters", "books twice"),
        *("returns", "raises", "names persons", "is silent"),
    ],
)
def test_a_channel_that_does_not_is_found_out(fault: str) -> None:
    """Each thing the desk relies on is asked."""
    with pytest.raises(NotAChannel):
        _check(Kept(fault))


def test_the_sample_has_every_kind_of_message() -> None:
    """What a channel is checked with is what a desk sends; each can be put into words for people."""
    messages = sample_messages()

    assert {m.kind for m in messages} == {"push", "change", "lift", "region", "employer_notice", "reminder"}
    assert all(message.page.title for message in messages)
