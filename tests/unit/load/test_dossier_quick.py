"""A dossier read quickly says what pydantic would have read, and whatever is odd is left to pydantic."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from creditrules.load import dossier_docs as docs
from creditrules.load import dossier_quick as quick
from creditrules.load.dossier_aliases import names_of
from creditrules.load.dossier_quick import NotPlain, Shape, quick_dossier, quick_entry
from creditrules.load.strict_yaml import plain, read_yaml
from tests.support.effort import many
from tests.support.tree import ROOT

PAIRS: dict[type[BaseModel], Shape] = {
    docs.FactEntryDoc: quick.ENTRY,
    docs.ConductDoc: quick.CONDUCT,
    docs.RoleDoc: quick.ROLE,
    docs.ResponsibilityDoc: quick.RESPONSIBILITY,
    docs.ObjectionDoc: quick.OBJECTION,
    docs.RepairDoc: quick.REPAIR,
    docs.EventDoc: quick.EVENT,
    docs.ListingDoc: quick.LISTING,
    docs.SubjectDoc: quick.SUBJECT,
    docs.DossierDoc: quick.DOSSIER,
}
FILES = sorted((ROOT / "examples" / "dossiers").glob("*.yaml"))


def _values(read: Any) -> Any:
    """Return what a document holds as plain values, whoever read it."""
    match read:
        case BaseModel() | SimpleNamespace():
            return {key: _values(value) for key, value in vars(read).items()}
        case tuple():
            return tuple(_values(each) for each in read)
        case _:
            return read, type(read)


def _both(tree: Any, doc: type[BaseModel], read: Any) -> tuple[Any, Any]:
    """Return what pydantic and the quick way read; None where they refuse."""
    try:
        slow = _values(doc.model_validate(tree))
    except ValidationError:
        slow = None
    try:
        fast = _values(read(tree))
    except NotPlain:
        fast = None
    return slow, fast


def test_every_class_has_a_table() -> None:
    """A class that is added is added to the quick way too."""
    classes = {c for c in vars(docs).values() if isinstance(c, type) and issubclass(c, docs._Doc)}

    assert classes - {docs._Doc} == set(PAIRS)


@pytest.mark.parametrize(("doc", "shape"), PAIRS.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_table_has_the_fields_of_its_class(doc: type[BaseModel], shape: Shape) -> None:
    """Names, what is required, and what stands for the rest are the same."""
    fields = doc.model_fields

    assert set(shape.fields) == set(fields)
    assert shape.required == {key for key, field in fields.items() if field.is_required()}
    assert shape.defaults == {key: f.default for key, f in fields.items() if not f.is_required()}
    assert set(shape.by_name) == {name for key in fields for name in names_of(key)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_example_dossiers_are_read_quickly(file: Path) -> None:
    """What is well written never needs pydantic, and is read the same."""
    slow, fast = _both(plain(read_yaml(file.read_bytes(), file.name)), docs.DossierDoc, quick_dossier)

    assert fast is not None
    assert fast == slow


# Each with what may stand under it, rightly or nearly so.
_DAYS = st.sampled_from(["2018-06-01", "2018-06-31", "2018-6-1", None, False, 5, "", "否"])
_TEXTS = st.sampled_from(["a", " a ", "", 7, None, True, ["a"], "是"])
_ANSWERS = st.sampled_from([True, False, "是", "否", None, "yes", 1])
_OUTCOMES = st.sampled_from(["upheld", "成立", "granted", "同意", "pending", None, True, ["upheld"]])
_FINDS = st.sampled_from(["responsible", "直接责任", "guilty", None])
_ANY = st.one_of(_DAYS, _TEXTS, _ANSWERS, _OUTCOMES, _FINDS, st.just({}), st.just([]), st.just({"a": 1}))


def _mapping(shape: Shape, inner: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings that have what is required and some of the rest, under any of their names."""

    def values(field: str) -> st.SearchStrategy[Any]:
        like = {
            "finds": _FINDS,
            "outcome": _OUTCOMES,
            **dict.fromkeys(("confirmed", "suspends", "publishable", "findings_complete"), _ANSWERS),
            **dict.fromkeys(("id", "kind", "name", "list", "role", "organisation", "person"), st.just("a")),
            **dict.fromkeys(("authority", "doc_no", "source", "code", "id_number", "region"), _TEXTS),
            "facts": st.sampled_from([{}, {"a": 1}, None, []]),
            "value": _ANY,
            **inner,
        }.get(field, _DAYS)
        return st.one_of(like, like, like, _ANY)

    pairs = [
        st.tuples(st.sampled_from(names_of(field)), values(field)).map(lambda pair: [pair])
        if field in shape.required
        else st.one_of(
            st.just([]), st.tuples(st.sampled_from(names_of(field)), values(field)).map(lambda p: [p])
        )
        for field in shape.fields
    ]
    extra = st.one_of(
        *[st.just([])] * 12, st.tuples(st.sampled_from(["x", "organisation", "自"]), _ANY).map(lambda p: [p])
    )
    return st.tuples(*pairs, extra).map(lambda parts: dict(pair for part in parts for pair in part))


