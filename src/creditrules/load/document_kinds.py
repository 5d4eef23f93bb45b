"""Load: the kinds of documents people write, by the class that reads each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

# Kind → module and class; a file of rules holds one or more sections. Classes are imported when needed:
# the command line names the kinds in its help.
_READERS = {
    "catalogue": ("doc_rules", "ManifestDoc"),
    "memorandum": ("doc_measures", "MemorandumDoc"),
    "notice": ("doc_notices", "NoticeDoc"),
    "rules": ("doc_rules", "RulesDoc"),
    "dossier": ("dossier_docs", "DossierDoc"),
    "examples": ("example_docs", "ExampleDoc"),
}
DOCUMENT_KINDS = tuple(_READERS)
# The sections a file of rules may hold; `suppress` stands beside any of them.
SECTIONS = (
    *(
        "lists",
        "units",
        "regions",
        "effects",
        "matters",
        "roles",
        "kinds_of_subject",
        "capacities",
        "parties",
    ),
    *(
        "facts",
        "kinds",
        "liability",
        "channels",
        "measure_lists",
        "regimes",
        "renumberings",
        "bodies",
        "duties",
    ),
    *("parameters", "ways_out"),
)


def reader_of(kind: str) -> type[BaseModel]:
    """Return the class that reads documents of a kind."""
    module, name = _READERS[kind]
    found: type[BaseModel] = getattr(import_module(f"creditrules.load.{module}"), name)
    return found


def kind_of(first_key: str) -> str | None:
    """Return the kind of document that begins with a key, in either language; None when none does."""
    from creditrules.load.shapes import fields_of

    for kind in DOCUMENT_KINDS:
        fields = fields_of(reader_of(kind))
        # A file of rules may begin with any of its sections; every other document with its own name.
        if any(first_key in field.names for field in (fields if kind == "rules" else fields[:1])):
            return kind
    return None
