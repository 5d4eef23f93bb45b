"""JSON Schemas of documents: complete, explained in both languages, true to what the readers take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from creditrules import load_catalogue
from creditrules.errors import CreditRulesError
from creditrules.load.doc_rules import RulesDoc
from creditrules.load.document_kinds import DOCUMENT_KINDS, SECTIONS, kind_of, reader_of
from creditrules.load.dossier_docs import FactEntryDoc
from creditrules.load.node import Node, step
from creditrules.load.shapes import fields_of, parts_of
from creditrules.load.strict_yaml import plain, read_yaml
from creditrules.policy.schema import words
from creditrules.policy.schema.documents import schema_of
from creditrules.policy.schema.files import MODELINE, as_text, file_name
from tests.support.loading import load_with
from tests.support.tree import ROOT

BAD = ROOT / "tests" / "bad"
SHIPPED = [
    ROOT / "catalogue.yaml",
    *sorted((ROOT / "memoranda").glob("*.yaml")),
    *sorted((ROOT / "rules").rglob("*.yaml")),
    *sorted((ROOT / "examples").rglob("*.yaml")),
    *sorted((ROOT / "plugins").glob("*/src/**/*.yaml")),
]
# What a schema sees without knowing the whole catalogue: unknown keys, missing ones, wrong types and days,
# words of closed lists, empty lists, comparisons that do not exist or do not fit their fact.
SEEN = {
    *("CR104", "CR120", "CR121", "CR122", "CR123", "CR124", "CR125", "CR130", "CR131", "CR132", "CR133"),
    *("CR134", "CR204", "CR205", "CR217", "CR218"),
}
# What is missing here only linking says: a unit to add to, and how far the basis of a liability was checked.
UNSEEN = {"four: {local:", "basis: {law: 税收征收管理法, article: 44}"}


CODE = re.compile(r"CR\d{3}")


@cache
def validator(kind: str) -> Draft202012Validator:
    """Return the validator of a kind of document of the shipped catalogue."""
    return Draft202012Validator(schema_of(kind, load_catalogue()))


def as_json(value: Any) -> Any:
    """Return a value as a reader of JSON would have it."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def read(path: Path) -> tuple[str, Node]:
    """Return the kind of a document and its tree."""
    node = read_yaml(path.read_bytes(), str(path))
    kind = kind_of(next(iter(node.value)))
    assert kind is not None, path
    return kind, node


def lines_with_errors(fits: Draft202012Validator, node: Node) -> set[int]:
    """Return the lines at which a schema finds a mistake, looking into the alternatives of each place."""
    return {line for error in fits.iter_errors(as_json(plain(node))) for line in _lines(error, node)}


def _lines(error: ValidationError, node: Node) -> Iterator[int]:
    place = step(node, list(error.absolute_path))
    yield place.span.line
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        yield from (place.key_span(key).line for key in error.instance if key not in known)
    for inner in error.context or ():
        yield from _lines(inner, node)


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_every_schema_is_one_of_the_dialect_it_names(kind: str) -> None:
    """Draft 2020-12, each with an identifier of its own, and no reference leads nowhere."""
    schema = schema_of(kind, load_catalogue())

    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(kind)
    referred = re.findall(r'"#/\$defs/([^"/]+)', json.dumps(schema))
    assert set(referred) <= set(schema["$defs"])
    assert set(schema["$defs"]) <= set(referred)


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_the_shipped_schemas_are_those_of_the_shipped_catalogue(kind: str) -> None:
    """`make docs` would change nothing."""
    assert (ROOT / "schemas" / file_name(kind)).read_text("utf-8") == as_text(
        schema_of(kind, load_catalogue())
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_document_fits_its_schema(path: Path) -> None:
    """What the library reads without a finding, an editor shows without a mark."""
    kind, node = read(path)

    found = [
        f"{list(e.absolute_path)}: {e.message[:200]}"
        for e in validator(kind).iter_errors(as_json(plain(node)))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["shape", "conditions", "measures", "rules"])
def test_a_schema_sees_what_is_wrong_in_the_shape_of_a_bad_document(name: str) -> None:
    """Every line whose mistake can be seen without the rest of the catalogue is marked."""
    path = BAD / "catalogue" / f"{name}.yaml"
    kind, node = read(path)
    lines = path.read_text("utf-8").splitlines()
    wrong = {n for n, line in enumerate(lines, 1) if SEEN & set(CODE.findall(line.partition(" # ")[2]))}
    fits = Draft202012Validator(schema_of(kind, load_with({})))

    missed = {n: lines[n - 1] for n in wrong - lines_with_errors(fits, node)}

    assert wrong
    assert [line for line in missed.values() if not any(known in line for known in UNSEEN)] == []


@pytest.mark.parametrize("name", ["words", "a_list"])
def test_a_schema_sees_what_is_wrong_in_the_shape_of_a_bad_dossier(name: str) -> None:
    """A dossier that is refused for its shape is marked as well."""
    path = BAD / "dossier" / f"{name}.yaml"
    try:
        node = read_yaml(path.read_bytes(), str(path))
    except CreditRulesError:
        pytest.skip("no YAML")

    assert list(validator("dossier").iter_errors(as_json(plain(node)))) != []


def test_nothing_an_author_can_write_is_left_without_a_word() -> None:
    """Every part and every key is explained in both languages, and no explanation is of nothing."""
    used = set()
    parts = {name: cls for kind in DOCUMENT_KINDS for name, cls in parts_of(reader_of(kind)).items()}
    for part, cls in (parts | {"FactEntry": FactEntryDoc}).items():
        text = words.of_part(part)
        assert "" not in (text.zh, text.en), part
        for field in fields_of(cls):
            text = words.of_key(part, field.key)
            assert "" not in (text.zh, text.en), (part, field.key)
            own = f"{part}.{field.key}"
            used |= {own, field.key} if own not in words._table()["keys"] else {own}

    # `about` and `type` are said in general for parts to come.
    assert set(words._table()["keys"]) - used <= {"about", "type"}
    assert set(words._table()["parts"]) == {*parts, "FactEntry"}


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [
        (
            "memorandum",
            {"memorandum": "m", "doc_no": "甲〔2018〕1号", "title": "题", "in_force": {}, "lists": ["x"]},
            {"备忘录": "m", "文号": "甲〔2018〕1号", "标题": "题", "效力": {}, "名单": ["x"]},
        ),
        (
            "dossier",
            {"subjects": [{"id": "a", "kind": "enterprise", "name": "虚构公司"}]},
            {"主体": [{"编号": "a", "类型": "企业", "名称": "虚构公司"}]},
        ),
    ],
)
def test_a_document_in_chinese_fits_as_one_in_english(
    kind: str, english: dict[str, Any], chinese: dict[str, Any]
) -> None:
    """Every key has its Chinese names beside it, also where it is needed."""
    for document in (english, chinese):
        assert list(validator(kind).iter_errors(document)) == []

    document = dict(chinese)
    document.pop(next(iter(list(document)[1:]), next(iter(document))))
    assert list(validator(kind).iter_errors(document)) != []


