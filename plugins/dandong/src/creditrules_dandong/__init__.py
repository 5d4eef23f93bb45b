"""Dandong as an overlay of creditrules: local units, channels, and the notice 丹信办发〔2018〕14号.

It stands on the shipped catalogue and adds no measure: a city says who acts there.
"""

from pathlib import Path

from creditrules import FolderSource

FOLDER = Path(__file__).parent / "catalogue"


def source() -> FolderSource:
    """Return the catalogue of this package."""
    return FolderSource(FOLDER)
