"""The generated part of the page on the tables of a population."""

from __future__ import annotations

from creditrules.population.schema import schema_text


def page() -> str:
    """Return every table with its columns."""
    return schema_text()
