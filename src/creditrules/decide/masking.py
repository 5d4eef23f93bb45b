"""Decide: how subjects appear in outputs. Identifiers of natural persons are masked.

No national format of the mask is known; a common public one keeps the first six and the last four characters
of a citizen number, which hides the day of birth.
"""

from __future__ import annotations

from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import SubjectView
from creditrules.model.dossier import Subject


def view(subject: Subject, catalogue: Catalogue) -> SubjectView:
    """Return a subject as outputs may show it."""
    natural = catalogue.is_natural(subject.kind)
    return SubjectView(
        id=subject.id,
        kind=subject.kind,
        name=masked_name(subject.name) if natural else subject.name,
        code=subject.code,
        id_number=masked_number(subject.id_number) if subject.id_number else None,
        region=subject.region,
        natural=natural,
    )


def masked_name(name: str) -> str:
    """Keep the first character of a person's name."""
    return name[:1] + "*" * max(1, len(name) - 1)


def masked_number(number: str) -> str:
    """Keep the first six and the last four characters of a citizen number."""
    return (
        number[:6] + "*" * max(0, len(number) - 10) + number[-4:] if len(number) > 10 else "*" * len(number)
    )
