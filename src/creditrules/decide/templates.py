"""Decide: what every decision of a rulebook takes from a rule, worked out once: who acts, and on what."""

from __future__ import annotations

from datetime import date
from threading import Lock

from attrs import frozen

from creditrules.decide.case import is_simple
from creditrules.evaluate.once import Once
from creditrules.model.rulebook import Act, Rule, Rulebook
from creditrules.model.words import Stance

NO_MATTER = (None,)


@frozen(eq=False)
class Seat:
    """Where actions of one unit, effect and matter stand; with a target it is one action.

    `before` and `after` are the key of such an action around its target.
    """

    unit: str
    effect: str
    matter: str | None
    before: str
    after: str


@frozen(eq=False)
class Template:
    """A rule with what its acts come to: each act with the numbers of the seats it has a share in.

    `is_plain` says that its days depend on its listing alone, and that nothing about it is open. Plain rules
    with the same `days` have the same bounds of their own; -1 for all others.
    """

    rule: Rule
    memorandum: str
    measure: str
    is_plain: bool
    days: int
    acts: tuple[tuple[Act, tuple[int, ...]], ...]
    favours: bool
    notes: bool


class Templates(dict[int, Template]):
    """The templates of one rulebook, each made when its rule first applies; `seats` are found by number."""

    def __init__(self, rulebook: Rulebook) -> None:
        super().__init__()
        self.seats: list[Seat] = []
        self._rules = rulebook.rules
        self._numbers: dict[tuple[str, str, str | None], int] = {}
        self._days: dict[tuple[date | None, date | None], int] = {}
        # Two numbers for one seat would make two actions of one.
        self._lock = Lock()

    def __missing__(self, number: int) -> Template:
        with self._lock:
            self[number] = made = self._make(self._rules[number])
        return made

    def _make(self, rule: Rule) -> Template:
        is_plain = rule.record is None and not rule.open and is_simple(rule)
        days = (rule.since, rule.until)
        effect, matters = rule.effect.effect or "", rule.effect.matters or NO_MATTER
        return Template(
            rule=rule,
            memorandum=rule.document,
            measure=rule.part,
            is_plain=is_plain,
            days=self._days.setdefault(days, len(self._days)) if is_plain else -1,
            acts=tuple(
                (act, tuple(self._seat(act.unit, effect, matter) for matter in matters)) for act in rule.acts
            ),
            favours=rule.measure is not None and rule.measure.stance is Stance.INCENTIVE,
            notes=bool(rule.notes) or any(act.notes for act in rule.acts),
        )

    def _seat(self, unit: str, effect: str, matter: str | None) -> int:
        place = (unit, effect, matter)
        if place not in self._numbers:
            self.seats.append(Seat(unit, effect, matter, f"{unit}:", f":{effect}:{matter or '-'}"))
            self._numbers[place] = len(self.seats) - 1
        return self._numbers[place]


templates = Once(Templates)
