"""Which files of examples a change concerns, and what is watched for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from creditrules import Catalogue, load_catalogue
from creditrules.errors import UsageError
from creditrules.policy import watching
from creditrules.policy.affected import bases_of, concerned
from creditrules.policy.gathering import Gathered, gathered
from creditrules.policy.watching import changes_in, watched_places
from tests.support.examples import FOLDER, shipped
from tests.support.tree import ROOT

NAMES = ("patents", "tax-major-violations", "timelines", "wage-arrears-migrant-workers", "procedure")


@pytest.fixture(scope="module")
def files() -> list[Gathered]:
    """Return some of the shipped files."""
    return gathered(FOLDER / f"{name}.examples.yaml" for name in NAMES)


def run_again(files: list[Gathered], *changed: Path, catalogues: tuple[Catalogue, ...] = ()) -> list[str]:
    """Return the names of the files that changes concern."""
    paths = concerned(files, changed, catalogues or (shipped(),))
    return [path.name.removesuffix(".examples.yaml") for path in paths]


def test_a_file_of_examples_concerns_itself(files: list[Gathered]) -> None:
    """One that is new is run too."""
    changed = (FOLDER / "patents.examples.yaml", FOLDER / "new.examples.yaml")

    assert run_again(files, *changed) == ["new", "patents"]


def test_a_dossier_concerns_the_files_that_are_based_on_it(files: list[Gathered]) -> None:
    """Those that give its path."""
    assert run_again(files, FOLDER / "dossiers" / "fengyuan.yaml") == ["timelines"]
    assert bases_of(files[2]) == {FOLDER / "dossiers" / "fengyuan.yaml"}


def test_a_memorandum_concerns_the_files_with_a_listing_on_its_lists(files: list[Gathered]) -> None:
    """A change of another one cannot alter what they expect."""
    # A case about overlaps has a listing for patents too.
    assert run_again(files, ROOT / "memoranda" / "patents.yaml") == ["patents", "tax-major-violations"]
    assert "tax-major-violations" in run_again(files, ROOT / "memoranda" / "tax-major-violations.yaml")
    assert "patents" not in run_again(files, ROOT / "memoranda" / "tax-major-violations.yaml")


def test_rules_concern_everything(files: list[Gathered]) -> None:
    """Units, lists and regimes are everybody's."""
    assert run_again(files, ROOT / "rules" / "units.yaml") == sorted(NAMES)


def test_a_memorandum_that_is_gone_concerns_those_it_was_about(files: list[Gathered], tmp_path: Path) -> None:
    """What it was is known from the catalogue before the change."""
    for name in ("catalogue.yaml", "memoranda", "rules"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    before = load_catalogue(tmp_path)
    gone = tmp_path / "memoranda" / "patents.yaml"

    assert run_again(files, gone, catalogues=(before,)) == ["patents", "tax-major-violations"]


def test_a_file_that_could_not_be_read_is_tried_again(tmp_path: Path) -> None:
    """The change may have been what it lacked."""
    path = tmp_path / "bad.examples.yaml"
    path.write_text("examples: x\n", encoding="utf-8")

    assert run_again(gathered([path]), ROOT / "memoranda" / "patents.yaml") == ["bad"]
    assert run_again(gathered([path])) == []


def test_what_is_watched_lies_around_examples_dossiers_and_documents(files: list[Gathered]) -> None:
    """No folder is watched twice."""
    places = watched_places([FOLDER / "patents.examples.yaml"], files, [ROOT])

    assert places == [FOLDER, ROOT / "memoranda", ROOT / "rules", ROOT / "catalogue.yaml"]


def test_changes_are_told_together_and_others_are_not(tmp_path: Path) -> None:
    """The first answer says that watching has begun."""
    changes = changes_in([tmp_path])
    assert next(changes) == set()

    (tmp_path / "a.yaml").write_text("a", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("a", encoding="utf-8")
    (tmp_path / "~$a.xlsx").write_text("a", encoding="utf-8")

    told = next(paths for paths in changes if paths)
    assert told == {tmp_path / "a.yaml"}
    changes.close()  # type: ignore[attr-defined]


def test_without_the_package_that_watches_the_finding_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It belongs to the bench and is not installed with the library itself."""
    monkeypatch.setitem(__import__("sys").modules, "watchfiles", None)

    with pytest.raises(UsageError) as error:
        next(watching.changes_in([tmp_path]))

    assert error.value.findings[0].code == "CR592"
    assert "creditrules[policy]" in error.value.findings[0].fix()
