"""Deliver: what a page about a decision says, in one language and in order, whatever draws it."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from creditrules.deliver.names import Names, subject_name
from creditrules.deliver.plain import shown
from creditrules.deliver.view_actions import UnitGroup, unit_groups
from creditrules.deliver.view_open import AsideGroup, OpenGroup, open_groups, set_aside_groups
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision, LeadsTo, Record, SubjectView
from creditrules.model.text import Text
from creditrules.model.words import Checked


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
    notes: tuple[str, ...]
    ends: tuple[EndGroup, ...]
    open: tuple[OpenGroup, ...]
    aside: tuple[AsideGroup, ...]
    records: tuple[str, ...]
    statuses: tuple[str, ...]
    leads_to: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many actions the page shows."""
        return sum(len(row.targets) for group in self.units for row in group.rows)


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
    units, notes = unit_groups(actions, numbers, decision, names)
    return Page(
        title=words("table.title", on=decision.on),
        facts=_facts(decision, catalogue, names),
        subjects=tuple(_subject(s, names) for s in decision.subjects),
        units=units,
        notes=notes,
        ends=_ends(actions, numbers, words),
        open=open_groups(undetermined, decision, names),
        aside=set_aside_groups(decision.set_aside, names),
        records=tuple(dict.fromkeys(_record(r, decision, names) for r in decision.records)),
        statuses=tuple(_status(s, words) for s in decision.statuses),
        leads_to=tuple(_leads_to(item, decision, names) for item in decision.leads_to),
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


def _leads_to(item: LeadsTo, decision: Decision, names: Names) -> str:
    words = names.words
    said = words(
        "table.leads_to_line",
        listing=item.listing,
        who=subject_name(decision, item.subject),
        list=names.list(item.list) if item.list else words("table.own_field"),
        because=words.said(item.because),
    )
    return (
        said
        + _says_so(item.by, names)
        + (words("table.recalled") if item.checked is Checked.RECALLED else "")
    )


def _says_so(by: str, names: Names) -> str:
    """Name the measure that leads to a list; a list is told by its listing."""
    memorandum, _, measure = by.partition("#")
    if not measure:
        return ""
    numbers = names.numbers(memorandum, [measure])
    cited = names.words("table.cited", document=names.document(memorandum), n=numbers)
    return names.words("show.in_brackets", text=cited)
