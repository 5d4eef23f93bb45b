"""Policy: the schema of conditions: connectives, the declared facts, and the comparisons each type allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from creditrules.load.conditions import OPERATORS
from creditrules.load.dossier_names import Named
from creditrules.model.builtin_facts import ASKED_ONLY, BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue, FactDeclaration
from creditrules.model.procedure_facts import LEVEL_NAMES, PROCEDURE_FACTS
from creditrules.model.text import Text
from creditrules.policy.schema import words
from creditrules.policy.schema.forms import NULL, Schema, enumeration, with_chinese

# Names of facts have at least one dot, and no word of conditions has one.
FACT_NAME = r"^[^.\s]+(\.[^.\s]+)+$"
_HUNDREDTHS: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"}]}
_VALUES: Mapping[str, Schema] = {
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "money": _HUNDREDTHS,
    "share": _HUNDREDTHS,
    "date": {"$ref": "#/$defs/day"},
    "text": {"type": "string", "minLength": 1},
    "choice": {"type": "string", "minLength": 1},
}
_PERIOD: Schema = {"$ref": "#/$defs/period"}


def definitions(catalogue: Catalogue, *, closed: bool, procedure: bool = False) -> dict[str, Schema]:
    """Return the schema of a condition and all it refers to.

    Args:
        catalogue: its facts are what may be asked for.
        closed: refuse facts that the catalogue does not declare.
        procedure: take in the facts that only rules of procedure may ask for.
    """
    facts = facts_of(catalogue, procedure=procedure)
    condition: Schema = {"$ref": "#/$defs/condition"}
    several: Schema = {"type": "array", "items": condition, "minItems": 1}
    names = enumeration((fact.name, fact.ask) for fact in facts)
    offered: Schema = names if closed else {"anyOf": [names, {"type": "string", "pattern": FACT_NAME}]}
    named: Schema = {"$ref": "#/$defs/fact_name"}
    connectives = with_chinese(
        {
            "all": _said("all", several),
            "any": _said("any", several),
            "not": _said("not", condition),
            "exists": _said("exists", {"anyOf": [named, {"type": "array", "items": named, "minItems": 1}]}),
        }
    )
    schema: Schema = {
        "description": words.both(words.of_condition("condition")),
        "type": "object",
        "minProperties": 1,
        "properties": connectives | {fact.name: _compared(fact) for fact in facts},
        "additionalProperties": False,
    }
    if not closed:
        # A memorandum may ask for facts of its own, which the catalogue does not know yet.
        schema["patternProperties"] = {FACT_NAME: {}}
    used = {fact.type for fact in facts if fact.type != "choice"}
    compared = {f"compared_{kind}": _comparisons(kind, _VALUES[kind]) for kind in sorted(used)}
    for fact in facts:
        if fact.type == "choice":
            value: Schema = {"$ref": f"#/$defs/value_{fact.name}"}
            compared |= {f"value_{fact.name}": values_of(fact, catalogue)}
            compared |= {f"compared_{fact.name}": _comparisons("choice", value)}
    return {"condition": schema, "fact_name": offered, **compared}


def facts_of(catalogue: Catalogue, *, procedure: bool = False) -> list[FactDeclaration]:
    """Return the facts that conditions may ask for, those of the library first."""
    facts = {name: fact for name, fact in BUILTIN_FACTS.items() if name not in ASKED_ONLY}
    facts |= {name: fact for name, fact in PROCEDURE_FACTS.items() if procedure and name not in facts}
    return list((facts | dict(catalogue.facts)).values())


def values_of(fact: FactDeclaration, catalogue: Catalogue) -> Schema:
    """Return the schema of one value of a fact."""
    choices = _choices(fact, catalogue)
    if not choices:
        return _VALUES[fact.type]
    chinese = ((text.zh, Text(en=key)) for key, text in choices.items() if text.zh)
    return enumeration([*choices.items(), *chinese])


def _choices(fact: FactDeclaration, catalogue: Catalogue) -> Mapping[str, Text]:
    if fact.type != "choice" or fact.choices:
        return fact.choices
    named: Mapping[str, Mapping[str, Named]] = {
        "listing.capacity": catalogue.capacities,
        "subject.kind": catalogue.kinds,
        "target.kind": catalogue.kinds,
        "role.name": catalogue.roles,
    }
    if fact.name == "listing.list":
        return {key: kind.title for key, kind in catalogue.lists.items()}
    if fact.name == "listing.level":
        return LEVEL_NAMES
    return {key: entry.name for key, entry in named.get(fact.name, {}).items()}


def _compared(fact: FactDeclaration) -> Schema:
    kind = fact.name if fact.type == "choice" else fact.type
    return {"description": words.both(fact.ask), "$ref": f"#/$defs/compared_{kind}"}


def _comparisons(kind: str, value: Schema) -> Schema:
    many: Schema = {"type": "array", "items": value, "minItems": 1}
    keys = {word: _said(word, _operand(word, value, many)) for word in OPERATORS[kind]}
    comparison: Schema = {
        "type": "object",
        "minProperties": 1,
        "properties": with_chinese(keys),
        "additionalProperties": False,
    }
    return {"anyOf": [value, many, comparison]}


def _operand(word: str, value: Schema, many: Schema) -> Schema:
    if word in ("within", "not_older_than"):
        return _PERIOD
    return many if word == "in" else value


def _said(word: str, schema: Schema) -> Schema:
    return {"description": words.both(words.of_condition(word)), **schema}


def stated(facts: Iterable[FactDeclaration], catalogue: Catalogue) -> dict[str, Schema]:
    """Return the schemas of facts as a dossier states them: one value, an entry with its days, or several."""
    found = {}
    for fact in facts:
        value = {"$ref": "#/$defs/yes_or_no"} if fact.type == "boolean" else values_of(fact, catalogue)
        entry: Schema = {"$ref": "#/$defs/FactEntry"}
        several: Schema = {"type": "array", "items": {"anyOf": [value, entry]}}
        found[_stated(fact)] = {"anyOf": [value, entry, several]}
    return found


def places_of_facts(facts: Iterable[FactDeclaration], *, loose: bool = False) -> Schema:
    """Return the schema of the place where facts are stated; with *loose* null takes one away."""
    properties: Schema = {}
    for fact in facts:
        place: Schema = {"$ref": f"#/$defs/{_stated(fact)}"}
        place = {"anyOf": [place, NULL]} if loose else place
        properties[fact.name] = {"description": words.both(fact.ask), **place}
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": {FACT_NAME: {}},
        "additionalProperties": False,
    }


def _stated(fact: FactDeclaration) -> str:
    return f"stated_{fact.name if fact.type == 'choice' else fact.type}"
