"""The examples that ship with the catalogue: what people who read the documents expect of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from creditrules import Catalogue, decide, load_catalogue, read_dossier
from creditrules.policy.examples import Example, find_examples, run
from tests.support.tree import ROOT

EXAMPLES = list(find_examples(ROOT / "examples"))
DOSSIERS = sorted((ROOT / "examples" / "dossiers").iterdir())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{Path(e.file).name}: {e.name}")
def test_a_policy_example_holds(example: Example, catalogue: Catalogue) -> None:
    """The decision says what the example expects."""
    assert run(example, catalogue).differences == ()


@pytest.mark.parametrize("on", [date(2018, 12, 20), date(2021, 6, 1), date(2026, 6, 1)], ids=str)
@pytest.mark.parametrize("path", DOSSIERS, ids=lambda p: p.name)
def test_engines_agree_on_an_example_dossier(path: Path, on: date, catalogue: Catalogue) -> None:
    """The reference and the default engine take the same actions, and leave the same open."""
    rulebook, dossier = catalogue.rulebook(on=on), read_dossier(path, catalogue)

    default, meant = decide(rulebook, dossier), decide(rulebook, dossier, engine="reference")

    assert default.actions == meant.actions
    assert default.undetermined == meant.undetermined
    assert default.records == meant.records
