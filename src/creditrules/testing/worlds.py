"""Testing: worlds, each a catalogue, a dossier that fits it, a day, and what was known when."""

from __future__ import annotations

from datetime import date

from attrs import frozen
from hypothesis import strategies as st

from creditrules.compile.passes import compile_rulebook
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.testing.catalogues import catalogues
from creditrules.testing.dossiers import dossiers
from creditrules.testing.pools import ANY_DAY
from creditrules.testing.vocabulary import DAYS


@frozen
class World:
    """Everything a decision depends on."""

    catalogue: Catalogue
    dossier: Dossier
    on: date
    recalled: bool = False
    known: date | None = None

    def rulebook(self) -> Rulebook:
        """Return the rulebook of the day."""
        return compile_rulebook(self.catalogue, self.on, self.recalled)

    def seen(self) -> Dossier:
        """Return the dossier as it was known."""
        return self.dossier.as_known(self.known)


# Days of every decade of the law, mostly those on which most listings stand.
_ON = st.sampled_from((DAYS[0],) * 60 + tuple(day for day in ANY_DAY if day >= DAYS[3]) + ANY_DAY)
_KNOWN: st.SearchStrategy[date | None] = st.sampled_from((None,) * 4 * len(DAYS) + DAYS)


_RECALLED = st.booleans()


@st.composite
def worlds(draw: st.DrawFn, *, catalogue: Catalogue | None = None) -> World:
    """Generate a world, of a random catalogue or of the one given."""
    chosen = draw(catalogues()) if catalogue is None else catalogue
    return World(chosen, draw(dossiers(chosen)), draw(_ON), draw(_RECALLED), draw(_KNOWN))
