"""Desk: channels that installed packages offer (entry-point group `creditrules.channels`).

A package that cannot be used does not keep the desk from delivering by other ways: its channel is there, says
what is wrong with it when an address names it, and delivers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from attrs import frozen

from creditrules.desk.channels import Address, Channel, NotDelivered
from creditrules.desk.messages import Message

GROUP = "creditrules.channels"


@frozen
class Unusable:
    """A channel that an installed package offers and nobody can use."""

    reason: str

    def check(self, address: Address) -> str | None:
        """Say why."""
        return self.reason

    def deliver(self, message: Message, address: Address) -> None:
        """Deliver nothing.

        Raises:
            NotDelivered: always; once the package is mended the message is tried again.
        """
        raise NotDelivered(self.reason)


def installed_channels() -> Mapping[str, Channel]:
    """Return the channels that installed packages offer, by their names."""
    points: dict[str, dict[str, EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        points.setdefault(point.name, {})[point.value] = point
    return {name: _channel(name, offered) for name, offered in points.items()}


def _channel(name: str, offered: Mapping[str, EntryPoint]) -> Channel:
    if len(offered) > 1:
        return Unusable(f"the channel {name} is offered more than once: {', '.join(sorted(offered))}")
    [(value, point)] = offered.items()
    try:
        made: Any = point.load()
        channel = made if hasattr(made, "deliver") and not isinstance(made, type) else made()
    except Exception as error:  # whatever a package of others raises is its fault, and said so
        return Unusable(f"{value} cannot be loaded: {type(error).__name__}: {error}")
    if not all(callable(getattr(channel, needed, None)) for needed in ("check", "deliver")):
        kind = type(channel).__name__
        return Unusable(f"{value} gives {kind}; expected is a channel with `check` and `deliver`")
    checked: Channel = channel
    return checked
