"""`why`, `why-not`, `check`, `show` and `explain`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from creditrules.errors import finding_texts

from .conftest import DAY, SMALL, Run

ASKED = ("--on", DAY, "--unit", "公安部", "--person", "wang")


def test_why_gives_the_tree_of_an_action_by_number_and_by_key(run: Run) -> None:
    """A number and the key it stands for give the same tree; no name gives all."""
    listed = json.loads(run("decide", "known.yaml", "--on", DAY, "--format", "json").stdout)["actions"]
    trees = [run("why", "known.yaml", "--on", DAY, name).stdout for name in ("A1", listed[0]["key"])]
    everything = run("why", "known.yaml", "--on", DAY).stdout

    assert trees[0] == trees[1]
    assert trees[0].startswith("✓ ")
    assert everything.startswith(trees[0])
    assert everything.count("\n\n") == len(listed) - 1


def test_why_says_when_there_is_nothing_to_explain(run: Run) -> None:
    """Without actions there are no trees, and that is no error."""
    result = run("why", "open.yaml", "--on", DAY)

    assert (result.exit_code, result.stdout) == (0, "No unit has anything to do.\n")


def test_why_as_json_is_the_tree(run: Run) -> None:
    """The tree as data has kind, text, truth and children all the way down."""
    (tree,) = json.loads(run("why", "known.yaml", "--on", DAY, "A1", "--format", "json").stdout)

    def check(line: dict[str, object]) -> int:
        assert set(line) == {"kind", "text", "truth", "children"}
        assert isinstance(line["children"], list)
        return 1 + sum(check(child) for child in line["children"])

    assert check(tree) > 5


@pytest.mark.parametrize(
    "measure", ["tax#1", "tax 1", "发改财金〔2016〕2798号 1", "发改财金[2016]2798号#1", "税收备忘录 1"]
)
def test_why_not_finds_the_measure_however_it_is_named(run: Run, measure: str) -> None:
    """Key, document number with any brackets, or title, with the key or the number of the measure."""
    result = run("why-not", "open.yaml", *ASKED, "--measure", measure)

    assert result.exit_code == 0
    assert result.stdout.startswith("? ")
    assert "Is tax unpaid?" in result.stdout


def test_why_not_takes_a_person_by_name(run: Run) -> None:
    """A name that one subject bears stands for its id."""
    given = ("why-not", "open.yaml", "--on", DAY, "--unit", "公安部", "--measure", "tax 1", "--person")

    assert run(*given, "王虚构").stdout == run(*given, "wang").stdout


def test_why_not_as_json_is_the_tree(run: Run) -> None:
    """The JSON form holds the same outcome."""
    result = run("why-not", "open.yaml", *ASKED, "--measure", "tax 1", "--format", "json")

    assert json.loads(result.stdout)["truth"] == "unknown"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("--measure", "tax 99"), "CR534"),
        (("--measure", "nothing 1"), "CR561"),
        (("--measure", "1"), "CR561"),
        (("--measure", "tax 1", "--person", "nobody"), "CR533"),
        (("--measure", "tax 1", "--unit", "nobody"), "CR532"),
    ],
)
def test_why_not_says_what_it_does_not_know(run: Run, changed: tuple[str, ...], code: str) -> None:
    """An unknown measure, person or unit is a usage error."""
    result = run("why-not", "open.yaml", *ASKED, *changed)

    assert result.exit_code == 2
    assert result.stderr.startswith(code)


def test_a_number_that_stands_for_two_measures_is_asked_about(run: Run, folder: Path) -> None:
    """Numbers restart in parts; then the key decides."""
    shutil.copytree(SMALL, folder / "two")
    path = folder / "two" / "memoranda" / "tax.yaml"
    text = path.read_text("utf-8")
    first = text[text.index("  - n: 1") :]
    second = first.replace("n: 1", "n: 1\n    part: 二", 1).replace("阻止出境", "另一项")
    path.write_text(text.replace("  - n: 1", "  - n: 1\n    part: 一", 1) + second, "utf-8")
    given = ("why-not", "open.yaml", *ASKED, "--catalogue", "two")

    asked = run(*given, "--measure", "tax 1", small=False)
    answered = run(*given, "--measure", "tax#二.1", small=False)
    assert (asked.exit_code, asked.stderr[:5]) == (2, "CR563")
    assert "一.1, 二.1" in asked.stderr
    assert answered.exit_code == 0


def test_check_counts_and_is_fine(run: Run) -> None:
    """A catalogue without errors ends with 0 and says what it holds."""
    result = run("check", SMALL)

    assert result.exit_code == 0
    assert "1 memoranda, 1 measures" in result.stdout


@pytest.mark.parametrize(
    ("form", "mark"), [("text", "^^^"), ("line", "memoranda/tax.yaml:"), ("json", '"CR')]
)
def test_check_shows_errors_and_ends_with_one(run: Run, folder: Path, form: str, mark: str) -> None:
    """What is wrong in a document is shown on stdout in each form, with paths from here."""
    shutil.copytree(SMALL, folder / "bad")
    path = folder / "bad" / "memoranda" / "tax.yaml"
    path.write_text(path.read_text("utf-8").replace("effect: exit_control", "effect: exit_controll"), "utf-8")
    result = run("check", "bad", "--format", form)

    assert result.exit_code == 1
    assert result.stderr == ""
    assert mark in result.stdout
    assert "bad/memoranda/tax.yaml" in result.stdout
    assert str(folder) not in result.stdout


def test_notes_are_counted_unless_asked_for(run: Run, folder: Path) -> None:
    """Notes do not fill the screen; `--notes` shows them."""
    few, all_of_them = run("check", SMALL).stdout, run("check", SMALL, "--notes").stdout

    assert ": CR216 [note]" not in few
    assert "1 × CR216 [note]" in few
    assert ": CR216 [note]" in all_of_them


@pytest.mark.parametrize("name", ["tax", "发改财金〔2016〕2798号", "发改财金(2016)2798号", "《税收备忘录》"])
def test_show_finds_the_memorandum(run: Run, name: str) -> None:
    """Key, number or title."""
    result = run("show", name)

    assert result.exit_code == 0
    assert "阻止出境" in result.stdout
    assert "Tax memorandum" in result.stdout


def test_show_in_other_forms(run: Run) -> None:
    """Markdown for reading elsewhere, JSON for programs."""
    data = json.loads(run("show", "tax", "--format", "json").stdout)

    assert data["schema"] == "creditrules/memorandum/1"
    assert data["measures"][0]["heading"] == "阻止出境"
    assert run("show", "tax", "--format", "markdown", "--lang", "zh").stdout.startswith("# 税收备忘录\n")


def test_show_without_a_name_lists_what_there_is(run: Run) -> None:
    """The list gives key, number and title."""
    assert run("show", "--lang", "zh").stdout == "tax  发改财金〔2016〕2798号  税收备忘录\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_explained_in_both_languages(run: Run, lang: str) -> None:
    """The list names every code; a page has what, why, fix, wrong and right, and no unfilled place."""
    listed = run("explain", "--lang", lang).stdout.splitlines()
    page = run("explain", "cr554", "--lang", lang).stdout

    assert [line.split()[0] for line in listed] == sorted(finding_texts())
    assert page.startswith(f"CR554  {finding_texts()['CR554']['title'][lang]}\n")
    assert "{" not in page
    assert finding_texts()["CR554"]["example"]["right"] in page


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("税务黑名单", ["Major tax violations", "tax-major", "payment", "the grounds were not seen"]),
        ("list:tax-major", ["Major tax violations"]),
        ("公安部", ["公安部", "丹东市公安局", "发改财金〔2016〕2798号 1"]),
        ("丹东市公安局", ["公安部"]),
        ("exit_stop", ["exit stop", "第44条", "发改财金〔2016〕2798号 1"]),
    ],
)
def test_show_shows_lists_units_and_kinds(run: Run, name: str, parts: list[str]) -> None:
    """By key, title, alias, spelling or local name; with a sort before the colon where it matters."""
    result = run("show", name)

    assert result.exit_code == 0
    assert [part for part in parts if part not in result.stdout] == []


@pytest.mark.parametrize("name", ["list:tax-major", "unit:police", "kind:exit_stop"])
def test_what_show_shows_comes_as_markdown_and_json(run: Run, name: str) -> None:
    """Every sort has all three forms."""
    data = json.loads(run("show", name, "--format", "json").stdout)

    assert data["schema"] == f"creditrules/{name.partition(':')[0]}/1"
    assert data["key"] == name.partition(":")[2]
    assert run("show", name, "--format", "markdown").stdout.startswith("# ")


def test_show_lists_everything_of_a_sort(run: Run) -> None:
    """`list:` without a name lists the lists."""
    assert run("show", "list:").stdout == "tax-major  Major tax violations\n"
    assert "police" in run("show", "unit:").stdout


def test_show_says_what_else_bears_the_name(run: Run) -> None:
    """Two units of one name: the first is shown, the other named."""
    assert "unit:new-tax" in run("show", "税务总局").stdout


@pytest.mark.parametrize("name", ["list:nothing", "unit:tax-major", "nothing"])
def test_show_does_not_guess_among_sorts(run: Run, name: str) -> None:
    """A name of another sort is unknown in this one."""
    result = run("show", name)

    assert (result.exit_code, result.stderr[:5]) == (2, "CR561")
