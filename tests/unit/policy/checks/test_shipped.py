"""The shipped catalogue is checked like any other, and comes out with nothing unexplained."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from time import process_time

import pytest

from creditrules import load_catalogue
from creditrules.load.shipped import default_source
from creditrules.model.catalogue import Catalogue
from creditrules.policy.checks.run import Found, check_catalogue, last_change
from creditrules.policy.checks.tested import exercised_by
from tests.support.tree import ROOT

NATIONAL = ROOT / "plugins" / "national-basis" / "src" / "creditrules_national_basis"
DANDONG = ROOT / "plugins" / "dandong" / "src" / "creditrules_dandong"


@cache
def shipped() -> Catalogue:
    """Return the shipped catalogue, loaded once."""
    return load_catalogue()


@cache
def found() -> Found:
    """Return what the checks say of it, with its examples, under the latest law."""
    return check_catalogue(shipped(), tested=exercised_by([default_source().path / "examples"]))


def test_the_shipped_catalogue_has_no_errors_and_no_unexplained_warnings() -> None:
    """What is wrong is mended, what is deliberate says why; the notes say what is not known."""
    assert [str(f) for f in found().findings if f.severity != "note"] == []


def test_the_shipped_catalogue_keeps_its_honest_notes() -> None:
    """What is recalled, open or untested is not hidden: no note of a check is let stand."""
    assert {f.code for f in found().findings} >= {"CR301", "CR302", "CR314", "CR316", "CR325", "CR333"}
    assert {f.severity for f, _ in found().let_stand} == {"warning"}


def test_every_reason_is_stated_in_both_languages() -> None:
    """Whoever reads either language is told why a finding stands."""
    silent = [s.code for s in shipped().suppressions if not (s.reason.zh and s.reason.en)]

    assert silent == []
    assert len(shipped().suppressions) > 20


def test_every_finding_has_a_place_in_a_file_of_the_catalogue() -> None:
    """Each can be opened at its line, and the caret stands under something."""
    root = str(default_source().path)

    for finding in (*found().findings, *(f for f, _ in found().let_stand)):
        assert finding.span.file.startswith(root), finding
        assert Path(finding.span.file).is_file()
        assert finding.span.end_column > finding.span.column
    assert all(finding.excerpt for finding in found().findings)


def test_the_day_is_that_of_the_latest_regime() -> None:
    """Without a day the law of the last change counts."""
    assert last_change(shipped()) == max(regime.since for regime in shipped().regimes)


@pytest.mark.parametrize("folder", [NATIONAL, DANDONG], ids=lambda folder: folder.name)
def test_a_package_stacked_on_the_shipped_catalogue_is_clean_too(folder: Path) -> None:
    """The packages of catalogues follow what they ask of others."""
    stacked = load_catalogue(default_source(), folder / "catalogue")

    assert [str(f) for f in check_catalogue(stacked).findings if f.severity != "note"] == []


def test_the_shipped_catalogue_is_checked_in_two_seconds() -> None:
    """Fast enough to be run after every change: all checks, with the examples read."""
    catalogue = shipped()
    began = process_time()
    check_catalogue(catalogue, tested=exercised_by([default_source().path / "examples"]))

    assert process_time() - began < 2
