"""An installed catalogue is named on the command line, and stands on the shipped one."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
from click.testing import CliRunner, Result

from creditrules.cli import main
from creditrules.load import plugins
from creditrules.load.shipped import default_source

OFFERED = {"national-basis": "creditrules_national_basis:source", "dandong": "creditrules_dandong:source"}


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offer both packages as if pip had installed them."""
    points = tuple(EntryPoint(name, value, plugins.GROUP) for name, value in OFFERED.items())

    def entry_points(group: str, name: str | None = None) -> tuple[EntryPoint, ...]:
        return tuple(p for p in points if group == plugins.GROUP and name in (None, p.name))

    monkeypatch.setattr(plugins, "entry_points", entry_points)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def test_a_name_stands_on_the_shipped_catalogue() -> None:
    """Nobody need write `default` below an installed catalogue."""
    by_name = _run("check", "national-basis")
    spelled_out = _run("check", "default", "national-basis")

    assert by_name.exit_code == 0
    assert "china-2018" in by_name.output
    assert "national-basis" in by_name.output
    assert by_name.output == spelled_out.output


def test_names_stack_in_the_order_they_are_given() -> None:
    """A city on a national catalogue on the shipped one."""
    done = _run(
        "show", "notice:dandong-notice-2018-14", "--catalogue", "national-basis", "--catalogue", "dandong"
    )

    assert done.exit_code == 0
    assert "Sections (19)" in done.output


def test_a_path_stands_by_itself() -> None:
    """Whoever names a folder first says what lies at the bottom."""
    done = _run("check", str(default_source().path), "dandong")

    assert done.exit_code == 0
    assert done.output.count("china-2018") == 1


def test_a_name_nobody_offers_is_said_to_be_nothing() -> None:
    """The finding says how installed catalogues are named."""
    done = _run("check", "national-bases")

    assert done.exit_code == 2
    assert "CR557" in done.output
    assert "named as its package names it" in " ".join(done.output.split())
