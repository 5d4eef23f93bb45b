"""`site`: the pages of a catalogue, written where there is room for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import SMALL, Run

HERE = ("--catalogue", SMALL)


def test_a_site_is_built_in_both_languages_and_the_door_is_named(run: Run, folder: Path) -> None:
    """It says how many pages there are and which file to open."""
    result = run("site", "out", *HERE)

    assert result.exit_code == 0, result.output
    assert "out/index.html" in result.output
    assert {p.name for p in (folder / "out").iterdir() if p.is_dir()} == {"zh", "en", "assets"}


@pytest.mark.parametrize(("lang", "tree"), [("zh", {"zh"}), ("en", {"en"}), ("both", {"zh", "en"})])
def test_the_language_of_the_pages_can_be_chosen(run: Run, folder: Path, lang: str, tree: set[str]) -> None:
    """`--lang` is about the pages here."""
    run("site", "out", *HERE, "--lang", lang)

    assert {p.name for p in (folder / "out").iterdir() if p.is_dir()} - {"assets"} == tree


def test_examples_may_lie_elsewhere(run: Run, folder: Path) -> None:
    """A file or a folder of examples is shown beside the measures."""
    case = "{name: 某例, on: 2018-12-20, expect: {untouched: [{against: a, measure: '1'}]}}"
    text = f"examples: tax\ncases: [{case}]\n"
    (folder / "a.examples.yaml").write_text(text, "utf-8")

    run("site", "out", *HERE, "--examples", ".")

    assert "某例" in (folder / "out" / "zh" / "memorandum-tax.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("site",), "CR552", 2),
        (("site", "."), "CR595", 2),
        (("site", "known.yaml"), "CR596", 2),
        (("site", "out", "--lang", "fr"), "CR556", 2),
        (("site", "out", "--examples", "nowhere"), "CR557", 2),
        (("site", "out", "--examples", "bad"), "CR450", 1),
        (("site", "out", "--catalogue", "nowhere"), "CR557", 2),
        (("site", "out", "more"), "CR565", 2),
    ],
)
def test_a_wrong_question_is_told_before_anything_is_written(
    run: Run, folder: Path, arguments: tuple[str, ...], code: str, exit_code: int
) -> None:
    """The finding says what is wrong, and there is no half a site."""
    (folder / "bad").mkdir()
    (folder / "bad" / "a.examples.yaml").write_text("examples: tax\ncases: [{nam: x}]\n", "utf-8")

    result = run(*arguments)

    assert code in result.output
    assert result.exit_code == exit_code
    assert not (folder / "out").exists()


def test_force_uses_a_folder_with_other_files(run: Run, folder: Path) -> None:
    """They stay beside the pages."""
    result = run("site", ".", *HERE, "--force")

    assert result.exit_code == 0, result.output
    assert (folder / "known.yaml").exists()
    assert (folder / "zh" / "index.html").exists()
