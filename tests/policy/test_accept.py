"""Expectations rewritten to what was decided: only entries that differ change, and every comment stays."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from creditrules.load.node import plain
from creditrules.load.strict_yaml import read_yaml
from creditrules.policy.accept import Accepted, accept, write_whole
from creditrules.policy.examples import examples_in, run
from creditrules.policy.rulebooks import Rulebooks
from creditrules.policy.yaml_edits import Edit, Entry, edited, edits_of, flow
from tests.policy.test_examples import FILE
from tests.policy.test_procedure_examples import FILE as PROCEDURE
from tests.support.examples import shipped

BLOCK = """
      # about actions
      actions:
        - {measure: "9", against: jia, until: 2021-01-01,   # the end
           discretion: may}
        # a comment that stays
        - {measure: "9", against: yi}
        - measure: 1
          against: jia  # kept
          unit: 财政部
        - {measure: "26", against: jia}
      not: [{measure: "9", against: jia}, {measure: "2", against: jia}]
      untouched: [{measure: "9", against: yi}]
      status: {L1: repaired} # status
      why_not:
        - {measure: "2", against: jia, because: [监事, 自然人]}
  # the last line"""


def accepted(tmp_path: Path, text: str) -> Accepted:
    """Accept every case of a file, and see that each then passes."""
    path = tmp_path / "one.examples.yaml"
    path.write_bytes(text.encode("utf-8"))
    made = accept(path, range(len(examples_in(path))), Rulebooks(shipped()), "indexed")
    path.write_bytes(made.after.encode("utf-8"))
    for example in examples_in(path):
        assert example.name in made.left or run(example, shipped(), "indexed").passed, made.after
    return made


def changed(made: Accepted) -> list[str]:
    """Return the lines that were taken away and added, without their blanks."""
    return [line[0] + line[1:].strip() for line in made.diff[2:] if line[0] in "+-" and line[1:].strip()]


def test_only_what_differs_changes_and_comments_stay(tmp_path: Path) -> None:
    """Each entry becomes what was decided; every other character of the file is as it was."""
    made = accepted(tmp_path, FILE.replace(" EXPECT", BLOCK))

    assert changed(made) == [
        '-- {measure: "9", against: jia, until: 2021-01-01,   # the end',
        "-discretion: may}",
        '+- {measure: "9", against: jia, until: 2020-06-20,   # the end',
        "+discretion: must}",
        '-- {measure: "9", against: yi}',
        "-unit: 财政部",
        '-- {measure: "26", against: jia}',
        '-not: [{measure: "9", against: jia}, {measure: "2", against: jia}]',
        '-untouched: [{measure: "9", against: yi}]',
        "-status: {L1: repaired} # status",
        "+unit: 国家税务总局",
        '+- {measure: "9", against: jia}',
        '+not: [{measure: "2", against: jia}]',
        '+untouched: [{measure: "26", against: jia}]',
        "+status: {L1: active} # status",
        '-- {measure: "2", against: jia, because: [监事, 自然人]}',
        '+- {measure: "2", against: jia, because: [自然人]}',
        "+undetermined:",
        '+- {measure: "9", against: yi, what: fact, asks: [role.confirmed]}',
        "+set_aside:",
        '+- {measure: "26", reason: unseen}',
    ]
    comments = (
        "# about actions",
        "# the end",
        "# a comment that stays",
        "# kept",
        "# status",
        "# the last line",
    )
    assert [comment for comment in comments if comment not in made.after] == []
    assert (made.names, made.left) == (("the case",), ())


def test_what_is_accepted_once_changes_no_more(tmp_path: Path) -> None:
    """The second time there is nothing to rewrite."""
    made = accepted(tmp_path, FILE.replace(" EXPECT", BLOCK))

    assert accepted(tmp_path, made.after).diff == []


