"""Strict YAML: what is read, what is refused, and that everything knows its place."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from creditrules.errors import CatalogueError, FactsError, Finding
from creditrules.load.strict_yaml import Limits, locate, plain, read_yaml
from tests.support.effort import many
from tests.support.loading import underlined


def found(data: bytes | str, limits: Limits | None = None) -> list[Finding]:
    """Return what is found in a text."""
    with pytest.raises(CatalogueError) as caught:
        read_yaml(data, "f.yaml", limits)
    return list(caught.value.findings)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("n", "n"),
        ("null", None),
        ("~", None),
        ("", None),
        ("Null", "Null"),
        ("0", 0),
        ("-12", -12),
        ("+12", "+12"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1e5", "1e5"),
        (".inf", ".inf"),
        ("1.50", Decimal("1.50")),
        ("2016-12-30", date(2016, 12, 30)),
        ("2016-12", "2016-12"),
        ("2016-12-30 10:00:00", "2016-12-30 10:00:00"),
        ("'2016-12-30'", "2016-12-30"),
        ('"true"', "true"),
        ("税务总局", "税务总局"),
    ],
)
def test_an_unquoted_word_means_one_thing(text: str, value: Any) -> None:
    """Booleans, numbers, days and null have one spelling each; everything else is text."""
    node = read_yaml(f"a: {text}\n", "f.yaml").value["a"]

    assert node.value == value
    assert type(node.value) is type(value)


@pytest.mark.parametrize("key", ["yes", "no", "on", "off", "y"])
def test_words_that_other_versions_take_for_booleans_are_keys(key: str) -> None:
    """The key `on` is the key `on`."""
    assert plain(read_yaml(f"{key}: 1\n", "f.yaml")) == {key: 1}


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("a: 1\na: 2\n", "CR105", "a"),
        ("a: !!int 1\n", "CR106", "!!int 1"),
        ("a: ! b\n", "CR106", "! b"),
        ("a: !!python/object:os.system {}\n", "CR106", "!!python/object:os.system {"),
        ("a: *b\n", "CR107", "*b"),
        ("a: &b [*b]\n", "CR107", "*b"),
        ("a: &b {c: *b}\n", "CR107", "*b"),
        ("<<: {a: 1}\n", "CR108", "<<"),
        ("a: &b {c: 1}\nd:\n  <<: *b\n", "CR108", "<<"),
        ("1: a\n", "CR109", "1"),
        ("2016-12-30: a\n", "CR109", "2016-12-30"),
        ("true: a\n", "CR109", "true"),
        ("? [a, b]\n: c\n", "CR109", "[a, b]"),
        ("{a: 1}: c\n", "CR109", "{a: 1}"),
        ("a: &x b\n*x : c\n", "CR109", "*x"),
        ("a: 1\n---\nb: 1\n", "CR110", "---"),
        ("a: 2018-02-30\n", "CR113", "2018-02-30"),
        ("a: 2018-00-10\n", "CR113", "2018-00-10"),
        ("a: 0000-01-01\n", "CR113", "0000-01-01"),
        ("a: 007\n", "CR114", "007"),
        (f"a: {'9' * 5000}\n", "CR115", "9" * 5000),
        ('a: "\\0"\n', "CR112", '"\\0"'),
        ("a: b\u200bc\n", "CR112", "\u200b"),
        ("a: b\x07c\n", "CR112", "\x07"),
        ("a: b\u202ec\n", "CR112", "\u202e"),
        ("a: b\ud800c\n", "CR112", "\ud800"),
        ("a: b\x85c\n", "CR112", "\x85"),
    ],
)
def test_what_the_format_has_no_use_for_is_refused(text: str, code: str, marked: str) -> None:
    """Each surprise of YAML is a finding that underlines it."""
    (finding,) = found(text)

    assert (finding.code, underlined(finding)) == (code, marked)


def test_a_mapping_that_is_a_key_and_has_one_is_two_findings() -> None:
    """Keys that are no text are found inside one another too."""
    assert [finding.code for finding in found("? ? [a]\n  : b\n: c\n")] == ["CR109", "CR109"]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "null\n", "\ufeff"])
def test_an_empty_file_is_refused(text: str) -> None:
    """A file that says nothing is a finding, not an empty mapping."""
    assert [finding.code for finding in found(text)] == ["CR111"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: b: c\n", 1, "colon"),
        ("a: [1, 2\n", 2, "brackets"),
        ("a: {b: 1 c: 2}\n", 1, "braces"),
        ('a: "b\n', 2, "quotation mark"),
        ("- a\nb: 1\n", 2, "begins with no `-`"),
        ("a:\n\tb: 1\n", 2, "may not begin a value"),
        ("a: @b\n", 1, "may not begin a value"),
        ("a：1\nb: 2\n", 2, "colon"),
        ("a: - b\n", 1, "line of its key"),
        ("a: b\n  - c\n d: 1\n", 3, ""),
        ("a: }\n", 1, "value is missing"),
        ('a: "\\q"\n', 1, "backslash"),
        ('a: "\\xzz"\n', 1, "escape"),
        ("a: !<\n", 1, "tag"),
        ("%FOO\na: 1\n", 1, "%"),
        ("a: &\n", 1, "name"),
    ],
)
def test_what_is_not_yaml_is_explained(text: str, line: int, what: str) -> None:
    """A syntax error says in words what is wrong, why, and what to write."""
    (finding,) = found(text)

    assert (finding.code, finding.span.line) == ("CR101", line)
    assert what in finding.what("en")
    for lang in ("en", "zh"):
        assert "{" not in finding.what(lang).replace("`{…}`", "")
        assert finding.why(lang)
        assert finding.fix(lang)


def test_all_findings_of_a_file_are_reported_at_once() -> None:
    """One mistake does not hide the next."""
    text = "a: 007\na: !x b\n1: c\n<<: d\ne: 2018-02-30\n"

    codes = [(finding.span.line, finding.code) for finding in found(text)]

    assert codes == [(1, "CR114"), (2, "CR105"), (2, "CR106"), (3, "CR109"), (4, "CR108"), (5, "CR113")]


def test_a_duplicate_key_names_the_first_place() -> None:
    """The finding stands at the second key and points at the first."""
    (finding,) = found("税: 1\n目: {a: 1, b: 2, a: 3}\n")

    assert (finding.span.line, finding.span.column) == (2, 17)
    assert [(span.line, span.column) for span in finding.related] == [(2, 5)]


@pytest.mark.parametrize(
    ("data", "place", "guess"),
    [
        ("名称: 公安部".encode("gb18030"), (1, 1), "GB18030"),
        (b"a: 1\nb: " + "公安部".encode("gb18030"), (2, 4), "GB18030"),
        ("a: 1".encode("utf-16"), (1, 1), "UTF-16"),
        (b"a: \xff\xff\xff", (1, 4), ""),
    ],
)
def test_another_encoding_is_refused_at_its_first_wrong_byte(
    data: bytes, place: tuple[int, int], guess: str
) -> None:
    """Text that is not UTF-8 is never read as something else; the encoding is guessed for the fix."""
    (finding,) = found(data)

    assert finding.code == "CR100"
    assert (finding.span.line, finding.span.column) == place
    assert guess in finding.what("en")
    assert "iconv" in finding.fix("zh")


def test_a_byte_order_mark_is_tolerated() -> None:
    """What some editors write at the start of a file moves no column."""
    node = read_yaml(b"\xef\xbb\xbfa: {b: 1}\n", "f.yaml")

    assert plain(node) == {"a": {"b": 1}}
    assert node.key_spans["a"].column == 1


def test_a_file_beyond_the_limit_is_not_parsed() -> None:
    """Size is looked at first."""
    (finding,) = found(b"[" * (5 * 1024 * 1024))

    assert finding.code == "CR102"
    assert "5.0 MiB" in finding.what("en")


def test_depth_is_limited_before_anything_can_overflow() -> None:
    """A million brackets are one finding; forty levels are fine."""
    assert plain(read_yaml("[" * 40 + "]" * 40, "f.yaml"))
    for text in ("[" * 41 + "]" * 41, "[" * 1_000_000, "{a: " * 1_000_000, "- " * 1_000_000, "? " * 100_000):
        assert [finding.code for finding in found(text)] == ["CR103"]


def test_depth_is_counted_through_aliases() -> None:
    """An alias brings the depth of what it stands for."""
    text = "a: &a " + "[" * 30 + "]" * 30 + "\nb: &b " + "[" * 15 + "*a" + "]" * 15 + "\n"

    assert [finding.code for finding in found(text)] == ["CR103"]


def test_aliases_are_counted_each_time() -> None:
    """A bomb of aliases is refused quickly, and harmless aliases are read."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    start = time.perf_counter()

    assert [finding.code for finding in found(bomb)] == ["CR116"]
    assert time.perf_counter() - start < 0.5
    assert plain(read_yaml("a: &a {b: 1}\nc: [*a, *a]\n", "f.yaml"))["c"] == [{"b": 1}, {"b": 1}]


