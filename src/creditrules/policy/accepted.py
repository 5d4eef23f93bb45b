"""Policy: the expectation of a day rewritten to what was decided: only entries that differ change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditrules.load.expectation_docs import ExpectedAction
from creditrules.model.decision import Action, Undetermined
from creditrules.policy.accepted_others import others_accepted
from creditrules.policy.action_match import fields_of, is_about, is_meant
from creditrules.policy.comparison import Comparison
from creditrules.policy.reasons import lacking, why_not_decided, why_not_trees
from creditrules.policy.sections import Raw, Sections, add, put, written_in
from creditrules.policy.yaml_edits import Entry

_WHO = ("measure", "against")
_LISTS = ("cites", "reasons")


def accepted(written: Mapping[str, Any], compared: Comparison) -> dict[str, Any]:
    """Return an expectation as written, its lists as `Entry`, changed to what a decision says.

    What was expected and is not decided becomes what is: an open point, somebody untouched, or what was set
    aside; what was forbidden and is decided becomes expected.
    """
    sections: Sections = {
        key: [Entry(each, n) for n, each in enumerate(value)]
        for key, value in written.items()
        if isinstance(value, list)
    }
    for rewrite in (_actions, _forbidden, _unexpected, _untouched, _why_not, _open, others_accepted):
        rewrite(sections, compared)
    new: dict[str, Any] = {key: sections.get(key, value) for key, value in written.items()}
    new |= {key: entries for key, entries in sections.items() if key not in new}
    status = {listing: status for listing, status, _ in compared.decision.statuses}
    if "status" in written:
        new["status"] = {key: status[key] for key in written["status"] if key in status}
    return {key: value for key, value in new.items() if value not in ([], {})}


def _actions(sections: Sections, compared: Comparison) -> None:
    kept = []
    for entry, wanted in zip(sections.get("actions", ()), compared.expect.actions, strict=True):
        found = [a for a in compared.decision.actions if is_meant(compared, a, wanted)]
        near = [a for a in compared.decision.actions if is_about(compared, a, wanted)]
        if found:
            gap = lacking((compared.decision.why(a) for a in found), wanted.because)
            kept.append(_without_words(entry, gap))
        elif near:
            kept.append(Entry(_adjusted(entry.value, near, wanted, compared), entry.old))
        else:
            moved = _elsewhere(entry.value, wanted, compared)
            kept += [Entry(moved, entry.old)] if moved else []
            if moved is None:
                _instead(sections, wanted, entry.value, compared)
    put(sections, "actions", kept)


def _without_words(entry: Entry, gap: tuple[str, ...], instead: tuple[str, ...] = ()) -> Entry:
    if not gap:
        return entry
    left = [word for word in entry.value["because"] if word not in gap] or list(instead)
    raw = {key: value for key, value in entry.value.items() if key != "because" or left}
    return Entry({**raw, **({"because": left} if left else {})}, entry.old)


def _adjusted(raw: Raw, near: list[Action], wanted: ExpectedAction, compared: Comparison) -> Raw:
    """Return an entry with the fields of the action that comes nearest to it."""
    action = min(near, key=lambda each: len(list(fields_of(compared, each, wanted))))
    new = dict(raw)
    for name, expected, got in fields_of(compared, action, wanted):
        if name in _LISTS:
            left = [each for each in new.get(name, ()) if str(each) != expected]
            new[name] = left or None
        elif name == "article":
            new[name] = _article(compared, action, new)
        else:
            new[name] = "" if name == "local" and got is None else getattr(got, "value", got)
    return {key: value for key, value in new.items() if value is not None}


def _article(compared: Comparison, action: Action, raw: Raw) -> str | None:
    """Return an article that an action rests on, of a law that the entry names when it names any."""
    parts = [p for p in action.parts if compared.names(p.memorandum, p.measure, raw.get("measure"))]
    bases = [basis for part in parts for basis in part.bases]
    cites = raw.get("cites") or ()
    meant = [b for b in bases if any(cite in str(b) for cite in cites)] or bases
    said = (b.cited or (f"第{b.article}条" if b.article else "") for b in meant)
    # A memorandum is a basis of its measures too, but has no articles.
    return next((each for each in said if each.startswith("第")), None)


def _elsewhere(raw: Raw, wanted: ExpectedAction, compared: Comparison) -> Raw | None:
    """Return an entry under the unit that does what another one was expected to do."""
    if wanted.unit is None:
        return None
    anybody = wanted.model_copy(update={"unit": None})
    found = [a for a in compared.decision.actions if is_meant(compared, a, anybody)]
    return {**raw, "unit": _unit(compared, found[0])} if found else None


def _unit(compared: Comparison, action: Action) -> str:
    return compared.book.catalogue.units.by_key[action.unit].name.zh


def _instead(sections: Sections, wanted: ExpectedAction, raw: Raw, compared: Comparison) -> None:
    """Expect what the decision says of a measure that is not taken."""
    if wanted.measure is None:
        add(sections, "not", raw)
        return
    pair = {key: raw[key] for key in _WHO}
    decision = compared.decision
    opened = [u for u in decision.undetermined if _concerns(compared, u, wanted)]
    for point in opened:
        add(sections, "undetermined", {**pair, **_asked(point)})
    gone = [s for s in decision.set_aside if compared.names(s.memorandum, s.measure or "", wanted.measure)]
    taken = any(a.target == wanted.against and compared.rests_on(a, wanted.measure) for a in decision.actions)
    if taken:
        add(
            sections,
            "not",
            {k: v for k, v in raw.items() if k in ("unit", "measure", "against", "effect", "matter")},
        )
    elif not opened:
        add(sections, "untouched", pair)
        for reason in dict.fromkeys(s.reason for s in gone):
            add(sections, "set_aside", {"measure": raw["measure"], "reason": reason})


def _concerns(compared: Comparison, point: Undetermined, wanted: ExpectedAction) -> bool:
    return point.target == wanted.against and compared.names(point.memorandum, point.measure, wanted.measure)


def _asked(point: Undetermined) -> Raw:
    asks = [ask.fact for ask in point.asks]
    return {"what": point.what, **({"asks": asks} if asks else {})}


def _forbidden(sections: Sections, compared: Comparison) -> None:
    kept = []
    for entry, unwanted in zip(written_in(sections, "not"), compared.expect.not_, strict=True):
        found = [a for a in compared.decision.actions if is_meant(compared, a, unwanted)]
        trees = (compared.decision.why(action) for action in found)
        if found and not (unwanted.because and lacking(trees, unwanted.because)):
            add(sections, "actions", entry.value)
        else:
            kept.append(entry)
    put(sections, "not", kept)


def _unexpected(sections: Sections, compared: Comparison) -> None:
    if compared.expect.nothing_else:
        wanted = [ExpectedAction.model_validate(entry.value) for entry in sections.get("actions", ())]
        for action in compared.decision.actions:
            if not any(is_meant(compared, action, each) for each in wanted):
                add(sections, "actions", _said(compared, action))


def _said(compared: Comparison, action: Action) -> Raw:
    """Write an action as an example would."""
    part = action.parts[0]
    is_own = part.memorandum == compared.memorandum
    measure = part.measure if is_own else f"{part.memorandum}#{part.measure}"
    said = {"measure": measure, "against": action.target, "unit": _unit(compared, action)}
    matter = {} if action.matter is None else {"matter": action.matter}
    return {**said, "effect": action.effect, **matter}


def _untouched(sections: Sections, compared: Comparison) -> None:
    kept, decision = [], compared.decision
    for entry, spared in zip(written_in(sections, "untouched"), compared.expect.untouched, strict=True):
        acts = [
            a for a in decision.actions if a.target == spared.against and compared.rests_on(a, spared.measure)
        ]
        points = [
            u
            for u in decision.undetermined
            if u.target == spared.against
            and compared.names(u.memorandum, u.measure, spared.measure)
            and (spared.measure or "@" not in u.measure)
        ]
        for action in acts:
            add(sections, "actions", _said(compared, action))
        for point in points:
            add(sections, "undetermined", {**_pair(compared, point), **_asked(point)})
        kept += [] if acts or points else [entry]
    put(sections, "untouched", kept)


def _pair(compared: Comparison, point: Undetermined) -> Raw:
    is_own = point.memorandum == compared.memorandum
    measure = point.measure if is_own else f"{point.memorandum}#{point.measure}"
    return {"measure": measure, "against": point.target}


def _why_not(sections: Sections, compared: Comparison) -> None:
    kept = []
    for entry, absent in zip(written_in(sections, "why_not"), compared.expect.why_not, strict=True):
        wanted = ExpectedAction(unit=absent.unit, measure=absent.measure, against=absent.against)
        trees = list(why_not_trees(compared, absent.measure, absent.against, absent.unit))
        if any(is_about(compared, action, wanted) for action in compared.decision.actions):
            add(sections, "actions", {k: v for k, v in entry.value.items() if k != "because"})
        elif trees:
            why = why_not_decided(compared, absent.measure, absent.against, absent.unit)
            kept.append(_without_words(entry, lacking(trees, absent.because), tuple(w.zh for w in why[:1])))
    put(sections, "why_not", kept)


def _open(sections: Sections, compared: Comparison) -> None:
    kept = []
    for entry, point in zip(written_in(sections, "undetermined"), compared.expect.undetermined, strict=True):
        wanted = ExpectedAction(measure=point.measure, against=point.against)
        there = [u for u in compared.decision.undetermined if _concerns(compared, u, wanted)]
        if any(_is_open(u, point.what, point.asks) for u in there):
            kept.append(entry)
        elif there:
            now = _asked(there[0])
            stated = {k: now.get(k, v) for k, v in entry.value.items() if k in (*_WHO, *now)}
            kept.append(Entry(stated if len(stated) > len(_WHO) else {**stated, **now}, entry.old))
        else:
            acts = [a for a in compared.decision.actions if is_about(compared, a, wanted)]
            for action in acts:
                add(sections, "actions", _said(compared, action))
            if not acts:
                _instead(sections, wanted, entry.value, compared)
    put(sections, "undetermined", kept)


def _is_open(found: Undetermined, what: str | None, asks: tuple[str, ...]) -> bool:
    return what in (None, found.what) and set(asks) <= {ask.fact for ask in found.asks}