@pytest.mark.parametrize(
    ("expect", "after"),
    [
        ("{status: {L1: expired}}", "{status: {L1: active}}"),
        ("{untouched: [{against: jia, measure: 9}], nothing_else: false}", None),
        (
            '{actions: [{measure: "9", against: jia, unit: 税务总局}]}',
            '{actions: [{measure: "9", against: jia, unit: 财政部}]}',
        ),
        (
            '{actions: [{measure: "9", against: jia, local: "", effect: prohibit}]}',
            '{actions: [{measure: "9", against: jia, local: 丹东市财政局, effect: prohibit}]}',
        ),
        (
            '{actions: [{measure: "9", against: jia, article: 第一条, cites: [政府采购法, 没有的法]}]}',
            '{actions: [{measure: "9", against: jia, article: 第二十二条, cites: [政府采购法]}]}',
        ),
        (
            '{actions: [{measure: "9", against: jia, because: [监事]}]}',
            '{actions: [{measure: "9", against: jia}]}',
        ),
        (
            '{why_not: [{measure: "9", against: jia, because: [监事]}]}',
            '{actions: [{measure: "9", against: jia}]}',
        ),
        (
            '{why_not: [{measure: "2", against: jia, because: [监事]}]}',
            '{why_not: [{measure: "2", against: jia, because: [惩戒对象属于哪一类主体？ 须属于自然人；现为：企业法人]}]}',  # noqa: E501
        ),
        (
            '{undetermined: [{measure: "9", against: yi, asks: [finding.responsible]}]}',
            '{undetermined: [{measure: "9", against: yi, asks: [role.confirmed]}]}',
        ),
        ('{undetermined: [{measure: "2", against: jia}]}', '{untouched: [{measure: "2", against: jia}]}'),
        (
            '{set_aside: [{measure: "26", reason: recalled}]}',
            '{set_aside: [{measure: "26", reason: unseen}]}',
        ),
        ('{set_aside: [{measure: "9", reason: recalled}], status: {}}', "{}"),
        (
            "{records: [{file_of: jia, listing: L1, sharing_stopped: 2026-04-01}, {file_of: yi, listing: L1}]}",  # noqa: E501
            "{records: [{file_of: jia, listing: L1}], no_records: [{file_of: yi, listing: L1}]}",
        ),
        ("{no_records: [{file_of: jia}]}", "{records: [{file_of: jia, listing: L1}]}"),
        ('{not: [{measure: "9", against: jia}]}', '{actions: [{measure: "9", against: jia}]}'),
    ],
)
def test_an_expectation_becomes_what_was_decided(tmp_path: Path, expect: str, after: str | None) -> None:
    """In the style it is written in."""
    made = accepted(tmp_path, FILE.replace("EXPECT", expect))

    if after is not None:
        assert made.after == FILE.replace("EXPECT", after)


def test_what_nobody_spoke_of_is_added_where_nothing_else_may_be(tmp_path: Path) -> None:
    """Every action of the decision is then expected."""
    expect = '{actions: [{measure: "9", against: jia}], nothing_else: true}'
    made = accepted(tmp_path, FILE.replace("EXPECT", expect))

    assert '{actions: [{measure: "9", against: jia}, {measure: ' in made.after
    assert "unit: 国家税务总局, effect: heighten_supervision, matter: tax.credit_grade}" in made.after


@pytest.mark.parametrize(
    ("expect", "after"),
    [
        (
            "{duties: [{duty: s06-push-by-measure, state: due, met_on: 2019-02-11, late: false}]}",
            "{duties: [{duty: s06-push-by-measure, state: done, met_on: 2019-02-12, late: true}]}",
        ),
        ("{duties: [{duty: s03-reminder, state: due}]}", "{no_duties: [{duty: s03-reminder}]}"),
        (
            "{no_duties: [{duty: s06-push-by-measure}]}",
            "{duties: [{duty: s06-push-by-measure, listing: L1, state: done}]}",
        ),
        (
            "{ways_out: [{way: notice-2018, open: true, met: [report], earliest: 2020-01-01, barred: law}]}",
            "{ways_out: [{way: notice-2018, open: false}]}",
        ),
        ("{ways_out: [{way: o36-list}]}", "{no_ways_out: [{way: o36-list}]}"),
        ("{no_ways_out: [{way: notice-2018}]}", "{ways_out: [{way: notice-2018, listing: L1, open: false}]}"),
    ],
)
def test_duties_and_ways_out_become_what_they_are(tmp_path: Path, expect: str, after: str) -> None:
    """What is not there is expected not to be, and the other way round."""
    made = accepted(tmp_path, PROCEDURE.replace("EXPECT", expect))

    assert made.after == PROCEDURE.replace("EXPECT", after)


def test_a_step_of_a_timeline_is_rewritten_alone(tmp_path: Path) -> None:
    """The other steps stay, whatever they look like."""
    text = FILE.replace(
        "    on: 2018-12-20\n    expect: EXPECT",
        "    timeline:\n"
        "      - {on: 2018-12-20, expect: {status: {L1: active}}} # one\n"
        "      - on: 2019-12-20\n"
        "        expect: {status: {L1: expired}} # two",
    )

    made = accepted(tmp_path, text)

    assert made.after == text.replace("expired", "active")


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    """A file from Windows stays one."""
    text = "\ufeff" + FILE.replace(
        "EXPECT", "\n      status: {L1: expired}\n      untouched:\n        - {measure: 9, against: jia}"
    ).replace("\n", "\r\n")

    made = accepted(tmp_path, text)

    assert made.after.startswith("\ufeff")
    assert made.after.count("\r\n") == made.after.count("\n")
    assert "status: {L1: active}\r\n" in made.after


