"""Compile pass: keep the measures a source shows; set aside what is known from memory or not at all."""

from __future__ import annotations

from creditrules.compile.day import Day, Passed, aside
from creditrules.model.rulebook import Rule
from creditrules.model.text import Text
from creditrules.model.words import Checked

RECALLED = Text(
    "该项措施仅凭记忆，未经来源核实，不作为惩戒依据",
    "known from memory only: no source shows the measure, so it does not act",
)
UNSEEN = Text("来源未显示该项措施", "the document has this measure, but no source shows it")


def keep_checked(rules: tuple[Rule, ...], day: Day) -> Passed:
    """Let only verified measures act, and recalled ones where the caller asked for them."""
    kept = tuple(r for r in rules if _may_act(r, day))
    dropped = (r for r in rules if not _may_act(r, day))
    return kept, tuple(
        aside(r, r.checked.value, UNSEEN if r.checked is Checked.UNSEEN else RECALLED) for r in dropped
    )


def _may_act(rule: Rule, day: Day) -> bool:
    # Whether records are kept is the regime's business, whatever the state of its text.
    return (
        rule.record is not None
        or rule.checked is Checked.VERIFIED
        or (rule.checked is Checked.RECALLED and day.recalled)
    )
