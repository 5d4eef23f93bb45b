"""Policy: a case made of a real decision: its dossier, masked, and what was decided as what is expected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from creditrules.errors import FactsError, Finding, Span
from creditrules.load.example_docs import ExampleDoc
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.text import Text
from creditrules.policy.masking import Mask, shifted

_SCHEMA = "creditrules/decision/1"


@frozen
class Decided:
    """A decision as its JSON says it, and the dossier that may stand beside it in the same file."""

    data: Mapping[str, Any]
    dossier: Mapping[str, Any] | None

    @property
    def on(self) -> date:
        """The day that was decided for."""
        return date.fromisoformat(self.data["on"])


def read_decision(data: bytes, file: str) -> Decided:
    """Read the JSON of a decision, alone or as `{"decision": …, "dossier": …}`.

    Raises:
        FactsError: CR578, it is not the decision of a dossier.
    """
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        raise _no_decision(file) from None
    dossier = None
    if isinstance(tree, dict) and isinstance(tree.get("decision"), dict):
        dossier = tree.get("dossier") if isinstance(tree.get("dossier"), dict) else None
        tree = tree["decision"]
    if not isinstance(tree, dict) or tree.get("schema") != _SCHEMA or not _is_whole(tree):
        raise _no_decision(file)
    return Decided(tree, dossier)


def _is_whole(tree: dict[str, Any]) -> bool:
    lists = ("actions", "undetermined", "records", "statuses")
    try:
        date.fromisoformat(tree["on"])
    except (KeyError, TypeError, ValueError):
        return False
    return all(isinstance(tree.get(key), list) for key in lists) and isinstance(tree.get("dossier"), str)


def _no_decision(file: str) -> FactsError:
    return _error(
        file,
        "the file is not a decision as `creditrules decide --format json` writes it",
        "文件不是 `creditrules decide --format json` 所写的决定",
        "write the decision with `creditrules decide DOSSIER --on DATE --format json > decision.json`",
        "请用 `creditrules decide 卷宗 --on 日期 --format json > decision.json` 写出决定",
    )


def _error(file: str, en: str, zh: str, fix_en: str, fix_zh: str) -> FactsError:
    words = {"problem_en": en, "problem_zh": zh, "fix_en": fix_en, "fix_zh": fix_zh}
    return FactsError([Finding("CR578", Span(file), words)])


def no_dossier(file: str) -> FactsError:
    """Return the finding that a decision alone does not hold what it was made of."""
    return _error(
        file,
        "the decision alone holds no roles, listings and facts, so no case can be made of it",
        "仅凭决定不能生成案例：其中没有职务、列入和事实",
        "give its dossier as well: creditrules example from DECISION.json DOSSIER.yaml OUT.examples.yaml",
        "请同时给出作出该决定的卷宗：creditrules example from DECISION.json DOSSIER.yaml OUT.examples.yaml",
    )


def check_same(decided: Decided, dossier: Dossier, file: str) -> None:
    """Say so when a dossier is not the one a decision was made of.

    Raises:
        FactsError: CR578, their digests differ.
    """
    made_of, given = decided.data["dossier"][:12], dossier.digest[:12]
    if made_of != given:
        raise _error(
            file,
            f"the decision was made of another dossier ({made_of}…, not {given}…)",
            f"该决定所依据的是另一份卷宗（{made_of}…，而不是 {given}…）",
            "give the dossier as it was when it was decided, or decide again",
            "请给出作出决定时的卷宗，或者重新作出决定",
        )


def case_of(
    decided: Decided,
    tree: dict[str, Any],
    catalogue: Catalogue,
    dossier: Dossier,
    *,
    name: str,
    mask: bool,
    days: int,
) -> ExampleDoc:
    """Return a file of one case.

    Args:
        decided: what was decided.
        tree: the dossier as written, its keys in English.
        catalogue: says which subjects are natural persons.
        dossier: the dossier as read.
        name: the name of the case.
        mask: put invented names and numbers in place of the real ones.
        days: move all days by this number.
    """
    labels: Mapping[str, str] = {}
    if mask:
        natural = {key: catalogue.is_natural(subject.kind) for key, subject in dossier.subjects.items()}
        masked = Mask(natural)
        tree, labels = masked.dossier(tree), masked.labels
    data = decided.data
    main = _memorandum(data) or next(iter(sorted(catalogue.memoranda)), "")
    case: dict[str, Any] = {
        "name": name,
        "on": decided.on,
        "expect": _expected(data, labels, main, catalogue),
    }
    if data.get("known"):
        case["known"] = date.fromisoformat(data["known"])
    if any(part.get("checked") == "recalled" for action in data["actions"] for part in action["parts"]):
        case["recalled"] = True
    whole = {"given": tree, "cases": [case]}
    whole = shifted(whole, days) if days else whole
    about = catalogue.memoranda[main].doc_no if main in catalogue.memoranda else ""
    return ExampleDoc.model_validate({"examples": main, "about": about, **whole})


def _memorandum(data: Mapping[str, Any]) -> str | None:
    """Return the memorandum that most of a decision rests on."""
    named = Counter(part["memorandum"] for action in data["actions"] for part in action["parts"])
    named = named or Counter(point["memorandum"] for point in data["undetermined"])
    return min(named, key=lambda key: (-named[key], key)) if named else None


def _expected(
    data: Mapping[str, Any], labels: Mapping[str, str], main: str, catalogue: Catalogue
) -> dict[str, Any]:
    def called(label: str) -> str:
        return labels.get(label, label)

    def measure(of: Mapping[str, Any]) -> str:
        key = of["measure"]
        return key if of["memorandum"] == main else f"{of['memorandum']}#{key}"

    units = catalogue.units.by_key
    actions = []
    for action in data["actions"]:
        first, *others = action["parts"]
        entry = {
            "unit": units[action["unit"]].name.zh if action["unit"] in units else action["unit"],
            "measure": measure(first),
            "against": called(action["target"]),
            "effect": action["effect"],
            "matter": action["matter"],
            "discretion": action["discretion"],
            **{key: action[key] for key in ("since", "until", "review") if action[key]},
            "local": action["local"] or "",
            "reasons": [measure(part) for part in others],
        }
        actions.append({key: value for key, value in entry.items() if value not in (None, [])})
    undetermined = [
        {
            "measure": measure(point),
            "against": called(point["target"]),
            "what": point["what"],
            "asks": [ask["fact"] for ask in point["asks"]],
        }
        for point in data["undetermined"]
        if "@" not in point["measure"]
    ]
    records = [
        {
            "file_of": called(record["file_of"]),
            "listing": called(record["listing"]),
            **({"sharing_stopped": record["sharing_stopped"]} if record["sharing_stopped"] else {}),
        }
        for record in data["records"]
    ]
    return {
        "actions": actions,
        "nothing_else": True,
        "undetermined": _once(undetermined),
        "records": _once(records),
        "status": {called(each["listing"]): each["status"] for each in data["statuses"]},
    }


def _once(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for n, entry in enumerate(entries) if entry not in entries[:n]]


def differences_now(doc: ExampleDoc, catalogue: Catalogue) -> tuple[Text, ...]:
    """Return where the catalogue decides the case otherwise than was decided; none: it passes."""
    from creditrules.load.example_docs import read_examples
    from creditrules.policy.examples import examples_of, run
    from creditrules.policy.sheet_yaml import to_yaml

    file = "case.examples.yaml"
    example, *_ = examples_of(read_examples(to_yaml(doc), file), file)
    outcome = run(example, catalogue)
    return tuple(difference.text for difference in outcome.differences)