def test_a_long_list_of_values_is_counted_too() -> None:
    """The limit on values holds without aliases."""
    assert [finding.code for finding in found("- a\n" * 300, Limits(nodes=200))] == ["CR116"]


def test_a_file_full_of_mistakes_is_answered_in_good_time() -> None:
    """Findings are made as cheaply as they may be many."""
    start = time.perf_counter()

    codes = {finding.code for finding in found("".join("a: 007\n" for _ in range(20_000)))}

    assert codes == {"CR105", "CR114"}
    assert time.perf_counter() - start < 5


def test_the_family_of_the_error_is_the_callers() -> None:
    """A dossier with the same mistake raises the error of dossiers."""
    with pytest.raises(FactsError):
        read_yaml("a: 007", "f.yaml", error=FactsError)


def test_every_value_and_every_key_knows_its_place() -> None:
    """Columns count characters, from 1; the end is exclusive."""
    text = "标题: {甲: 一, 乙: [二, 三]}\n清单:\n  - 名: 某某\n    号: 12\n"
    lines = text.splitlines()
    node = read_yaml(text, "f.yaml")

    def cut(*path: str | int) -> str:
        span = locate(node, path)
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]

    assert cut("标题", "乙", 1) == "三"
    assert cut("标题", "乙") == "[二, 三]"
    assert cut("标题") == "{甲: 一, 乙: [二, 三]}"
    assert cut("清单", 0, "号") == "12"
    assert cut("清单", 0) == "名"
    assert cut("清单", 0, "号", "不存在", 7) == "12"
    assert cut("清单", 9) == "名"
    spans = node.value["清单"].value[0].key_spans
    assert {key: (span.line, span.column, span.end_column) for key, span in spans.items()} == {
        "名": (3, 5, 6),
        "号": (4, 5, 6),
    }


