"""Formatting: what comes out says the same, keeps its comments, and is laid out already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from creditrules import Catalogue, FolderSource, load_catalogue
from creditrules.errors import CatalogueError, UsageError
from creditrules.load.strict_yaml import plain, read_yaml
from creditrules.policy.formatting.documents import formatted
from creditrules.policy.formatting.files import documents_at, format_file
from tests.support.effort import many
from tests.support.tree import ROOT

SHIPPED = [path for name in ("memoranda", "rules", "examples") for path in documents_at(ROOT / name)]
HEAD = "memorandum: m\ndoc_no: 甲〔2018〕1号\ntitle: 题\nin_force: {since: 2018-01}\nlists: [x]\n"


def laid_out(text: str) -> str:
    """Return a memorandum laid out, its head left away."""
    result = formatted((HEAD + text).encode(), "m.yaml")
    assert result.startswith(HEAD)
    return result.removeprefix(HEAD)


def values(text: str) -> Any:
    """Return what a text says."""
    return plain(read_yaml(text, "x.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_shipped_document_says_the_same_laid_out(path: Path) -> None:
    """Same values, same comments as ruamel.yaml counts them, and nothing left to do a second time."""
    before = path.read_text("utf-8")

    after = formatted(before.encode(), path.name)

    assert values(after) == values(before)
    assert sorted(comments(after)) == sorted(comments(before))
    assert formatted(after.encode(), path.name) == after


def comments(text: str) -> list[str]:
    """Return the comments of a text by its lines, for texts in which no value holds a mark of one."""
    return [line[line.index("#") :].strip() for line in text.splitlines() if line.lstrip().startswith("#")]


def test_the_shipped_catalogue_is_the_same_laid_out(tmp_path: Path) -> None:
    """Every measure, list, unit and rule of the model is equal before and after."""
    for name in ("memoranda", "rules"):
        for path in documents_at(ROOT / name):
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(formatted(path.read_bytes(), str(path)), "utf-8")
    for name in ("catalogue.yaml", "rules/statutes.csv"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())

    before, after = load_catalogue(), load_catalogue(FolderSource(tmp_path))

    assert of_no_place(after) == of_no_place(before)


def of_no_place(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue without what names its files."""
    somewhere = tuple(evolve(s, within="") for s in catalogue.suppressions)
    return evolve(catalogue, digest="", notes=(), suppressions=somewhere, compiler=None)


