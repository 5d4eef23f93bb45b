"""JSON is read as strictly as YAML, with the place of every key and value."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from creditrules.errors import CatalogueError
from creditrules.load.json_text import NotQuick, quick_json, read_json
from creditrules.load.node import plain
from creditrules.load.yaml_tree import Limits

KEYS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=5)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**38), 10**38),
        st.floats(allow_nan=False, allow_infinity=False),
        KEYS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)


def refused(text: str, limits: Limits | None = None) -> list[tuple[str, int, int]]:
    """Return code, line and column of each finding."""
    with pytest.raises(CatalogueError) as caught:
        read_json(text, "d.json", limits)
    return [(finding.code, finding.span.line, finding.span.column) for finding in caught.value.findings]


@given(VALUES, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
@example('\U0001f600/\\"', None, True)
def test_with_and_without_places_the_values_are_the_same(value: Any, indent: Any, ascii_only: bool) -> None:
    """Both readers give what Python's own gives, decimals exact."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    expected = json.loads(text, parse_float=Decimal)

    assert quick_json(text) == expected
    assert plain(read_json(text, "d.json")) == expected


def test_every_key_and_value_knows_its_place() -> None:
    """Lines and columns count from one, columns in characters."""
    node = read_json('{"名称":\r\n\t"虚构", "b": [1, {"c": 2.5}]}', "d.json")

    inner = node.value["b"].value[1]
    assert (str(node.key_span("名称")), node.value["名称"].span.end_column) == ("d.json:1:2", 6)
    assert (str(inner.span), str(inner.value["c"].span)) == ("d.json:2:17", "d.json:2:23")


def test_escapes_of_json_are_understood() -> None:
    """Slashes and characters outside the first plane may be escaped."""
    assert plain(read_json(r'{"a": "\/\ud83d\ude00\n"}', "d.json")) == {"a": "/\U0001f600\n"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", (1, 1)),
        ("{", (1, 2)),
        ('{"a" 1}', (1, 6)),
        ('{"a": 1,}', (1, 9)),
        ("{a: 1}", (1, 2)),
        ('{"a": 1 "b": 2}', (1, 9)),
        ("[1, 2,]", (1, 7)),
        ("[1 2]", (1, 4)),
        ("[01]", (1, 3)),
        ("[NaN]", (1, 2)),
        ("[1]\n[2]", (2, 1)),
        ('["a\nb"]', (1, 4)),
        (r'["\q"]', (1, 3)),
        (r'["\u12"]', (1, 4)),
        ('["a', (1, 2)),
        ("['a']", (1, 2)),
    ],
)
def test_what_is_not_json_is_found_where_it_goes_wrong(text: str, place: tuple[int, int]) -> None:
    """One finding says where the text stops being JSON, and the quick reader refuses it as well."""
    assert refused(text) == [("CR401", *place)]
    with pytest.raises(ValueError):  # noqa: PT011
        quick_json(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"a": 1, "b": {"a": 2, "a": 3}, "b": 1}', ["CR105", "CR105"]),
        ('{"a": 1' + "0" * 60 + "}", ["CR115"]),
        ('{"a": 1.' + "0" * 60 + "}", ["CR115"]),
        ('{"a": 1e99999999999999999999}', ["CR115"]),
        ("[" * 60 + "]" * 60, ["CR103"]),
    ],
)
def test_what_yaml_may_not_do_json_may_not_do_either(text: str, codes: list[str]) -> None:
    """Repeated keys, overlong numbers and too much depth are found, and the quick reader leaves them."""
    assert [code for code, _, _ in refused(text)] == codes


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 1}', "1" * 50, "0." + "1" * 50, "1e" + "9" * 20, "[" * 200_000]
)
def test_the_quick_reader_leaves_what_has_to_be_reported(text: str) -> None:
    """What is JSON and has a finding all the same is handed on."""
    with pytest.raises(NotQuick):
        quick_json(text)


@pytest.mark.parametrize("escaped", [r"\u0000", r"\ud800", r"\u202e", "\x7f"])
def test_hidden_characters_are_found_behind_escapes(escaped: str) -> None:
    """A character nobody sees is a finding, in a key or in a value."""
    assert [code for code, _, _ in refused(f'{{"a{escaped}": "{escaped}"}}')] == ["CR112", "CR112"]


def test_the_number_of_values_is_limited() -> None:
    """A file may not hold more values than the limit."""
    assert refused("[1, 2, 3]", Limits(nodes=3)) == [("CR116", 1, 8)]
