"""Policy, checks: which parameters the rules of procedure count with."""

from __future__ import annotations

from creditrules.model.procedure import Procedure


def used_parameters(procedure: Procedure) -> frozenset[str]:
    """Return the keys of the parameters that a term of a duty or of a way out names."""
    terms = [term for duty in procedure.duties for term in (duty.term, *(s.term for s in duty.special))]
    for way in procedure.ways_out:
        terms += [way.earliest, way.longest, way.accepts_within, way.decides_within]
    return frozenset(term.parameter for term in terms if term is not None and term.parameter is not None)
