"""The public names, each imported when it is first used.

Whoever only shows the page of a code, or catches an error, does not wait for engines and catalogues.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_PACKAGE = __name__.partition(".")[0]
_HOMES = {
    "api": ("decide", "load_catalogue", "read_dossier"),
    "errors": (
        *("CatalogueError", "CreditRulesError", "EngineError", "FactsError", "UsageError"),
        *("Finding", "Span"),
    ),
    "load.sources": ("CatalogueSource", "FolderSource"),
    "model.catalogue": ("Catalogue",),
    "model.decision": ("Action", "Decision", "Reason", "Record", "Undetermined"),
    "model.dossier": ("Dossier",),
    "model.procedure": ("Duty", "Exit", "Proceedings"),
    "model.rulebook": ("Rulebook", "SetAside"),
    "model.text": ("Text",),
    "model.words": ("Discretion", "Truth"),
    # Not through `api`: whoever only decides does not wait for what counts deadlines.
    "procedure.proceed": ("proceed",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


class Package(ModuleType):
    """The package `creditrules` as a module: `decide` is a function, whatever else is imported."""

    def __getattr__(self, name: str) -> Any:
        """Import a public name.

        Raises:
            AttributeError: there is none of that name.
        """
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f"{_PACKAGE}.{home}"), name)
        super().__setattr__(name, found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        # Python puts every package it imports in as a name, and there is a stage called `decide`.
        if not (name == "decide" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_HOME_OF})


def import_when_used() -> None:
    """Let the package find its public names here."""
    sys.modules[_PACKAGE].__class__ = Package
