"""Policy: what a changed condition means: a threshold moved, a part more or less, or another one."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.decide import phrases
from creditrules.model.condition import ALWAYS, All, Condition, Not, Some, Test
from creditrules.policy.diff.changes import Altered, Change, Gained, Lost, Place
from creditrules.policy.diff.speaking import Speaker


def condition_changes(
    place: Place, aspect: str, before: Condition, after: Condition, old: Speaker, new: Speaker
) -> Iterator[Change]:
    """Yield the changes between two conditions: of single tests where the rest is as it was, else whole."""
    moved = _moved(before, after)
    if moved is None:
        yield from _parts(place, aspect, before, after, old, new)
        return
    for was, now in moved:
        yield from _of_test(_at(place, now), was, now, old, new)


def _moved(before: Condition, after: Condition) -> list[tuple[Test, Test]] | None:
    """Return the tests that differ when both conditions are built alike, None when they are not."""
    if before == after:
        return []
    match before, after:
        case (All(a), All(b)) | (Some(a), Some(b)) if len(a) == len(b):
            found: list[tuple[Test, Test]] = []
            for one, other in zip(a, b, strict=True):
                inner = _moved(one, other)
                if inner is None:
                    return None
                found += inner
            return found
        case Not(a), Not(b):
            return _moved(a, b)
        case Test(path, _, _), Test(other_path, _, _) if path == other_path:
            return [(before, after)]
    return None


def _parts(
    place: Place, aspect: str, before: Condition, after: Condition, old: Speaker, new: Speaker
) -> Iterator[Change]:
    was, now = _flat(before), _flat(after)
    gone = [part for part in was if part not in now]
    come = [part for part in now if part not in was]
    kept = len(was) - len(gone)
    if was and now and not kept and not _related(gone, come):
        yield Altered(_at(place, after), aspect, old.condition(before), new.condition(after))
        return
    for part in list(gone):
        other = next((c for c in come if _moved(part, c)), None)
        if other is not None:
            gone.remove(part)
            come.remove(other)
            for one, two in _moved(part, other) or ():
                yield from _of_test(_at(place, two), one, two, old, new)
    for part in gone:
        yield Lost(place, aspect, old.condition(part))
    for part in come:
        yield Gained(_at(place, part), aspect, new.condition(part))


def _related(gone: list[Condition], come: list[Condition]) -> bool:
    return any(_moved(one, other) for one in gone for other in come)


def _of_test(place: Place, was: Test, now: Test, old: Speaker, new: Speaker) -> Iterator[Change]:
    about = phrases.fact_name(now.path, new.catalogue)
    before, after = phrases.compared(was, old.catalogue), phrases.compared(now, new.catalogue)
    yield Altered(place, "threshold" if was.op is now.op else "comparison", before, after, about)


def _flat(condition: Condition) -> list[Condition]:
    if condition == ALWAYS:
        return []
    return list(condition.parts) if isinstance(condition, All) else [condition]


def _at(place: Place, condition: Condition) -> Place:
    span = getattr(condition, "span", None)
    return evolve(place, span=span) if span is not None else place