def test_an_open_name_is_offered_and_a_closed_one_demanded() -> None:
    """A unit nobody knows may be new, an effect is a mistake; `closed` takes both for mistakes."""
    measure = {"n": 1, "does": "做", "units": ["无名部"], "effect": "prohibit"}
    document = {
        "memorandum": "m",
        "doc_no": "甲〔2018〕1号",
        "title": "题",
        "in_force": {},
        "lists": ["tax-major-violations"],
        "measures": [measure],
    }
    closed = Draft202012Validator(schema_of("memorandum", load_catalogue(), closed=True))

    assert list(validator("memorandum").iter_errors(document)) == []
    assert list(closed.iter_errors(document)) != []
    measure["units"] = ["公安部"]
    assert list(closed.iter_errors(document)) == []
    measure["effect"] = "prohibbit"
    assert list(validator("memorandum").iter_errors(document)) != []


def test_the_declared_facts_are_offered_with_their_questions() -> None:
    """A condition completes the facts of the catalogue, and compares each as its type allows."""
    condition = schema_of("memorandum", load_catalogue())["$defs"]["condition"]
    asked = condition["properties"]["tax.arrears_unsecured"]

    assert "未结清" in asked["description"]
    assert "secured" in asked["description"]
    fits = validator("memorandum")
    for value, good in (({"at_least": 3}, False), (True, True), ([True, False], True), ("yes", False)):
        found = [
            *fits.evolve(schema={"$ref": "#/$defs/condition", "$defs": fits.schema["$defs"]}).iter_errors(
                {"all": [{"tax.arrears_unsecured": value}]}
            )
        ]
        assert (found == []) is good, value


@pytest.mark.parametrize(
    "path",
    [path for path in SHIPPED if "plugins" not in path.relative_to(ROOT).parts],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_every_shipped_document_names_its_schema(path: Path) -> None:
    """The first line leads an editor from the document to the schema of its kind."""
    first = path.read_text("utf-8").splitlines()[0]

    assert first.startswith(MODELINE)
    target = (path.parent / first.removeprefix(MODELINE)).resolve()
    assert target == ROOT / "schemas" / file_name(read(path)[0])
    assert target.is_file()


def test_every_section_of_the_rules_has_a_schema_of_its_own() -> None:
    """It takes a file that holds this section and no other."""
    assert (*SECTIONS, "suppress") == tuple(RulesDoc.model_fields)
    for section in SECTIONS:
        fits = Draft202012Validator(schema_of(section, load_catalogue()))
        Draft202012Validator.check_schema(fits.schema)
        empty: Any = [] if isinstance(RulesDoc().model_dump()[section], tuple) else {}
        other = "matters" if section != "matters" else "roles"
        assert list(fits.iter_errors({section: empty})) == []
        assert list(fits.iter_errors({other: {}})) != []
