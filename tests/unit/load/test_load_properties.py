"""Laws of loading that hold for any document, however broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from creditrules.errors import CatalogueError, Finding
from creditrules.load.strict_yaml import plain, read_yaml
from tests.support.effort import many
from tests.support.loading import load_with, small_texts

FILES = {name: plain(read_yaml(data, name)) for name, data in small_texts().items() if name.endswith(".yaml")}
ODD: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        1.5,
        10**20,
        "",
        "x",
        "自身",
        "self",
        "2018-02-30",
        "2016-12",
        "any",
        "tax",
        "tax-major",
    ),
    *([], {}, [None], [[]], [{}], {"a": 1}, {"zh": None}, {"all": []}, {"not": {}}, {"state": "verified"}),
    *({"any": [{"tax.cases": {"at_least": []}}]}, {"years": 0}, ["公安部", "公安部"], {"enterprise": "self"}),
]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from _paths(part, (*path, key))


PLACES = [(name, path) for name, tree in sorted(FILES.items()) for path in _paths(tree) if path]


def _changed(tree: Any, path: tuple[Any, ...], value: Any, how: str) -> Any:
    key, rest = path[0], path[1:]
    copy = tree.copy()
    if rest:
        copy[key] = _changed(tree[key], rest, value, how)
    elif how == "remove":
        del copy[key]
    elif how == "rename" and isinstance(copy, dict):
        copy["依据" if value is None else str(value)] = copy.pop(key)
    elif how == "repeat" and isinstance(copy, list):
        copy.append(copy[key])
    else:
        copy[key] = value
    return copy


def _findings(files: dict[str, Any]) -> tuple[Finding, ...]:
    texts = {
        name: yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        for name, tree in files.items()
    }
    try:
        return load_with(texts).notes
    except CatalogueError as error:
        return error.findings


@settings(max_examples=many(150), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PLACES),
            st.sampled_from(ODD),
            st.sampled_from(["put", "remove", "rename", "repeat"]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_broken_document_has_findings_and_no_other_error(changes: list[Any]) -> None:
    """Whatever stands where, loading answers with a catalogue or with findings that can be shown."""
    files = dict(FILES)
    for (name, path), value, how in changes:
        try:
            files[name] = _changed(files[name], path, value, how)
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier change took the place away

    for finding in _findings(files):
        assert not re.search(r"\{[a-z_]+\}", finding.what("en") + finding.fix("zh")) or "{" in str(
            finding.words
        )
        assert finding.what("zh") != finding.code
        assert finding.span.column <= len(finding.excerpt) + 1
