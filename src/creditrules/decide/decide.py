"""Decide: what a rulebook says about one dossier. A pure function: no clock, no network, no environment."""

from __future__ import annotations

from datetime import date

from creditrules.decide.case import Case
from creditrules.decide.outcome import Outcome
from creditrules.evaluate.engines import engine_named, met_of
from creditrules.evaluate.protocol import Engine
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook


def decide(
    rulebook: Rulebook, dossier: Dossier, *, known: date | None = None, engine: str | Engine = "checked"
) -> Decision:
    """Say which actions each unit must or may take, what is open, and why.

    The rules are matched here and now; what they come to is worked out when it is first read.

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
    seen = dossier if known is None and dossier.is_plain else dossier.as_known(known)
    outcome = Outcome(Case(rulebook, seen), met_of(matcher, rulebook, seen))
    return Decision.pending(
        outcome,
        on=rulebook.on,
        known=known,
        engine=matcher.name,
        catalogue=rulebook.catalogue.digest,
        dossier=dossier.digest,
        regimes=tuple(regime.key for regime in rulebook.regimes),
        explainer=outcome.explanation,
    )
