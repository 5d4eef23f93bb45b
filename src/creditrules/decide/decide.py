"""Decide: what a rulebook says about one dossier. A pure function: no clock, no network, no environment."""

from __future__ import annotations

from datetime import date

from creditrules.decide.case import Case
from creditrules.decide.explain import Explanation
from creditrules.decide.gather import gather
from creditrules.decide.leads_to import leads_to
from creditrules.decide.masking import view
from creditrules.decide.overlap import merge
from creditrules.evaluate.engines import engine_named
from creditrules.evaluate.protocol import Engine
from creditrules.model.decision import Decision, Record, Undetermined
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook, SetAside


def decide(
    rulebook: Rulebook, dossier: Dossier, *, known: date | None = None, engine: str | Engine = "checked"
) -> Decision:
    """Say which actions each unit must or may take, what is open, and why.

    Args:
        rulebook: the catalogue made ready for the day of the decision.
        dossier: what is known of the subjects.
        known: decide as on the entries recorded by this day; all of them when it is None.
        engine: `checked` (durable, checked by indexed), `durable`, `indexed`, `reference`, or an engine.

    Raises:
        EngineError: an engine failed, or two engines do not agree; nothing is decided.
        UsageError: there is no engine of that name.
    """
    matcher = engine_named(engine) if isinstance(engine, str) else engine
    case = Case(rulebook, dossier if known is None and dossier.is_plain else dossier.as_known(known))
    matches = matcher.matches(rulebook, case.dossier)
    found = gather(case, matches)
    actions, torn = merge(case, found.parts)
    return Decision(
        on=rulebook.on,
        known=known,
        engine=matcher.name,
        catalogue=rulebook.catalogue.digest,
        dossier=dossier.digest,
        regimes=tuple(regime.key for regime in rulebook.regimes),
        subjects=tuple(view(subject, case.catalogue) for subject in case.dossier.subjects.values()),
        actions=tuple(actions),
        undetermined=tuple(sorted((*found.undetermined, *torn), key=_order)),
        set_aside=_set_aside(case, found.set_aside),
        records=tuple(sorted(found.records, key=_record_order)),
        statuses=_statuses(case),
        leads_to=leads_to(case, actions),
        explainer=Explanation(case, actions),
    )


def _set_aside(case: Case, here: list[SetAside]) -> tuple[SetAside, ...]:
    """Return what was set aside of the documents that speak of the dossier's lists, and for its targets."""
    return (
        *case.set_aside(),
        *sorted(here, key=lambda item: (item.memorandum, item.measure or "", item.detail)),
    )


def _statuses(case: Case) -> tuple[tuple[str, str, date | None], ...]:
    seen = {c.seen.listing.id: c.seen.standing for c in case.routes.values()}
    return tuple(
        (listing, standing.status.value, standing.since) for listing, standing in sorted(seen.items())
    )


def _order(item: Undetermined) -> tuple[str, ...]:
    return (item.what, item.memorandum, item.measure, item.listing, item.target, item.route.role or "")


def _record_order(record: Record) -> tuple[str, ...]:
    return (record.file_of, record.listing, record.rule, record.route.role or "")
