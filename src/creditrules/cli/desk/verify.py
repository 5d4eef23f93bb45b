"""CLI: `creditrules desk verify`: look for any change of the ledger, and write down where it ends."""

from __future__ import annotations

import json
from pathlib import Path

import click

from creditrules.cli import _inputs
from creditrules.cli._state import FINDINGS, state_of
from creditrules.cli._usage import usage_error
from creditrules.cli.desk._desk import desk_command, say, store_at


def _verify(anchor: str | None, write: str | None, url: str, key: str | None, by: str | None) -> None:
    from creditrules.desk import ledger
    from creditrules.desk.ledger import Anchor

    known = None
    if anchor is not None:
        _inputs.check_file(anchor)
        try:
            said = json.loads(Path(anchor).read_text("utf-8"))
            known = Anchor(int(said["seq"]), str(said["hash"]))
        except (ValueError, KeyError, TypeError):
            raise usage_error("CR660", anchor) from None
    with store_at(url, key).reading() as connection:
        found = list(ledger.breaks(connection, known))
        end = ledger.head(connection)
    for broken in found:
        say(f"verify.{broken.what}", seq=broken.seq)
    if found:
        state_of().raise_code(FINDINGS)
        return
    say("verify.whole", n=end.seq, hash=end.hash[:16])
    if write is not None:
        try:
            Path(write).write_text(json.dumps({"seq": end.seq, "hash": end.hash}) + "\n", "utf-8")
        except OSError:
            raise usage_error("CR569", write) from None
        say("verify.anchored", file=write)


command = desk_command(
    "verify",
    _verify,
    [
        click.Option(["--anchor"], metavar="FILE"),
        click.Option(["--write-anchor", "write"], metavar="FILE"),
    ],
)
