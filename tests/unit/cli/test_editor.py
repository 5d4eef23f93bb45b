"""`schema`, `new`, `fmt` and `diff` from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .conftest import KNOWN, SMALL, Run

HERE = ("--catalogue", SMALL)
MEMORANDUM = "memoranda/tax.yaml"
UGLY = """\
memorandum: m   # 名
doc_no: 甲〔2018〕1号
title: "\\u9898"
in_force: { since: 2018-01 }
lists: [tax-major]
measures:
- does: 做
  n: 1
"""


def test_schema_lists_the_kinds_prints_one_and_writes_all(run: Run, folder: Path) -> None:
    """Without a kind a table, with one the schema, with a folder a file for each."""
    listed = run("schema", "--lang", "zh").stdout
    printed = json.loads(run("schema", "memorandum", *HERE).stdout)
    written = run("schema", *HERE, "--out", "schemas")

    assert "备忘录" in listed
    assert printed["$id"].endswith("memorandum")
    assert "公安部" in json.dumps(printed, ensure_ascii=False)
    assert written.exit_code == 0
    assert sorted(path.name for path in (folder / "schemas").iterdir()) == [
        f"{kind}.schema.json"
        for kind in ("catalogue", "dossier", "examples", "memorandum", "notice", "rules")
    ]


def test_a_kind_nobody_knows_is_told(run: Run) -> None:
    """CR556 suggests what was meant."""
    result = run("schema", "memorandun")

    assert result.exit_code == 2
    assert "did you mean `memorandum`" in result.stderr


def test_a_new_memorandum_is_printed_or_written_and_never_over_another(run: Run, folder: Path) -> None:
    """Standard output without `--out`; a file that is there needs `--force`."""
    printed = run("new", "memorandum", "trial", *HERE).stdout
    first = run("new", "memorandum", "trial", *HERE, "--out", "m.yaml")
    again = run("new", "memorandum", "trial", *HERE, "--out", "m.yaml")
    forced = run("new", "memorandum", "trial", *HERE, "--out", "m.yaml", "--force", "--title", "另一标题")

    assert "memorandum: trial" in printed
    assert (first.exit_code, again.exit_code, forced.exit_code) == (0, 2, 0)
    assert "CR580" in again.stderr
    assert "另一标题" in (folder / "m.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("since", "shown"), [("2018-03", "2018-03"), ("2018", "2018"), ("2018-03-09", "2018-03-09")]
)
def test_a_new_memorandum_begins_on_a_day_or_in_a_month(run: Run, since: str, shown: str) -> None:
    """As far as it is known; the number is of that year."""
    printed = run("new", "memorandum", "trial", *HERE, "--since", since).stdout
    wrong = run("new", "memorandum", "trial", *HERE, "--since", "2018-13")

    assert f"since: {shown}" in printed
    assert "〔2018〕" in printed
    assert "CR554" in wrong.stderr


def test_a_new_catalogue_is_ready_to_be_written_in(run: Run, folder: Path) -> None:
    """Manifest, folders and schemas; a memorandum written into it names its schema by the way to it."""
    assert run("new", "catalogue", "mine", *HERE, "--out", "mine/catalogue.yaml").exit_code == 0
    both = ("--catalogue", SMALL, "--catalogue", "mine")
    assert run("new", "memorandum", "trial", *both, "--out", "mine/memoranda/deep/trial.yaml").exit_code == 0

    line = (folder / "mine/memoranda/deep/trial.yaml").read_text("utf-8").splitlines()[0]
    assert line == "# yaml-language-server: $schema=../../schemas/memorandum.schema.json"
    assert (folder / "mine/memoranda/deep" / line.partition("=")[2]).resolve().is_file()
    assert run("check", SMALL, "mine").exit_code == 0


def test_a_measure_is_added_where_it_belongs(run: Run, folder: Path) -> None:
    """The file itself, another one, or standard output; the place and the number are told."""
    run("new", "memorandum", "trial", *HERE, "--out", "m.yaml", "--lang", "zh")

    shown = run("new", "measure", "m.yaml", *HERE, "--heading", "第二", "--out", "-")
    unchanged = (folder / "m.yaml").read_text("utf-8")
    added = run("new", "measure", "m.yaml", *HERE, "--heading", "第二", "--unit", "公安部")

    assert shown.stdout.startswith(unchanged[:200])
    assert "heading: 第二" not in unchanged
    assert "added measure 2" in added.stdout
    assert "heading: 第二" in (folder / "m.yaml").read_text("utf-8")
    assert run("new", "measure", "known.yaml", *HERE).exit_code == 2


def test_new_examples_are_written_for_a_measure_and_pass(run: Run, folder: Path) -> None:
    """`new example` and `test` agree."""
    made = run("new", "example", "tax", *HERE, "--on", "2018-12-20", "--out", "tax.examples.yaml")

    assert made.exit_code == 0, made.output
    tested = run("test", "tax.examples.yaml", *HERE)
    assert tested.exit_code == 0, tested.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("memorandum", "a b"), "CR584"),
        (("memorandum", "tax"), "CR585"),
        (("memorandum", "x", "--measure", "3"), "CR588"),
        (("memorandum", "x", "--list", "没有"), "CR566"),
        (("memorandum", "x", "--unit", "没有"), "CR532"),
        (("example", "nobody"), "CR561"),
        (("example", "tax", "--measure", "99"), "CR534"),
        (("measure", "nowhere.yaml"), "CR557"),
        (("something", "x"), "CR556"),
    ],
)
def test_what_cannot_be_made_is_told(run: Run, arguments: tuple[str, ...], code: str) -> None:
    """Exit code 2, the finding, and no file."""
    result = run("new", *arguments, *HERE)

    assert result.exit_code == 2
    assert code in result.stderr


def test_fmt_writes_checks_and_shows_the_difference(run: Run, folder: Path) -> None:
    """A dossier that is fine is left alone; a second run has nothing to do."""
    (folder / "m.yaml").write_text(UGLY, "utf-8")
    os.chmod(folder / "m.yaml", 0o640)

    checked = run("fmt", "--check", "m.yaml")
    shown = run("fmt", "--diff", "m.yaml")
    before = (folder / "m.yaml").read_text("utf-8")
    done = run("fmt", "m.yaml")
    again = run("fmt", "--check", "m.yaml")

    assert (checked.exit_code, shown.exit_code, done.exit_code, again.exit_code) == (1, 0, 0, 0)
    assert before == UGLY
    assert "+  - n: 1" in shown.stdout
    assert "title: 题" in (folder / "m.yaml").read_text("utf-8")
    assert "# 名" in (folder / "m.yaml").read_text("utf-8")
    assert (folder / "m.yaml").stat().st_mode & 0o777 == 0o640


def test_fmt_goes_on_past_a_file_it_cannot_read(run: Run, folder: Path) -> None:
    """The finding is shown, the other files are formatted, and the exit code says so."""
    (folder / "bad.yaml").write_text("memorandum: [\n", "utf-8")
    (folder / "m.yaml").write_text(UGLY, "utf-8")
    (folder / "compose.yaml").write_text("services:   {}\n", "utf-8")

    result = run("fmt")

    assert result.exit_code == 1
    assert "bad.yaml:" in result.stderr
    assert "formatted m.yaml" in result.stdout
    assert (folder / "compose.yaml").read_text("utf-8") == "services:   {}\n"


def test_fmt_filters(run: Run) -> None:
    """`-` reads standard input and writes standard output."""
    result = run("fmt", "-", stdin=UGLY)

    assert result.exit_code == 0
    assert result.stdout.endswith("measures:\n  - n: 1\n    does: 做\n")


@pytest.fixture
def changed(folder: Path) -> Path:
    """Return the small catalogue with a measure that has another discretion."""
    for path in Path(SMALL).rglob("*"):
        if path.is_file():
            target = folder / "new" / path.relative_to(SMALL)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    file = folder / "new" / MEMORANDUM
    text = file.read_text("utf-8")
    assert "discretion: may" in text
    file.write_text(text.replace("discretion: may", "discretion: must"), "utf-8")
    return folder / "new"


def test_diff_says_what_changed_and_what_comes_of_it(run: Run, folder: Path, changed: Path) -> None:
    """In text, Markdown and JSON; the exit code only where it is asked for."""
    (folder / "dossiers").mkdir()
    (folder / "dossiers" / "known.yaml").write_text(KNOWN, "utf-8")
    asked = ("diff", SMALL, "new", "--dossiers", "dossiers", "--on", "2018-12-20")

    text = run(*asked)
    markdown = run(*asked, "--format", "markdown", "--lang", "zh")
    data = json.loads(run(*asked, "--format", "json").stdout)
    counted = run("diff", SMALL, "new", "--exit-code")

    assert text.exit_code == 0
    assert "discretion: may → must" in text.stdout
    assert "new/memoranda/tax.yaml:" in text.stdout
    assert "裁量由“可以”改为“应当”" in markdown.stdout
    assert counted.exit_code == 1
    assert [change["aspect"] for change in data["changes"]] == ["discretion"]
    (found,) = data["dossiers"]["changed"]
    assert {effect["kind"] for effect in found["effects"]} == {"altered"}


def test_diff_of_the_same_says_so(run: Run) -> None:
    """Nothing changed, and `--exit-code` agrees."""
    result = run("diff", SMALL, SMALL, "--exit-code")

    assert result.exit_code == 0
    assert "no change" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((SMALL, "nowhere"), "CR586"),
        ((SMALL, SMALL, "--dossiers", "."), "CR587"),
        ((SMALL, SMALL, "--examples", "nowhere"), "CR557"),
        ((SMALL,), "CR552"),
    ],
)
def test_what_cannot_be_compared_is_told(run: Run, arguments: tuple[str, ...], code: str) -> None:
    """Exit code 2 and the finding."""
    result = run("diff", *arguments)

    assert result.exit_code == 2
    assert code in result.stderr