def test_what_runs_over_lines_is_underlined_to_the_end_of_its_first() -> None:
    """A span never leaves its line."""
    text = 'a: "one\n  two"\nb: [1,\n  2]\nc: |\n  text\n'
    node = read_yaml(text, "f.yaml")

    assert [(locate(node, [k]).column, locate(node, [k]).end_column) for k in "abc"] == [
        (4, 8),
        (4, 7),
        (4, 5),
    ]


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")), max_size=20
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | _TEXTS | st.dates(date(1000, 1, 1)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=many(300), deadline=None)
@given(st.dictionaries(_TEXTS, _VALUES, min_size=1, max_size=4), st.booleans())
def test_what_was_written_is_what_is_read(value: Any, flow: bool) -> None:
    """Any tree of texts, numbers, days, truths and nothing survives being written and read."""
    text = yaml.dump(value, Dumper=_Quoting, allow_unicode=True, default_flow_style=flow, width=10**6)

    assert plain(read_yaml(text, "f.yaml")) == value


class _Quoting(yaml.SafeDumper):
    """Writes every text in quotes, so that a text that looks like a number stays one."""


_Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def _tried(data: bytes | str) -> tuple[Finding, ...]:
    try:
        read_yaml(data, "f.yaml")
    except CatalogueError as error:
        return error.findings
    return ()


@settings(max_examples=many(500), deadline=None)
@given(st.text(st.sampled_from("ab:{}[]-,&*!|>'\"#%@`\\ \n\t0123.~?<=é中"), max_size=60))
def test_any_text_is_read_or_has_findings_inside_it(text: str) -> None:
    """No text escapes as another error, and every finding stands on a line of the file."""
    for finding in _tried(text):
        assert 1 <= finding.span.line <= text.count("\n") + 1
        assert finding.span.end_column > finding.span.column or finding.code == "CR111"


@settings(max_examples=many(300), deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_have_findings(data: bytes) -> None:
    """No bytes escape as another error."""
    for finding in _tried(data):
        assert finding.code.startswith("CR1")
