"""The dossiers that ship with the catalogue mean the same to every engine, under every law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from creditrules import decide, read_dossier
from tests.support.examples import shipped
from tests.support.tree import ROOT

DOSSIERS = sorted((ROOT / "examples" / "dossiers").iterdir())


@pytest.mark.parametrize("on", [date(2018, 12, 20), date(2021, 6, 1), date(2026, 6, 1)], ids=str)
@pytest.mark.parametrize("path", DOSSIERS, ids=lambda p: p.name)
def test_engines_agree_on_an_example_dossier(path: Path, on: date) -> None:
    """The reference and the default engine take the same actions, and leave the same open."""
    rulebook, dossier = shipped().rulebook(on=on), read_dossier(path, shipped())

    default, meant = decide(rulebook, dossier), decide(rulebook, dossier, engine="reference")

    assert default.actions == meant.actions
    assert default.undetermined == meant.undetermined
    assert default.records == meant.records
