"""Desk: the difference between the pushes a case should have and those it has, as steps. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from creditrules.desk.chart import OUTSTANDING, PushEvent, PushState
from creditrules.desk.wanted import Wanted

_GONE = frozenset({PushState.LIFTED, PushState.WITHDRAWN, PushState.LIFTING})
_DECLINED = frozenset({PushState.RETURNED, PushState.NOT_APPLICABLE})


@frozen
class Step:
    """One step: a push to be made (`held` is None), or an event of one the case has."""

    event: PushEvent | None
    wanted: Wanted | None
    held: Any = None

    @property
    def target(self) -> str:
        """Whom it is about."""
        return str((self.wanted or self.held).target)

    @property
    def address(self) -> str:
        """Who is written to: the local body, else the unit."""
        whom = self.wanted or self.held
        return str(whom.local or whom.unit)


def steps(wanted: Mapping[str, Wanted], held: Iterable[Any]) -> list[Step]:
    """Return what has to be done, pushes of the case in their order first, then new ones by their action.

    Args:
        wanted: what the case should have, by `identity`.
        held: the pushes it has.
    """
    found: list[Step] = []
    known: set[str] = set()
    for push in held:
        mine = identity(push.action, push.target_index)
        known.add(mine)
        event = _event(wanted.get(mine), push)
        if event is not None:
            found.append(Step(event, wanted.get(mine), push))
    new = sorted(wanted.keys() - known, key=lambda key: wanted[key].action)
    return found + [Step(None, wanted[key]) for key in new]


def identity(action: str, index: str) -> str:
    """Return what makes a push this one: its action, with the index of the person in the place of the label.

    Two dossiers may give one label to two persons, or two labels to one.
    """
    unit, _, rest = action.split(":", 2)
    return f"{unit}:{index}:{rest}"


def _event(wanted: Wanted | None, push: Any) -> PushEvent | None:
    """Return what happens to a push, None when it stands as it is."""
    state = PushState(push.state)
    if wanted is None:
        if state in _DECLINED:
            return PushEvent.WITHDRAW
        return PushEvent.ORDER_LIFT if state in OUTSTANDING and state is not PushState.LIFTING else None
    if state in _GONE:
        return PushEvent.REISSUE
    if push.body == wanted.body:
        return None
    # Who declined what was pushed before is asked again about what is pushed now.
    return PushEvent.REISSUE if state in _DECLINED else PushEvent.ORDER_CHANGE
