"""Gate: the question of an approval: may this applicant have it, in our matter, from our unit, on this day?

Pure: it looks at decisions that were made. What makes them, and writes down who asked, is beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from creditrules.decide.unit_kin import is_below
from creditrules.errors import Finding, Span, UsageError
from creditrules.gate.verdict import Doubt, Ground, Verdict, gravest, means, together
from creditrules.load.findings import near
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Ask, Decision, Reason, Undetermined
from creditrules.model.memorandum import Effect, Measure


@frozen
class Checked:
    """The answer to one question: the verdict, what it rests on, and what is still to be asked.

    `noted` are actions against the applicant in the matter that are none of the approval's business, `unseen`
    the measures that apply to him and whose content no source shows: nobody can say whether they bear on it.
    """

    verdict: Verdict
    matter: str
    unit: str | None
    applicant: str
    decision: Decision
    grounds: tuple[Ground, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    noted: tuple[Action, ...] = ()
    unseen: tuple[Undetermined, ...] = ()

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What to ask for, each fact once."""
        found = {(ask.fact, ask.about): ask for doubt in self.doubts for ask in doubt.point.asks}
        return tuple(found.values())

    def reasons(self) -> tuple[Reason, ...]:
        """Return why every ground stands, as trees."""
        return tuple(self.decision.why(ground.action) for ground in self.grounds)


def check(
    decision: Decision, catalogue: Catalogue, *, matter: str, applicant: str, unit: str | None = None
) -> Checked:
    """Say what a decision means for an approval.

    Args:
        decision: made on everything known of the applicant, on the day of the approval.
        catalogue: the catalogue the decision was made by.
        matter: the matter of the approval, a key of `rules/matters.yaml`.
        applicant: the label of the applicant in the dossier.
        unit: who approves, by key or any name; every unit when it is None.

    Raises:
        UsageError: CR641, there is no such matter; CR642, nobody in the dossier bears the label.
    """
    if matter not in catalogue.matters:
        raise UsageError(
            [Finding("CR641", Span("gate"), {"matter": matter, **near(matter, catalogue.matters)})]
        )
    if applicant not in {subject.id for subject in decision.subjects}:
        raise UsageError([Finding("CR642", Span("gate"), {"applicant": applicant})])
    units = None if unit is None else {unit, *decision.unit_keys(unit)}
    grounds: list[Ground] = []
    noted: list[Action] = []
    for action in decision.against(applicant):
        if not (_concerns(action.matter, matter) and _is_of(action, units)):
            continue
        said = means(catalogue.effects[action.effect].approval, action.discretion)
        if said is Verdict.CLEAR:
            noted.append(action)
        else:
            grounds.append(Ground(said, action))
    doubts = tuple(_doubts(decision.undetermined, catalogue, matter, applicant, units))
    verdict = together(tuple(grounds), doubts)
    unseen = tuple(p for p in decision.undetermined if p.target == applicant and p.what == "effect")
    return Checked(verdict, matter, unit, applicant, decision, tuple(grounds), doubts, tuple(noted), unseen)


def _concerns(of_action: str | None, asked: str) -> bool:
    """Say whether an action bites on the matter asked for: its own, a broader or a narrower one.

    A measure on a broad matter bites on everything below; one on a narrower matter concerns a part of what is
    asked for. What names no matter concerns the business of the unit as a whole.
    """
    return of_action is None or is_below(asked, of_action) or is_below(of_action, asked)


def _is_of(action: Action, units: set[str] | None) -> bool:
    # Without a unit every matter of its own counts, but not what some unit does about no matter at all.
    if units is None:
        return action.matter is not None
    return action.unit in units or action.local in units


def _doubts(
    open_points: Iterable[Undetermined],
    catalogue: Catalogue,
    matter: str,
    applicant: str,
    units: set[str] | None,
) -> Iterable[Doubt]:
    for point in open_points:
        memorandum = catalogue.memoranda.get(point.memorandum)
        if point.target != applicant or memorandum is None:
            continue  # what goes into a credit file stands in no approval's way
        if units is not None and point.units and not units & set(point.units):
            continue
        measure = next((m for m in memorandum.measures if m.key == point.measure), None)
        said = Verdict.CLEAR if measure is None else _most(measure, catalogue, matter, units is None)
        if said is not Verdict.CLEAR:
            yield Doubt(said, point)


def _most(measure: Measure, catalogue: Catalogue, matter: str, any_unit: bool) -> Verdict:
    """Return the gravest thing a measure could mean for the matter if its open point came out against."""
    return gravest(
        means(catalogue.effects[effect.effect].approval, effect.discretion)
        for effect in measure.effects
        if effect.effect is not None and _bites(effect, matter, any_unit)
    )


def _bites(effect: Effect, matter: str, any_unit: bool) -> bool:
    matters: tuple[str | None, ...] = effect.matters or (() if any_unit else (None,))
    return any(_concerns(each, matter) for each in matters)