# Rule of the layout → a part of a memorandum as somebody wrote it, and laid out.
CASES = {
    "order and indentation": ("measures:\n- does: 做\n  n:   1\n", "measures:\n  - n: 1\n    does: 做\n"),
    "order inside brackets": ("measures: [ {does: 做 ,n: 1} ]\n", "measures: [{n: 1, does: 做}]\n"),
    "short texts on one line": (
        "measures:\n  - n: 1\n    does:\n      zh: 做\n      en: Act\n",
        "measures:\n  - n: 1\n    does: {zh: 做, en: Act}\n",
    ),
    "commas outside brackets": (
        "measures:\n  - n: 1\n    does:\n      zh: 做\n      en: Act, or not\n",
        "measures:\n  - n: 1\n    does:\n      zh: 做\n      en: Act, or not\n",
    ),
    "Chinese unescaped": ('note: "\\u5907\\u6ce8"\n', "note: 备注\n"),
    "quotes that are needed": ('note: "a: b"\n', 'note: "a: b"\n'),
    "words that others read as yes": ("note: 'on'\n", "note: 'on'\n"),
    "Chinese keys": ("measures:\n  - 内容: 做\n    序号: 1\n", "measures:\n  - 序号: 1\n    内容: 做\n"),
    "comments": (
        "measures:\n  # 甲\n  - does: 做 # 乙\n    # 丙\n    n: 1\n    # 丁\n  - n: 2\n    does: 又\n# 戊\n",
        "measures:\n  # 甲\n  # 丙\n  - n: 1\n    does: 做 # 乙\n    # 丁\n  - n: 2\n    does: 又\n# 戊\n",
    ),
    "blank lines": ("\n\n\nnote: 一\n\n\nchecked: verified\n", "\nchecked: verified\n\nnote: 一\n"),
    "folded texts": ("note: >-\n    一\n    二\n\nsources: []\n", "note: >-\n  一\n  二\n\nsources: []\n"),
    "comments inside brackets": (
        "sources: [{id: a, url: b}, # 一\n  {id: c}]\n",
        "sources: [{id: a, url: b}, # 一\n          {id: c}]\n",
    ),
    "an author's line breaks inside brackets": (
        f"sources:\n  - {{id: a, url: b,\n     title: {'题' * 40}}}\n",
        f"sources:\n  - {{id: a, url: b,\n     title: {'题' * 40}}}\n",
    ),
    "brackets broken without need": ("sources: [{id: a},\n   {id: b}]\n", "sources: [{id: a}, {id: b}]\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_is_laid_out(name: str) -> None:
    """Each rule of the layout, once."""
    written, expected = CASES[name]

    assert laid_out(written) == expected


def test_the_authors_order_counts_where_names_are_free() -> None:
    """The entries of a coverage clause, of conditions and of facts stay as they were put."""
    text = "covers: {natural_person: [self], enterprise: [self]}\n"
    text += "measures:\n  - n: 1\n    does: 做\n    when: {b.x: true, a.x: 1}\n"

    assert laid_out(text) == text


def test_an_alias_never_comes_before_its_anchor() -> None:
    """Where the order of keys would turn them round, the author's order stays."""
    text = "measures:\n  - does: &does 做\n    n: 1\n    note: *does\n    heading: *does\n"

    assert values(HEAD + laid_out(text)) == values(HEAD + text)


def test_windows_line_ends_and_a_byte_order_mark_go() -> None:
    """Every document ends its lines alike."""
    text = (HEAD + "note: 备注\n").replace("\n", "\r\n")

    assert formatted(b"\xef\xbb\xbf" + text.encode(), "m.yaml") == HEAD + "note: 备注\n"


def test_a_file_with_syntax_findings_is_left_alone(tmp_path: Path) -> None:
    """What cannot be read cannot be laid out; the finding says where."""
    path = tmp_path / "m.yaml"
    path.write_text(HEAD + "note: [\n", "utf-8")

    made = format_file(path, named=True)

    assert made is not None
    assert [finding.code for finding in made.findings] != []
    assert not made.is_changed
    with pytest.raises(CatalogueError):
        formatted(path.read_bytes(), str(path))


def test_what_is_no_document_is_left_alone(tmp_path: Path) -> None:
    """A file of another program is passed over in a folder, and refused when it is named."""
    path = tmp_path / "compose.yaml"
    path.write_text("services: {}\n", "utf-8")

    named = format_file(path, named=True)

    assert format_file(path, named=False) is None
    assert named is not None
    assert [finding.code for finding in named.findings] == ["CR581"]


def test_json_stays_json(tmp_path: Path) -> None:
    """A dossier in JSON is YAML too, and is not made into what is no JSON any more."""
    path = tmp_path / "d.json"
    path.write_text('{"subjects": []}', "utf-8")

    made = format_file(path, named=True)

    assert made is not None
    assert [finding.code for finding in made.findings] == ["CR581"]
    assert list(documents_at(tmp_path)) == []


@pytest.mark.parametrize("text", ["? note\n: 备注\n", "note: |2\n    深\n  浅\n"])
def test_what_cannot_be_laid_out_safely_is_refused(text: str) -> None:
    """A way of writing that the layout does not know is told, never guessed at."""
    with pytest.raises(UsageError) as refused:
        laid_out(text)

    assert [finding.code for finding in refused.value.findings] == ["CR582"]


# ---- documents written by a careless hand ----

WORDS = st.text("abc 甲乙丙:#'\"-,[]{}&*!|>%@?0123\u3000é", min_size=1, max_size=12)
SCALARS = st.one_of(
    WORDS.map(str.strip).filter(bool), st.integers(1, 99), st.booleans(), st.just("2018-01-01"), st.just("是")
)
KEYS = st.sampled_from(
    ["n", "does", "note", "effect", "序号", "units", "zh", "en", "x.y", "丙", "when", "key"]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
COMMENTS = st.sampled_from(["# 一", "#二", "# key: value", "# - a"])


@st.composite
def scribbled(draw: st.DrawFn) -> str:
    """Return a memorandum whose last part is written in an arbitrary style, with comments anywhere."""
    tree = draw(st.lists(st.dictionaries(KEYS, TREES, min_size=1, max_size=4), min_size=1, max_size=3))
    return HEAD + "measures:" + _block(draw, tree, 0)


def _block(draw: st.DrawFn, value: Any, indent: int) -> str:
    """Write a value behind a colon or a dash."""
    if not isinstance(value, list | dict):
        return " " + _scalar(draw, value, flow=False) + _trailing(draw) + "\n"
    if draw(st.booleans()) and draw(st.booleans()):
        return " " + _flow(draw, value) + _trailing(draw) + "\n"
    room = " " * (indent + draw(st.integers(1, 4)))
    text = _trailing(draw) + "\n"
    for name in value:
        text += _own_line(draw, len(room))
        start = f"{room}-" if isinstance(value, list) else f"{room}{name}:"
        inner = name if isinstance(value, list) else value[name]
        text += start + _block(draw, inner, len(room))
    return text


def _flow(draw: st.DrawFn, value: Any) -> str:
    room = draw(st.sampled_from(["", " ", "  "]))
    if isinstance(value, list):
        return f"[{room}{f',{room} '.join(_flow(draw, inner) for inner in value)}{room}]"
    if isinstance(value, dict):
        entries = [f"{key}: {_flow(draw, inner)}" for key, inner in value.items()]
        return f"{{{room}{f' {room},  '.join(entries)}{room}}}"
    return _scalar(draw, value, flow=True)


def _scalar(draw: st.DrawFn, value: Any, *, flow: bool) -> str:
    if not isinstance(value, str):
        return str(value).lower()
    plain_word = value.isalpha() and value.isascii()
    style = draw(
        st.sampled_from(["plain", "single", "double", "escaped"] if plain_word else ["single", "double"])
    )
    if style == "plain":
        return value
    if style == "single":
        return "'" + value.replace("'", "''") + "'"
    written = value.replace("\\", "\\\\").replace('"', '\\"')
    if style == "escaped":
        written = "".join(f"\\u{ord(c):04x}" if ord(c) > 127 else c for c in written)
    return f'"{written}"'


def _trailing(draw: st.DrawFn) -> str:
    return " " + draw(COMMENTS) if draw(st.integers(0, 4)) == 0 else ""


def _own_line(draw: st.DrawFn, indent: int) -> str:
    room = " " * max(0, indent + draw(st.integers(-2, 2)))
    return draw(st.sampled_from(["", "", "", "\n", "\n\n\n", f"{room}{draw(COMMENTS)}\n"]))


@settings(max_examples=many(150), deadline=None)
@given(scribbled())
def test_whatever_was_written_says_the_same_laid_out_and_stays_so(text: str) -> None:
    """Values and comments survive any style, and a second run finds nothing to do."""
    before = values(text)

    after = formatted(text.encode(), "m.yaml")

    assert values(after) == before
    assert text.count("# 一") == after.count("# 一")
    assert text.count("#二") == after.count("#二")
    assert formatted(after.encode(), "m.yaml") == after


def test_without_the_reader_the_author_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """CR579 names the package, and no file is touched."""
    monkeypatch.setattr("creditrules.policy.formatting.syntax.find_spec", lambda name: None)

    with pytest.raises(UsageError) as refused:
        laid_out("note: 备注\n")

    assert [finding.code for finding in refused.value.findings] == ["CR579"]
    assert "creditrules[policy]" in refused.value.findings[0].fix("en")
