"""Load: a suppression as written: which finding is let stand, and why. That a reason is there is a check."""

from __future__ import annotations

from creditrules.load.doc_types import Doc, String, Strings, TextField


class SuppressDoc(Doc):
    """One code that is not reported in this document; `measure` and `about` narrow it to some entries."""

    code: String
    reason: TextField | None = None
    measure: Strings = ()
    about: Strings = ()
