"""Testing, peers: which there are, and which of them are installed here."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from creditrules.testing.peers.problem import Peer

# The name of a peer's package, the module it installs, and our adapter.
PEERS = {
    "durable-rules": ("durable_rules_engine", "durable_rules"),
    "zen-engine": ("zen", "zen_engine"),
    "clipspy": ("clips", "clips"),
    "duckdb": ("duckdb", "duckdb"),
}


def is_installed(name: str) -> bool:
    """Say whether the package of a peer can be imported."""
    return find_spec(PEERS[name][0]) is not None


def peer_named(name: str) -> type[Peer]:
    """Return the adapter of an installed peer."""
    made: type[Peer] = import_module(f"creditrules.testing.peers.{PEERS[name][1]}").Peer
    return made
