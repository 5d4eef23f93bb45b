"""Laws of reading dossiers that hold for everything a program or a file may hand over."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from creditrules.errors import FactsError, Finding
from creditrules.load.dossier import read_dossier, read_dossier_text
from creditrules.load.dossier_aliases import KEYS
from creditrules.model.dossier import Dossier
from tests.support.catalogue import FACTS, KINDS, LISTS, ROLES, small_catalogue
from tests.support.effort import many

CATALOGUE = small_catalogue()
DAYS = st.dates().map(str)
NAMES = st.sampled_from([name for names in KEYS.values() for name in names])
WORDS = st.sampled_from(
    [
        *KINDS,
        *LISTS,
        *ROLES,
        *(fact.name for fact in FACTS),
        "a",
        "b",
        "upheld",
        "granted",
        "responsible",
        "是",
        "否",
    ]
)
# What a program might hand over by mistake as well.
STRANGE = st.one_of(
    st.binary(max_size=3), st.datetimes(), st.floats(), st.dates(), st.sets(st.integers(), max_size=2)
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    DAYS,
    WORDS,
)
GARBAGE = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(NAMES, WORDS, st.text(max_size=5)), inner, max_size=6),
    ),
    max_leaves=25,
)
ODD = st.dictionaries(
    st.one_of(NAMES, st.integers(), st.none(), st.booleans()), st.one_of(GARBAGE, STRANGE), max_size=4
)


@st.composite
def nearly(draw: st.DrawFn) -> dict[str, Any]:
    """Return something close to a dossier: the right keys at the right places, with any values."""
    fields = {
        "subject": ["id", "kind", "name", "code", "id_number", "region", "facts", "roles", "listings"],
        "listing": [
            "id",
            "list",
            "determined",
            "served",
            "until",
            "conduct",
            "findings",
            "objections",
            "repairs",
            "facts",
        ],
    }

    def entry(part: str, **inner: Any) -> dict[str, Any]:
        values = st.one_of(SCALARS, GARBAGE)
        return draw(st.fixed_dictionaries({}, optional=dict.fromkeys(fields[part], values))) | inner

    listings = [
        entry("listing", id=draw(WORDS), list=draw(st.sampled_from([*LISTS])))
        for _ in range(draw(st.integers(0, 2)))
    ]
    facts = draw(st.dictionaries(st.sampled_from([fact.name for fact in FACTS]), GARBAGE, max_size=3))
    subject = entry(
        "subject", id=draw(WORDS), kind=draw(st.sampled_from([*KINDS])), listings=listings, facts=facts
    )
    return {"subjects": [subject, *draw(st.lists(GARBAGE, max_size=1))]}


def outcome(read: Any, *args: Any) -> Dossier | tuple[Finding, ...]:
    """Return what reading gives: a dossier, or the findings."""
    try:
        dossier: Dossier = read(*args)
    except FactsError as error:
        return error.findings or pytest.fail("an error without findings")
    return dossier


@given(st.one_of(ODD, GARBAGE.map(lambda value: {"subjects": value}), nearly()))
@settings(max_examples=many(400), deadline=None)
@example(
    {"subjects": [{"id": "a", "kind": "enterprise", "name": "虚构", "facts": {"tax.arrears": float("inf")}}]}
)
@example({"subjects": [{"id": "a", "kind": "enterprise", "name": "虚构", "facts": {"tax.arrears": 1e300}}]})
def test_any_mapping_gives_a_dossier_or_findings(tree: dict[Any, Any]) -> None:
    """Nothing but a dossier or findings comes out, and every finding can be shown in both languages."""
    result = outcome(read_dossier, tree, CATALOGUE)

    for finding in () if isinstance(result, Dossier) else result:
        for lang in ("en", "zh"):
            assert (finding.what(lang) + finding.why(lang) + finding.fix(lang)).encode()


@given(st.one_of(st.text(), st.binary(), st.text().map(lambda text: "{" + text), GARBAGE.map(json.dumps)))
@settings(max_examples=many(400), deadline=None)
@example('{"subjects": ' + "[" * 100_000)
@example('{"a": 1' + "0" * 5000 + "}")
@example('{"a": 1e99999999999999999999}')
@example('{"a": NaN}')
@example('{"a": "\\ud800"}')
@example('{"a": "\\u12"}')
@example('{"a": "\t"}')
def test_any_text_gives_a_dossier_or_findings(text: str | bytes) -> None:
    """A text that is neither YAML nor JSON, or both, raises nothing but findings, as a .json file too."""
    outcome(read_dossier_text, text, CATALOGUE)
    outcome(read_dossier_text, text, CATALOGUE, "stream.json")


@given(nearly())
@settings(max_examples=many(300), deadline=None)
def test_a_mapping_and_its_json_say_the_same(tree: dict[str, Any]) -> None:
    """Written as JSON and read again, a mapping gives the same dossier or the same codes."""
    direct = _codes_or_dossier(outcome(read_dossier, tree, CATALOGUE))
    from_json = _codes_or_dossier(outcome(read_dossier_text, json.dumps(tree), CATALOGUE, "d.json"))

    # A text with a hidden character or an overlong number is not read any further.
    assert direct == from_json or (isinstance(from_json, list) and {"CR112", "CR115"}.issuperset(from_json))


def _codes_or_dossier(result: Dossier | tuple[Finding, ...]) -> Dossier | list[str]:
    return result if isinstance(result, Dossier) else sorted(finding.code for finding in result)


@st.composite
def sound(draw: st.DrawFn) -> dict[str, Any]:
    """Return a dossier without findings: two firms, persons with roles, listings with their course."""
    day = st.dates(date(2015, 1, 1), date(2030, 1, 1))
    some = st.sampled_from

    def fields(**optional: Any) -> dict[str, Any]:
        return draw(st.fixed_dictionaries({}, optional=optional))

    def listing(number: int) -> dict[str, Any]:
        determined = draw(day)
        later = st.integers(0, 900).map(lambda days: str(determined + timedelta(days)))
        repair = {"decided": draw(later), "outcome": draw(some(["granted", "refused"]))}
        return fields(
            served=st.one_of(later, st.just(False)),
            aggregated=st.one_of(later, st.just(False)),
            until=later,
            conduct=some([str(determined), {"since": "2014-01-01", "until": "2014-12-31"}, {}]),
            capacity=some(["procurement_supplier", "政府采购供应商"]),
            findings=st.lists(some([{"person": "p0", "finds": "responsible"}]), max_size=2),
            repairs=st.just([repair]),
            facts=st.just({"case.grade": "严重", "case.closed_on": str(determined)}),
            recorded=day.map(str),
        ) | {"id": f"L{number}", "list": draw(some([*LISTS])), "determined": str(determined)}

    firms = [
        fields(
            region=some(["210681", "210600"]),
            facts=st.just(
                {
                    "tax.arrears": [
                        {"value": "1.50", "recorded": "2018-01-01"},
                        {"value": draw(st.integers(0, 9))},
                    ]
                }
            ),
        )
        | {
            "id": f"f{i}",
            "kind": "enterprise",
            "name": "虚构公司",
            "listings": [listing(2 * i), listing(2 * i + 1)],
        }
        for i in range(2)
    ]
    roles = [
        {"in": f"f{i}", "role": role} | fields(confirmed=st.booleans(), since=day.map(str))
        for i, role in enumerate(["supervisor", "监事"])
    ]
    return {"subjects": [*firms, {"id": "p0", "kind": "自然人", "name": "王虚构", "roles": roles}]}


@given(sound())
@settings(max_examples=many(200), deadline=None)
def test_a_sound_dossier_is_the_same_from_a_mapping_from_json_and_from_yaml(tree: dict[str, Any]) -> None:
    """A dossier without mistakes has no findings, and one content is one dossier with one digest."""
    dossier = read_dossier(tree, CATALOGUE)

    text = yaml.safe_dump(tree, allow_unicode=True)
    assert read_dossier_text(json.dumps(tree), CATALOGUE) == dossier
    assert read_dossier_text(text, CATALOGUE) == dossier
    assert all(
        listing.span and listing.span.line > 1 for listing in read_dossier_text(text, CATALOGUE).listings
    )


@given(st.permutations(["id", "kind", "name", "facts", "listings"]), st.booleans())
def test_the_order_of_keys_changes_nothing(order: list[str], as_yaml: bool) -> None:
    """However the keys stand, dossier and digest are the same."""
    listing = {"id": "L1", "list": "judgment-defaulters", "determined": "2018-06-01"}
    facts = {"tax.cases": 2, "tax.arrears": "10.50", "holding.name": "虚构"}
    subject = {"id": "a", "kind": "enterprise", "name": "虚构", "facts": facts, "listings": [listing]}
    turned = {key: subject[key] for key in order}
    tree = {"subjects": [turned]}

    text = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True) if as_yaml else json.dumps(tree)

    assert read_dossier_text(text, CATALOGUE) == read_dossier({"subjects": [subject]}, CATALOGUE)
