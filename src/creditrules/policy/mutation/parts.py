"""Policy, mutation: the tests of a condition, each with how the whole reads when it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from creditrules.model.condition import ALWAYS, All, Condition, Not, Some, Test
from creditrules.policy.mutation.sites import replaced

Put = Callable[[Condition | None], Condition | None]


@frozen
class Part:
    """One test of a condition; `put(x)` is the whole with *x* in its place, `put(None)` the whole without it.

    The whole without its only test is None: nothing is left that could fail.
    """

    test: Test
    put: Put
    number: int


def parts(condition: Condition) -> Iterator[Part]:
    """Yield every test of a condition in written order."""
    for number, (test, put) in enumerate(_parts(condition, lambda new: new), 1):
        yield Part(test, put, number)


def _parts(condition: Condition, put: Put) -> Iterator[tuple[Test, Put]]:
    match condition:
        case Test():
            yield condition, put
        case Not(part):
            yield from _parts(part, lambda new: put(None if new is None else Not(new)))
        case All(inner) | Some(inner):
            for n, part in enumerate(inner):
                yield from _parts(part, _put_joined(condition, n, put))


def _put_joined(whole: All | Some, n: int, put: Put) -> Put:
    def put_part(new: Condition | None) -> Condition | None:
        left = replaced(whole.parts, n, new)
        if not left:
            return put(None)
        return put(left[0] if len(left) == 1 else type(whole)(left))

    return put_part


def or_always(condition: Condition | None) -> Condition:
    """Return a condition, or the one that always holds."""
    return ALWAYS if condition is None else condition
