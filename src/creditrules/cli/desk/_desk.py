"""CLI: what the commands of the desk share: the store they work on, and who works."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, catalogue_option
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error

if TYPE_CHECKING:
    from creditrules.desk.desk import Desk
    from creditrules.desk.store import Store
    from creditrules.desk.tokens import Principal

STORE = "desk.db"


def desk_command(name: str, callback: Callable[..., None], params: Sequence[click.Parameter]) -> Command:
    """Return a command of the desk: it takes a store, and says who works."""
    return Command(name, callback, [*params, *store_options()], within="desk")


def store_options() -> list[click.Parameter]:
    """Return what every command takes that works on a store."""
    return [
        click.Option(
            ["--store", "url"], default=STORE, envvar="CREDITRULES_STORE", metavar="URL", show_default=False
        ),
        click.Option(["--key"], envvar="CREDITRULES_KEY_FILE", metavar="FILE"),
        click.Option(["--by"], metavar="NAME"),
    ]


def deciding_options() -> list[click.Parameter]:
    """Return what commands take that decide: by which catalogues, and why."""
    return [catalogue_option(), click.Option(["--because"], default="", metavar="TEXT")]


def store_at(url: str, key: str | None) -> Store:
    """Open a store and bring it up to date.

    Raises:
        UsageError: CR638, the packages of the service are not installed; CR622, CR624: it cannot be opened.
    """
    for package in ("sqlalchemy", "alembic", "cryptography", "httpx"):
        if find_spec(package) is None:
            raise usage_error("CR638", package)
    from creditrules.desk.store import open_store

    return open_store(url, key=Path(key) if key else None)


def desk_at(url: str, key: str | None, catalogues: tuple[str, ...]) -> Desk:
    """Open a desk on a store, with the catalogues named or the shipped one."""
    from creditrules.desk.desk import Desk

    return Desk(store_at(url, key), *_inputs.sources_of(catalogues))


def office(by: str | None) -> Principal:
    """Return whoever works at the desk: the name given, else that of the user of the machine."""
    from creditrules.desk.tokens import Principal

    return Principal("0", by or getpass.getuser(), "office")


def table(head: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows under their titles, as wide as they need to be."""
    from rich.table import Table

    from creditrules.deliver.table import console_for

    grid = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        grid.add_row(*("" if value is None else str(value) for value in row))
    console_for(sys.stdout).print(grid)


def note_stranger(store: Store, name: str, keys: Iterable[str] = ()) -> None:
    """Say so when nothing was ever pushed to somebody of a name: it may be meant otherwise, or come later.

    `keys` are those of units that the name stands for, where whatever is pushed to such a unit counts.
    """
    from creditrules.cli._usage import nearest
    from creditrules.desk.looking import addressees, pushes_in

    with store.reading() as connection:
        known = addressees(connection)
        is_known = name in known or bool(pushes_in(connection, units=tuple(keys)))
    if not is_known:
        state = state_of()
        near = nearest(name, known)[f"near_{state.lang}"]
        near = near[:1].upper() + near[1:]
        click.echo(state.words("desk.stranger", name=name, near=near).rstrip(), err=True)


def say(key: str, **values: object) -> None:
    """Print words of the desk."""
    click.echo(state_of().words(f"desk.{key}", **values))
