"""Policy: the JSON Schema of a kind of document, made from the classes that read it and from a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from creditrules.load import dossier_docs
from creditrules.load.document_kinds import SECTIONS, reader_of
from creditrules.load.shapes import (
    Choice,
    Either,
    Field,
    Keyed,
    Many,
    Nothing,
    Part,
    Plain,
    Shape,
    fields_of,
    part_name,
    parts_of,
)
from creditrules.model.catalogue import Catalogue
from creditrules.model.event_names import EVENT_NAMES
from creditrules.policy.schema import words
from creditrules.policy.schema.conditions import definitions, places_of_facts, stated
from creditrules.policy.schema.forms import NULL, STRING, Schema, choice, enumeration, forms
from creditrules.policy.schema.vocabularies import Vocabularies

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_CONDITIONS = frozenset({"when", "applies"})
# One of these keys must be there: what the classes themselves check after reading.
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "Reach": ("role", "any_role", "organisation_of"),
    "UnitPart": ("lead", "assist"),
    "Measure": ("n", "key"),
    "Case": ("expect", "timeline"),
}
_EVENTS = {kind.value: text for kind, text in EVENT_NAMES.items()}


def schema_of(kind: str, catalogue: Catalogue, *, closed: bool = False) -> Schema:
    """Return the schema of a kind of document.

    Args:
        kind: one of `DOCUMENT_KINDS`, or one of `SECTIONS` for a file of rules that holds this section alone.
        catalogue: its keys and names are offered where documents use them.
        closed: refuse every name that the catalogue does not hold, also those that new documents bring.
    """
    return _Maker(kind, Vocabularies(catalogue, closed)).made()


class _Maker:
    """Gathers what one schema refers to while it is made."""

    def __init__(self, kind: str, vocabularies: Vocabularies) -> None:
        self.section = kind if kind in SECTIONS else None
        self.kind = kind = "rules" if self.section else kind
        self.vocabularies = vocabularies
        self.root = reader_of(kind)
        self.parts = dict(parts_of(self.root))
        if kind in ("dossier", "examples"):
            self.parts |= {**parts_of(dossier_docs.DossierDoc), **parts_of(dossier_docs.FactEntryDoc)}
        self.used: dict[str, None] = {}
        self.keyed: dict[str, Schema] = {}

    def made(self) -> Schema:
        """Return the whole schema."""
        catalogue = self.vocabularies.catalogue
        parts = {name: self._part(name, cls, loose=False) for name, cls in self.parts.items()}
        if self.kind == "examples":
            # What a case changes need not be whole, and null takes away.
            parts |= {
                f"Changed{name}": self._part(name, cls, loose=True)
                for name, cls in parts_of(dossier_docs.DossierDoc).items()
            }
        defs = parts | self.keyed | forms()
        if self.kind in ("dossier", "examples"):
            facts = catalogue.facts.values()
            of_listing = [fact for fact in facts if fact.about == "listing"]
            others = [fact for fact in facts if fact.about != "listing"]
            for about, stating in (("Subject", others), ("Listing", of_listing)):
                defs |= stated(stating, catalogue)
                defs[f"facts_{about}"] = places_of_facts(stating)
                defs[f"facts_Changed{about}"] = places_of_facts(stating, loose=True)
        else:
            closed = self.vocabularies.closed
            defs |= definitions(catalogue, closed=closed, procedure=self.kind == "rules")
        defs |= {f"word_{name}": self._vocabulary(name) for name in self.used}
        root = part_name(self.root)
        if self.section:
            defs[root] = _only(self.section, defs[root], fields_of(self.root))
        return {
            "$schema": DIALECT,
            "$id": f"urn:creditrules:schema:{self.section or self.kind}",
            "$comment": ", ".join(f"{m.id} {m.version}" for m in catalogue.manifests),
            "title": words.both(words.of_document(self.kind)).replace("\n", " · "),
            "$ref": f"#/$defs/{root}",
            "$defs": _reached(root, defs),
        }

    def _part(self, name: str, cls: Any, *, loose: bool) -> Schema:
        fields = fields_of(cls)
        properties: Schema = {}
        for field in fields:
            schema = self._property(name, field, loose)
            place = f"#/$defs/{'Changed' if loose else ''}{name}/properties/{field.key}"
            properties |= {field.key: schema, **{other: {"$ref": place} for other in field.names[1:]}}
        made: Schema = {"description": words.both(words.of_part(name)), "type": "object"}
        made |= {"properties": properties, "additionalProperties": False}
        if name == "Rules":
            made["minProperties"] = 1
        needed = [] if loose else list(self._needed(name, fields))
        return made | ({"allOf": needed} if needed else {})

    def _needed(self, part: str, fields: tuple[Field, ...]) -> Iterator[Schema]:
        """Yield what must be there; any of its names will do."""
        for field in fields:
            if field.is_required:
                yield _any_of(field.names)
        if part in _ONE_OF:
            names = [name for field in fields if field.key in _ONE_OF[part] for name in field.names]
            yield _any_of(tuple(names))
        if part == "Fact":
            spelled = {field.key: field.names for field in fields}
            chosen = [
                {"properties": {name: {"enum": ["choice", "选项"]}}, "required": [name]}
                for name in spelled["type"]
            ]
            yield {"if": {"anyOf": chosen}, "then": _any_of(spelled["choices"])}

    def _property(self, part: str, field: Field, loose: bool) -> Schema:
        said = words.of_key(part, field.key)
        title = " · ".join((*field.names[1:2], field.key))
        schema = self._special(part, field, loose) or self._shape(part, field.key, field.shape, loose)
        if loose and "anyOf" not in schema:
            schema = {"anyOf": [schema, NULL]}
        return {"title": title, "description": words.both(said), **schema}

    def _special(self, part: str, field: Field, loose: bool) -> Schema | None:
        """Return the schema of what the classes leave open and linking settles."""
        key = field.key
        if key in _CONDITIONS and field.shape == Plain("any"):
            condition: Schema = {"$ref": "#/$defs/condition"}
            # An exception that always holds would silence its measure.
            return condition if part == "Exempt" else {"anyOf": [condition, NULL]}
        if key == "facts" and part in ("Subject", "Listing"):
            return _ref(f"facts_{'Changed' if loose else ''}{part}")
        if key == "given":
            return {"anyOf": [{"$ref": "#/$defs/Dossier"}, STRING, NULL]}
        if key == "change":
            return {"$ref": "#/$defs/ChangedDossier"}
        if key == "mechanism":
            known = ("information_sharing", "feedback", "removal")
            offered = dict.fromkeys(known, STRING)
            return {"type": "object", "properties": offered, "additionalProperties": STRING}
        return None

    def _shape(self, part: str, key: str, shape: Shape, loose: bool) -> Schema:
        match shape:
            case Plain(name):
                vocabulary = self.vocabularies.used_by(part, key)
                return (
                    self._word(vocabulary)
                    if vocabulary and name in ("string", "label", "free")
                    else _ref(name)
                )
            case Choice():
                return choice(shape, _EVENTS if "prior_notice" in shape.words else None)
            case Part(name, short):
                whole = _ref(f"Changed{name}" if loose else name)
                return {"anyOf": [self._short(name), whole]} if short else whole
            case Keyed(of):
                return self._keyed(part, key, self._shape(part, key, of, loose))
            case Many(of, least, single):
                entry = self._shape(part, key, of, loose)
                many: Schema = {"type": "array", "items": entry} | ({"minItems": least} if least else {})
                return {"anyOf": [entry, many]} if single else many
            case Either(options):
                return {"anyOf": [self._shape(part, key, option, loose) for option in options]}
            case Nothing():
                return NULL

    def _short(self, part: str) -> Schema:
        """Return the schema of a text that stands for a whole part."""
        return self._word("reached" if part == "Reach" else "units")

    def _keyed(self, part: str, key: str, entry: Schema) -> Schema:
        naming = self.vocabularies.naming(part, key)
        if naming is None:
            return {"type": "object", "additionalProperties": entry}
        self.keyed[f"keyed_{naming}"] = entry
        each = _ref(f"keyed_{naming}")
        known = self.vocabularies.entries(naming)
        rest: Any = False if self.vocabularies.is_closed(naming) else each
        self.keyed[f"by_{naming}"] = {
            "type": "object",
            "properties": {name: {"description": words.both(text), **each} for name, text in known},
            "additionalProperties": rest,
        }
        return _ref(f"by_{naming}")

    def _word(self, vocabulary: str) -> Schema:
        self.used[vocabulary] = None
        return _ref(f"word_{vocabulary}")

    def _vocabulary(self, name: str) -> Schema:
        entries = self.vocabularies.entries(name)
        if not entries:
            return STRING
        offered = enumeration(entries)
        return offered if self.vocabularies.is_closed(name) else {"anyOf": [offered, _ref("label")]}


def _only(section: str, rules: Schema, fields: tuple[Field, ...]) -> Schema:
    """Return the schema of a file of rules that holds one section."""
    names = next(field.names for field in fields if field.key == section)
    beside = next(field.names for field in fields if field.key == "suppress")
    kept = {name: rules["properties"][name] for name in (*names, *beside)}
    return {**rules, "properties": kept, "allOf": [_any_of(names)]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _any_of(names: tuple[str, ...]) -> Schema:
    return {"required": [names[0]]} if len(names) == 1 else {"anyOf": [{"required": [n]} for n in names]}


def _reached(root: str, defs: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the definitions that a schema refers to, in their order."""
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _refs(defs[name])
    return {name: schema for name, schema in defs.items() if name in seen}


def _refs(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        if isinstance(place := schema.get("$ref"), str):
            yield place.split("/")[2]
        for inner in schema.values():
            yield from _refs(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _refs(inner)
