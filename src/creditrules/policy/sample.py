"""Policy: an invented case of a memorandum that passes: one firm, its legal representative, one listing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from creditrules.decide.decide import decide
from creditrules.deliver.words import Words
from creditrules.load.dossier import read_dossier
from creditrules.load.example_docs import ExampleDoc
from creditrules.model.catalogue import Catalogue, FactDeclaration, Party
from creditrules.model.condition import Op, Test, tests_in
from creditrules.model.decision import Action, Decision
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.words import Discretion

FIRM, PERSON, LISTING = "qinghe", "wang", "L1"
_TRIED = 6


def sample_case(
    memorandum: Memorandum, catalogue: Catalogue, name: str, words: Words | None = None
) -> ExampleDoc:
    """Return a file of one case: the first measure of a memorandum that is taken against an invented firm.

    Where no measure is taken on any of the days tried, the case says that somebody else is not touched. With
    *words*, kinds, roles and lists are called by their names in that language.
    """
    for on in _days(memorandum):
        given = sample_dossier(memorandum, catalogue, on, words)
        dossier = read_dossier(given, catalogue)
        decision = decide(catalogue.rulebook(on=on), dossier, engine="indexed")
        action = _first(decision, memorandum)
        if action is not None:
            return _doc(memorandum, given, name, on, {"actions": [_expected(action, memorandum, catalogue)]})
    on = next(_days(memorandum))
    given = sample_dossier(memorandum, catalogue, on, words)
    given["subjects"][1].pop("roles", None)
    return _doc(memorandum, given, name, on, {"untouched": [{"against": PERSON}]})


def _doc(memorandum: Memorandum, given: Any, name: str, on: date, expect: dict[str, Any]) -> ExampleDoc:
    case = {"name": name, "on": on, "expect": expect}
    tree = {"examples": memorandum.key, "about": memorandum.doc_no, "given": given, "cases": [case]}
    return ExampleDoc.model_validate(tree)


def _days(memorandum: Memorandum) -> Iterator[date]:
    """Yield days on which a memorandum is likely to be in force, the likeliest first."""
    begins = memorandum.since.latest if memorandum.since else date(2018, 1, 1)
    ends = memorandum.until.earliest if memorandum.until else date.max
    for after in (400, 200, 60, 1, 1200, 2400)[:_TRIED]:
        day = begins + timedelta(days=after)
        if day < ends:
            yield day
    yield begins


def sample_dossier(
    memorandum: Memorandum, catalogue: Catalogue, on: date, words: Words | None = None
) -> dict[str, Any]:
    """Return an invented dossier in which a firm stands on the list of a memorandum on a day."""
    kinds = {kind for party in _parties(memorandum, catalogue) for kind in party.kinds}
    organisations = [key for key, kind in catalogue.kinds.items() if not kind.natural]

    def called(key: str, entries: Mapping[str, Any]) -> str:
        entry = entries.get(key)
        name = None if entry is None else entry.title if entries is catalogue.lists else entry.name
        return key if words is None or name is None else words.said(name)

    natural = next((key for key, each in catalogue.kinds.items() if each.natural), "natural_person")
    kind = next((key for key in ("enterprise", *organisations) if key in kinds), natural)
    determined = on - timedelta(days=100)
    listing: dict[str, Any] = {
        "id": LISTING,
        "list": called(next(iter(sorted(memorandum.lists)), ""), catalogue.lists),
        "authority": "虚构市主管部门",
        "doc_no": "虚罚〔2018〕1号",
        "conduct": {"since": determined - timedelta(days=300), "until": determined - timedelta(days=120)},
        "determined": determined,
        "served": determined + timedelta(days=3),
        "aggregated": determined + timedelta(days=8),
        "published": determined + timedelta(days=8),
        "until": on + timedelta(days=600),
        "findings": [{"person": PERSON, "finds": "directly_responsible", "on": determined}],
        "findings_complete": True,
    }
    name = "李虚构" if kind == natural else "丹东清禾虚构贸易有限公司"
    firm: dict[str, Any] = {
        "id": FIRM,
        "kind": called(kind, catalogue.kinds),
        "name": name,
        "region": "210681",
    }
    stated = {"subject": firm, "listing": listing}
    for measure in memorandum.measures:
        for name, value in _facts(measure, catalogue):
            holder = stated.get(catalogue.facts[name].about, firm)
            holder.setdefault("facts", {}).setdefault(name, value)
    firm["listings"] = [listing]
    capacities = [party.capacity for party in _parties(memorandum, catalogue) if kind in party.kinds]
    if capacities and all(capacities):
        listing["capacity"] = capacities[0]
    role = {
        "in": FIRM,
        "role": called("legal_representative", catalogue.roles),
        "since": determined - timedelta(days=900),
    }
    person: dict[str, Any] = {"id": PERSON, "kind": called(natural, catalogue.kinds), "name": "王虚构"}
    if kind != natural:
        person["roles"] = [role]
    return {"subjects": [firm, person]}


def _parties(memorandum: Memorandum, catalogue: Catalogue) -> list[Party]:
    clauses = [*memorandum.covers, *(c for m in memorandum.measures for c in m.covers or ())]
    return [catalogue.parties[c.party] for c in clauses if c.party in catalogue.parties]


def _facts(measure: Measure, catalogue: Catalogue) -> Iterator[tuple[str, Any]]:
    """Yield facts about who is listed and about the listing, each with a value that its test passes."""
    for test in tests_in(measure.when):
        declared = catalogue.facts.get(test.path)
        if declared is not None and declared.about != "target":
            value = _passing(test, declared)
            if value is not None:
                yield test.path, value


def _passing(test: Test, declared: FactDeclaration) -> Any:
    """Return a value as a dossier writes it, with which a test holds; None where none is plain."""
    if declared.type == "boolean":
        return test.value if isinstance(test.value, bool) else True
    if test.op is Op.IN and isinstance(test.value, tuple):
        return test.value[0]
    if declared.type == "choice" and isinstance(test.value, str):
        return test.value
    if declared.type in ("integer", "money", "share") and type(test.value) is int:
        step = {Op.MORE_THAN: 1, Op.LESS_THAN: -1}.get(test.op, 0)
        scale = 1 if declared.type == "integer" else 100
        return max(test.value // scale + step, 0)
    return None


def _first(decision: Decision, memorandum: Memorandum) -> Action | None:
    """Return the action to show: by the measure that stands first, against who is listed."""
    order = [measure.key for measure in memorandum.measures]
    own = [(part, a) for a in decision.actions for part in a.parts if part.memorandum == memorandum.key]
    own.sort(key=lambda each: (each[1].target != FIRM, order.index(each[0].measure)))
    return own[0][1] if own else None


def _expected(action: Action, memorandum: Memorandum, catalogue: Catalogue) -> dict[str, Any]:
    part = next(p for p in action.parts if p.memorandum == memorandum.key)
    expected: dict[str, Any] = {
        "unit": catalogue.units.by_key[action.unit].name.zh
        if action.unit in catalogue.units.by_key
        else None,
        "measure": part.measure,
        "against": action.target,
        "since": action.since,
        "until": action.until,
    }
    if action.discretion is not Discretion.UNSTATED:
        expected["discretion"] = action.discretion.value
    cited = next((basis.cited for basis in part.bases if basis.article and basis.cited), None)
    if cited:
        expected["article"] = cited
    return {key: value for key, value in expected.items() if value is not None}
