"""Load: the declaration of a fact as written."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PlainValidator

from creditrules.load.doc_types import Doc, Flag, String, TextField, one_of

ABOUT = ("subject", "target", "listing")
TYPES = ("boolean", "integer", "money", "share", "date", "choice", "text")


class FactDoc(Doc):
    """A fact that conditions may ask for, with its question in words."""

    about: Annotated[str, PlainValidator(one_of(ABOUT))]
    type: Annotated[str, PlainValidator(one_of(TYPES))]
    ask: TextField
    choices: dict[str, TextField] = Field(default_factory=dict)
    when_missing: Flag | None = None
    note: String | None = None
