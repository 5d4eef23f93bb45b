"""Gate: how a service is set up."""

from __future__ import annotations

from attrs import frozen


@frozen
class Settings:
    """What may be set of a service.

    Args:
        rate: requests a second that each token may send; twice as many may come at once.
        wrong: requests a second without a valid token that one address may send.
        largest_body: bytes of a request.
        threads: how many requests are worked on at once; each may need a connection to the database.
        dossiers: how many dossiers are kept in memory.
        decisions: how many decisions are kept in memory, of those that were asked for more than once.
        commitments: the matters that the approving bodies run by commitment (告知承诺).
        logs: whether every request is written to standard error.
    """

    rate: float = 100.0
    wrong: float = 5.0
    largest_body: int = 1_000_000
    threads: int = 8
    # Few, because whatever stays is looked through whenever Python collects what nobody uses any more.
    dossiers: int = 1_000
    decisions: int = 50
    commitments: tuple[str, ...] = ()
    logs: bool = True
