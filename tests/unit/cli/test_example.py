"""`creditrules example`: both forms, the template, a case of a decision, boundary cases."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from creditrules.load.example_docs import read_examples
from tests.unit.cli.conftest import DAY, SMALL, SOURCE, Run

SMALL_WORLD = ("--catalogue", SMALL)
CASES = """\
# Kept.
examples: tax-major
given:
  subjects:
    - id: fengyuan
      kind: enterprise
      name: 丹东丰源虚构贸易有限公司
      facts: {tax.arrears_unsecured: true}
      listings:
        - {id: L1, list: tax-major, determined: 2018-02-01, served: 2018-02-10, aggregated: 2018-03-01,
           published: 2018-03-01, until: 2020-02-01}
cases:
  - name: 甲
    on: 2018-12-20
    expect: {}
"""


@pytest.fixture
def cases(folder: Path) -> Path:
    """A file of examples in the folder."""
    path = folder / "a.examples.yaml"
    path.write_text(CASES, "utf-8")
    return path


def _memorandum(run: Run) -> str:
    shown = run("catalogue", "--catalogue", SMALL, "--format", "json", small=False).stdout
    return shown.partition('"memorandum":"')[2].partition('"')[0]


@pytest.fixture
def examples(cases: Path, run: Run) -> Path:
    """A file of examples of the one memorandum of the small catalogue."""
    cases.write_text(CASES.replace("examples: tax-major", f"examples: {_memorandum(run)}"), "utf-8")
    return cases


def test_a_file_goes_to_a_workbook_and_back(examples: Path, run: Run) -> None:
    """The two commands say what they wrote, and what comes back says the same."""
    there = run("example", "to-sheet", examples.name, "a.examples.xlsx", small=False)
    back = run("example", "to-yaml", "a.examples.xlsx", "b.examples.yaml", small=False)

    assert there.stdout == "wrote a.examples.xlsx: 1 case\n"
    assert back.stdout == "wrote b.examples.yaml: 1 case\n"
    texts = [(examples.parent / name).read_text("utf-8") for name in (examples.name, "b.examples.yaml")]
    assert read_examples(texts[0], "a").doc == read_examples(texts[1], "b").doc
    assert openpyxl.load_workbook("a.examples.xlsx").sheetnames[:2] == ["file", "cases"]


def test_a_workbook_is_in_the_language_of_the_run(examples: Path, run: Run) -> None:
    """In Chinese the sheets are Chinese, and so is what is said."""
    result = run("example", "to-sheet", examples.name, "a.xlsx", "--lang", "zh", small=False)

    assert result.stdout == "已写入 a.xlsx：1 个案例\n"
    assert openpyxl.load_workbook("a.xlsx").sheetnames[:2] == ["文件", "案例"]


def test_a_file_that_is_there_is_not_written_over_by_accident(examples: Path, run: Run) -> None:
    """Comments that somebody wrote are lost only with --force; the same content is no loss."""
    run("example", "to-sheet", examples.name, "a.xlsx", small=False)
    before = examples.read_text("utf-8")

    refused = run("example", "to-yaml", "a.xlsx", examples.name, small=False)
    same = run("example", "to-sheet", examples.name, "a.xlsx", small=False)

    assert (refused.exit_code, same.exit_code) == (2, 0)
    assert "CR578" in refused.stderr
    assert examples.read_text("utf-8") == before
    assert run("example", "to-yaml", "a.xlsx", examples.name, "--force", small=False).exit_code == 0
    assert "# Kept." not in examples.read_text("utf-8")


def test_a_template_is_named_by_key_number_or_title(run: Run, folder: Path) -> None:
    """Whoever asks for one need not know the key; an unknown name is told with the nearest."""
    key = _memorandum(run)

    made = run("example", "template", key, "t.xlsx", *SMALL_WORLD, small=False)
    wrong = run("example", "template", key[:-1], "u.xlsx", *SMALL_WORLD, small=False)

    assert made.stdout.startswith("wrote t.xlsx (")
    assert openpyxl.load_workbook("t.xlsx").sheetnames[:3] == ["notes", "file", "cases"]
    assert run("test", "t.xlsx", *SMALL_WORLD, small=False).exit_code == 0
    assert wrong.exit_code == 2
    assert f"`{key}`" in wrong.stderr


def test_what_is_wrong_in_a_workbook_is_told_by_cell(examples: Path, run: Run) -> None:
    """The program ends with 1 and names sheet and cell, for people and for machines."""
    run("example", "to-sheet", examples.name, "a.xlsx", "--lang", "zh", small=False)
    book = openpyxl.load_workbook("a.xlsx")
    book["案例"]["C2"] = "2018-12-20"
    book["事实"]["A2"] = 7
    book.save("a.xlsx")

    result = run("example", "to-yaml", "a.xlsx", "b.yaml", small=False)

    assert result.exit_code == 1
    assert "a.xlsx:案例!C2: CR477" in result.stderr
    assert "a.xlsx:事实!A2: CR479" in result.stderr
    assert not Path("b.yaml").exists()


def test_a_decision_becomes_a_case_that_passes(run: Run, folder: Path) -> None:
    """Masked by default; the case is written with what was decided, and run."""
    decision = run("decide", "known.yaml", "--on", DAY, "--format", "json").stdout
    Path("d.json").write_text(decision, "utf-8")

    made = run(
        "example",
        "from",
        "d.json",
        "known.yaml",
        "c.examples.yaml",
        "--name",
        "甲案",
        *SMALL_WORLD,
        small=False,
    )
    kept = run(
        "example", "from", "d.json", "known.yaml", "c.examples.xlsx", "--no-mask", *SMALL_WORLD, small=False
    )

    assert made.exit_code == kept.exit_code == 0
    assert "it passes" in made.stdout
    text = Path("c.examples.yaml").read_text("utf-8")
    assert "丹东丰源" not in text
    assert "name: 甲案" in text
    assert run("test", "c.examples.yaml", "c.examples.xlsx", *SMALL_WORLD, small=False).exit_code == 0


def test_a_decision_alone_is_not_enough_and_the_dossier_is_asked_for(run: Run, folder: Path) -> None:
    """The answer says which command would do."""
    Path("d.json").write_text(run("decide", "known.yaml", "--on", DAY, "--format", "json").stdout, "utf-8")

    alone = run("example", "from", "d.json", "c.yaml", *SMALL_WORLD, small=False)
    other = run("example", "from", "d.json", "open.yaml", "c.yaml", *SMALL_WORLD, small=False)

    assert (alone.exit_code, other.exit_code) == (1, 1)
    assert "creditrules example from DECISION.json DOSSIER.yaml" in alone.stderr
    assert "another dossier" in other.stderr
    assert not Path("c.yaml").exists()


def test_a_decision_the_catalogue_would_not_take_today_is_not_written(run: Run, folder: Path) -> None:
    """What no longer passes is listed, and no file is left behind."""
    decision = run("decide", "known.yaml", "--on", DAY, "--format", "json").stdout
    Path("d.json").write_text(decision.replace('"status":"active"', '"status":"repaired"'), "utf-8")

    result = run("example", "from", "d.json", "known.yaml", "c.yaml", *SMALL_WORLD, small=False)

    assert result.exit_code == 1
    assert "did not write c.yaml" in result.stderr
    assert not Path("c.yaml").exists()


def test_proposals_that_nobody_answers_are_printed_as_examples(examples: Path, run: Run) -> None:
    """Without a terminal they come out as YAML, each below its question, and pass when run."""
    result = run("example", "propose", examples.name, *SMALL_WORLD, small=False)

    assert "# proposal: On 2020-01-31, the end of listing L1, the day before" in result.stdout
    Path("p.examples.yaml").write_text(result.stdout, "utf-8")
    assert run("test", "p.examples.yaml", *SMALL_WORLD, small=False).exit_code == 0
    assert examples.read_text("utf-8").startswith("# Kept.")


def test_proposals_answered_yes_are_added_and_asked_no_more(examples: Path, run: Run) -> None:
    """The file keeps its comments; what it says now is not proposed again."""
    before = examples.read_text("utf-8")

    added = run("example", "propose", examples.name, "--answer", "yes", *SMALL_WORLD, small=False)
    again = run("example", "propose", examples.name, "--answer", "yes", *SMALL_WORLD, small=False)

    assert added.stdout.startswith(f"added to {examples.name}: ")
    assert examples.read_text("utf-8").startswith(before)
    assert again.stdout == "There is no boundary case to propose.\n"
    assert run("test", examples.name, *SMALL_WORLD, small=False).exit_code == 0


def test_proposals_answered_no_are_listed_as_questions(examples: Path, run: Run) -> None:
    """Nothing is written; the questions are what is to be cleared up."""
    before = examples.read_text("utf-8")

    result = run(
        "example", "propose", examples.name, "--answer", "no", "--limit", "2", *SMALL_WORLD, small=False
    )

    assert result.stdout.startswith("To be cleared up (answered no):\n  - On 2020-01-31")
    assert result.stdout.count("– right?") == 2
    assert "only the first 2" in result.stderr
    assert examples.read_text("utf-8") == before


def test_proposals_may_go_to_a_file_of_their_own(examples: Path, run: Run) -> None:
    """A workbook is not written anew, so its cases go to another file, found from where that stands."""
    run("example", "to-sheet", examples.name, "a.xlsx", small=False)
    Path("sub").mkdir()
    text = examples.read_text("utf-8")
    dossier = text[text.index("  subjects:") : text.index("cases:")]
    Path("d.yaml").write_text(dossier.replace("\n  ", "\n").lstrip(), "utf-8")
    examples.write_text(text.replace("given:\n" + dossier, "given: d.yaml\n"), "utf-8")

    refused = run("example", "propose", "a.xlsx", "--answer", "yes", *SMALL_WORLD, small=False)
    sheet = run(
        "example",
        "propose",
        "a.xlsx",
        "--answer",
        "yes",
        "--out",
        "n.examples.xlsx",
        *SMALL_WORLD,
        small=False,
    )
    below = run(
        "example",
        "propose",
        examples.name,
        "--answer",
        "yes",
        "--out",
        "sub/n.examples.yaml",
        *SMALL_WORLD,
        small=False,
    )

    assert refused.exit_code == 2
    assert "--out" in refused.stderr
    assert (sheet.exit_code, below.exit_code) == (0, 0)
    assert "given: ../d.yaml" in Path("sub/n.examples.yaml").read_text("utf-8")
    assert run("test", "n.examples.xlsx", "sub/n.examples.yaml", *SMALL_WORLD, small=False).exit_code == 0


def test_whoever_sits_at_a_terminal_is_asked_one_by_one(examples: Path) -> None:
    """y, n, anything else is asked again, q stops: the first is written, the second listed."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "creditrules", "example", "propose", examples.name, *SMALL_WORLD],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "PYTHONPATH": SOURCE, "LC_ALL": "C.UTF-8"},
        close_fds=True,
    )
    os.close(follower)
    os.write(leader, b"maybe\ny\nn\nq\n")
    said = b""
    try:
        while chunk := os.read(leader, 4096):
            said += chunk
    except OSError:
        pass  # the terminal is closed when the program ends
    process.wait(timeout=60)
    os.close(leader)

    text = said.decode("utf-8", "replace")
    assert process.returncode == 0
    assert "[1/" in text
    assert f"added to {examples.name}: 1 cases" in text
    assert text.count("To be cleared up") == 1
    assert len(read_examples(examples.read_bytes(), "a").doc.cases) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("example",), "CR552"),
        (("example", "to-yaml"), "CR552"),
        (("example", "to-yaml", "a.xlsx"), "CR552"),
        (("example", "to-yaml", "a", "b", "c"), "CR565"),
        (("example", "to-yam", "a", "b"), "CR556"),
        (("example", "to-yaml", "nowhere.xlsx", "b"), "CR557"),
        (("example", "to-yaml", ".", "b"), "CR558"),
        (("example", "propose", "nowhere.yaml"), "CR557"),
        (("example", "propose", "a.examples.yaml", "--memorandum", "nothing"), "CR561"),
        (("example", "propose", "a.examples.yaml", "--answer", "maybe"), "CR556"),
        (("example", "from", "nowhere.json", "known.yaml", "c.yaml"), "CR557"),
        (("example", "to-sheet", "a.examples.yaml", "no/such/folder.xlsx"), "CR569"),
    ],
)
def test_a_command_line_that_cannot_be_served_is_told(
    arguments: tuple[str, ...], code: str, cases: Path, run: Run
) -> None:
    """Every wrong use has a code, and the exit code 2."""
    result = run(*arguments, small=False)

    assert result.exit_code == 2
    assert code in result.stderr