def _some(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(of, max_size=2)


_LISTINGS = _mapping(
    quick.LISTING,
    {
        "conduct": st.one_of(_DAYS, _mapping(quick.CONDUCT, {})),
        "findings": _some(_mapping(quick.RESPONSIBILITY, {})),
        "objections": _some(_mapping(quick.OBJECTION, {})),
        "repairs": _some(_mapping(quick.REPAIR, {})),
    },
)
_SUBJECTS = _mapping(quick.SUBJECT, {"roles": _some(_mapping(quick.ROLE, {})), "listings": _some(_LISTINGS)})


@settings(max_examples=many(300), deadline=None)
@given(
    st.one_of(
        st.tuples(st.just(docs.FactEntryDoc), _mapping(quick.ENTRY, {})),
        st.tuples(st.just(docs.ConductDoc), _mapping(quick.CONDUCT, {})),
        st.tuples(st.just(docs.RoleDoc), _mapping(quick.ROLE, {})),
        st.tuples(st.just(docs.ObjectionDoc), _mapping(quick.OBJECTION, {})),
        st.tuples(st.just(docs.ResponsibilityDoc), _mapping(quick.RESPONSIBILITY, {})),
        st.tuples(st.just(docs.RepairDoc), _mapping(quick.REPAIR, {})),
        st.tuples(st.just(docs.ListingDoc), _LISTINGS),
        st.tuples(st.just(docs.SubjectDoc), _SUBJECTS),
        st.tuples(st.just(docs.DossierDoc), st.fixed_dictionaries({"主体": _some(_SUBJECTS)})),
    )
)
def test_both_ways_read_the_same_or_refuse(case: tuple[type[BaseModel], Any]) -> None:
    """For what is right, nearly right and wrong: the same values, or none from either."""
    doc, tree = case

    slow, fast = _both(tree, doc, lambda given: quick._plainly(PAIRS[doc], given))

    assert fast == slow


@pytest.mark.parametrize(
    "tree", [None, [], "a", {"subjects": None}, {"subjects": {}}, {}, {"subjects": ["a"]}]
)
def test_what_is_no_dossier_is_left_to_pydantic(tree: Any) -> None:
    """The quick way never says what is wrong."""
    with pytest.raises(NotPlain):
        quick_dossier(tree)


def test_a_field_given_under_two_names_is_left_to_pydantic() -> None:
    """Which of the two counts is not for the quick way to say."""
    with pytest.raises(NotPlain):
        quick_entry({"value": 1, "since": "2018-06-01", "自": "2018-06-01"})


def test_a_decision_from_the_cache_imports_neither_pydantic_nor_what_reads_catalogues() -> None:
    """The second run of a program pays for what it uses."""
    program = (
        "import sys; from datetime import date; from creditrules import *;"
        "c = load_catalogue();"
        f"d = read_dossier({str(FILES[0])!r}, c);"
        "decide(c.rulebook(on=date(2018, 12, 20)), d);"
        "print({'pydantic', 'rich', 'structlog', 'creditrules.load.catalogue'} & set(sys.modules))"
    )
    said = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True) for _ in range(2)]

    assert [run.stderr for run in said] == ["", ""]
    assert said[1].stdout.strip() == "set()"
