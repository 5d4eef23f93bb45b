"""Load: a suppression as written: which finding is let stand, and why. That a reason is there is a check."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from creditrules.load.doc_types import Doc, Label, String, TextField


def _listed(value: Any) -> Any:
    # One entry may stand for a list of one, and the key of a measure may look like a number.
    return [value] if isinstance(value, str | int) else value


Labels = Annotated[tuple[Label, ...], BeforeValidator(_listed)]


class SuppressDoc(Doc):
    """One code that is not reported in this document; `measure` and `about` narrow it to some entries."""

    code: String
    reason: TextField | None = None
    measure: Labels = ()
    about: Labels = ()
