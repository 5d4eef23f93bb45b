"""The schemas of the documents of the shipped catalogue, as they lie in `schemas/`."""

from __future__ import annotations

from creditrules import load_catalogue
from creditrules.load.document_kinds import DOCUMENT_KINDS
from creditrules.policy.schema.documents import schema_of
from creditrules.policy.schema.files import as_text, file_name


def schemas() -> dict[str, str]:
    """Return the text of every schema by its file name."""
    catalogue = load_catalogue()
    return {file_name(kind): as_text(schema_of(kind, catalogue)) for kind in DOCUMENT_KINDS}
