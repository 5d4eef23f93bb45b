"""Deliver: what a page about a decision says, in one language and in order, whatever draws it."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from creditrules.deliver.names import Names, subject_name
from creditrules.deliver.plain import shown
from creditrules.deliver.view_open import AsideGroup, OpenGroup, open_groups, set_aside_groups
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision, Record, SubjectView
from creditrules.model.text import Text


@frozen
class Row:
    """One action as the page shows it."""

    number: str
    target: str
    what: str
    discretion: str
    period: str
    sources: str
    notes: tuple[str, ...] = ()


@frozen
class UnitGroup:
    """The actions of one unit, under its name and that of its local body."""

    title: str
    rows: tuple[Row, ...]


@frozen
class EndGroup:
    """How some actions end and where to object, with the numbers of those actions."""

    numbers: str
    ends_by: tuple[str, ...]
    remedy: tuple[str, ...]


@frozen
class Page:
    """Everything a page about one decision says."""

    title: str
    facts: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    units: tuple[UnitGroup, ...]
    ends: tuple[EndGroup, ...]
    open: tuple[OpenGroup, ...]
    aside: tuple[AsideGroup, ...]
    records: tuple[str, ...]
    statuses: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many actions the page shows."""
        return sum(len(group.rows) for group in self.units)


def page_of(decision: Decision, catalogue: Catalogue, lang: str, *, unit: str | None = None) -> Page:
    """Put a decision into words; with *unit*, only what concerns that unit (the numbers stay)."""
    words = Words(lang)
    names = Names(catalogue, words)
    numbers = {action.key: f"A{n}" for n, action in enumerate(decision.actions, 1)}
    actions = decision.actions if unit is None else decision.for_unit(unit)
    undetermined = decision.undetermined
    if unit is not None:
        keys = decision.unit_keys(unit)
        undetermined = tuple(u for u in undetermined if keys & set(u.units))
    return Page(
        title=words("table.title", on=decision.on),
        facts=_facts(decision, catalogue, names),
        subjects=tuple(_subject(s, names) for s in decision.subjects),
        units=_units(actions, numbers, decision, names),
        ends=_ends(actions, numbers, words),
        open=open_groups(undetermined, decision, names),
        aside=set_aside_groups(decision.set_aside, names),
        records=tuple(dict.fromkeys(_record(r, decision, names) for r in decision.records)),
        statuses=tuple(_status(s, words) for s in decision.statuses),
    )


def _facts(decision: Decision, catalogue: Catalogue, names: Names) -> tuple[tuple[str, str], ...]:
    words = names.words
    versions = words.joined((f"{m.id} {m.version}" for m in catalogue.manifests), "part")
    facts = [
        (words("table.catalogue"), f"{versions} · {decision.catalogue[:12]}"),
        (words("table.engine"), decision.engine),
        (words("table.regimes"), words.joined((names.regime(r) for r in decision.regimes), "part")),
    ]
    if decision.known is not None:
        facts.insert(0, (words("table.known"), str(decision.known)))
    return tuple((name, value) for name, value in facts if value)


def _subject(subject: SubjectView, names: Names) -> str:
    marks = (subject.code, subject.id_number, subject.region)
    parts = [shown(subject.name or subject.id), names.kind(subject.kind), *(shown(m) for m in marks if m)]
    return f"{subject.id}  " + " · ".join(parts)


def _units(
    actions: tuple[Action, ...], numbers: dict[str, str], decision: Decision, names: Names
) -> tuple[UnitGroup, ...]:
    groups: dict[str, list[Row]] = {}
    for action in actions:
        groups.setdefault(names.unit_with_local(action), []).append(
            Row(
                number=numbers[action.key],
                target=_target(action, decision, names),
                what=names.what(action.effect, action.matter),
                discretion=names.words(f"discretion.{action.discretion.value}"),
                period=period(action.since, action.until, action.review, names.words),
                sources=names.sources(action.parts),
                notes=_notes(action, names.words),
            )
        )
    return tuple(UnitGroup(title, tuple(rows)) for title, rows in groups.items())


def _notes(action: Action, words: Words) -> tuple[str, ...]:
    notes = [words.said(note) for note in action.notes]
    # The reader must not take for the document's word what only follows from the kind of measure.
    if all(part.unit_origin == "kind" for part in action.parts):
        notes.append(words("table.unit_by_kind"))
    return tuple(notes)


def _target(action: Action, decision: Decision, names: Names) -> str:
    routes = dict.fromkeys(names.route(part.route, decision) for part in action.parts)
    said = names.words.joined([r for r in routes if r], "part")
    name = subject_name(decision, action.target)
    if sum(s.name == name for s in decision.subjects) > 1:
        name += f" [{action.target}]"
    return name + (names.words("table.as", route=said) if said else "")


def period(since: date | None, until: date | None, review: date | None, words: Words) -> str:
    """Say from when until when, or by when somebody looks again."""
    start = str(since) if since else "…"
    if until is not None:
        return f"{start} – {until}"
    if review is not None:
        return words("table.review", since=start, review=review)
    return words("table.open_end", since=start)


def _ends(actions: tuple[Action, ...], numbers: dict[str, str], words: Words) -> tuple[EndGroup, ...]:
    groups: dict[tuple[tuple[Text, ...], tuple[Text, ...]], list[str]] = {}
    for action in actions:
        groups.setdefault((action.ends_by, action.remedy), []).append(numbers[action.key])
    return tuple(
        EndGroup(ranges(keys), tuple(map(words.said, ends)), tuple(map(words.said, remedy)))
        for (ends, remedy), keys in groups.items()
        if ends or remedy
    )


def ranges(numbers: list[str]) -> str:
    """Shorten numbers in printed order: A1, A2, A3, A7 become A1–A3, A7."""
    runs: list[list[int]] = []
    for n in sorted(int(number[1:]) for number in numbers):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"A{run[0]}" + (f"–A{run[-1]}" if len(run) > 1 else "") for run in runs)


def _record(record: Record, decision: Decision, names: Names) -> str:
    words = names.words
    shared = words.joined(record.shared_with)
    said = words(
        "table.record",
        whose=subject_name(decision, record.file_of),
        text=words.said(record.text),
        listing=record.listing,
        basis=record.basis,
    )
    if record.sharing_stopped is not None:
        return said + words("table.not_shared", since=record.sharing_stopped)
    return said + (words("table.shared", where=shared) if shared else "")


def _status(entry: tuple[str, str, date | None], words: Words) -> str:
    listing, status, since = entry
    said = words(f"status.{status}")
    return f"{listing}  {said}" + (words("table.since", since=since) if since else "")
