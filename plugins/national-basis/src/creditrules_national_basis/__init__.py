"""What statutes themselves order, as a catalogue for creditrules.

It stands on the shipped catalogue. Every document is a statute (`instrument: statute`), every measure cites
the provision that orders it.
"""

from pathlib import Path

from creditrules import FolderSource

FOLDER = Path(__file__).parent / "catalogue"
EXAMPLES = Path(__file__).parent / "examples"


def source() -> FolderSource:
    """Return the catalogue of this package."""
    return FolderSource(FOLDER)