def test_an_expectation_that_cases_share_is_left(tmp_path: Path) -> None:
    """To change it for one case would change it for the other."""
    text = FILE.replace("EXPECT", "&same {status: {L1: active}}") + (
        "  - {name: later, on: 2021-12-20, expect: *same}\n"
        "  - {name: own, on: 2021-12-20, expect: {status: {L1: active}}}\n"
    )

    made = accepted(tmp_path, text)

    assert (made.names, made.left) == (("own",), ("later",))
    assert "name: own, on: 2021-12-20, expect: {status: {L1: expired}}" in made.after


def test_a_file_is_written_whole_with_its_rights(tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)

    write_whole(path, b"new")

    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_a_file_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half of it is left, nor anything beside it."""
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr("creditrules.policy.accept.os.replace", fail)

    with pytest.raises(OSError, match="no"):
        write_whole(path, b"new")

    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def patched(text: str, new: Any) -> str | None:
    """Return a document edited to a value."""
    return edited(text, edits_of(read_yaml(text, "x"), new))


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        ("{a: 1, b: 2, c: 3}", {"b": 2}, "{b: 2}"),
        ("{a: 1, b: 2, c: 3}", {"a": 1}, "{a: 1}"),
        ("{a: 1, b: 2, c: 3}", {"a": 1, "c": 4, "d": [True]}, "{a: 1, c: 4, d: [true]}"),
        ("{a: 1}", {"b": 1}, "{b: 1}"),
        (
            "x:\n  a: 1\n  b: 2 # two\n",
            {"x": {"c": [Entry({"d": 3})], "e": 4}},
            "x:\n  c:\n    - {d: 3}\n  e: 4 # two\n",
        ),
        ("a: 1 # one\nb: 2 # two\nc: 3 # three\n", {"a": 1, "c": 3}, "a: 1 # one\nc: 3 # three\n"),
        ("a: 1\nb:\n  - x\n  - y\n# end\n", {"a": 1}, "a: 1\n# end\n"),
        ("a: 1\nb: 2", {"a": 1, "b": 2, "c": "x: y"}, 'a: 1\nb: 2\nc: "x: y"'),
        (
            "a: 1 # one\n\n# end\n",
            {"a": 1, "b": [Entry({"c": date(2020, 1, 2)})]},
            "a: 1 # one\nb:\n  - {c: 2020-01-02}\n\n# end\n",
        ),
        ("a:\n- 1 # x\n- 2\n", {"a": [Entry(2, 1)]}, "a:\n- 2\n"),
        ("a:\n- 1 # x\n- 2\n", {"a": [Entry(1, 0), Entry(5)]}, "a:\n- 1 # x\n- 5\n"),
        ("a: [1, 2, 3, 4]", {"a": [Entry(1, 0), Entry(4, 3)]}, "a: [1, 4]"),
        ("a: [1, 2, 3, 4]", {"a": [Entry(1, 0), Entry(7, 1), Entry(9)]}, "a: [1, 7, 9]"),
        ("a: [1, 2]", {"a": [Entry("7")]}, 'a: ["7"]'),
        ("a:\n  - b: 1\n    c: 2\n", {"a": [Entry({"c": 2}, 0)]}, "a:\n  - {c: 2}\n"),
    ],
)
def test_a_text_is_edited_in_its_own_style(text: str, new: Any, after: str) -> None:
    """Flow stays flow, block stays block; what is taken away takes its comment along."""
    assert patched(text, new) == after


def test_edits_of_the_same_characters_are_refused() -> None:
    """One of them would be lost."""
    assert edited("abc", [Edit(0, 2, "x"), Edit(1, 3, "y")]) is None


@pytest.mark.parametrize(
    "value",
    ["9", "true", "a: b", "- x", "é", "#x", "x #y", "", "2018-01-01", "二.3", "[", "null", "~", "监事、甲"],
)
def test_a_text_is_written_so_that_it_is_read_as_one(value: str) -> None:
    """Whatever it looks like."""
    assert plain(read_yaml(f"a: {flow(value)}", "x")) == {"a": value}
