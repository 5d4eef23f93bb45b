"""creditrules: joint-sanction memoranda as rules.

A memorandum is a document; a catalogue is what the documents say together; a rulebook is a catalogue made
ready for one day; a decision is what a rulebook says about one dossier, unit by unit, with its reasons.

    >>> from datetime import date
    >>> from creditrules import decide, load_catalogue, read_dossier
    >>> rulebook = load_catalogue().rulebook(on=date(2018, 12, 20))
    >>> firm = {"id": "a", "kind": "enterprise", "name": "虚构公司"}
    >>> dossier = read_dossier({"subjects": [firm]}, rulebook.catalogue)
    >>> decide(rulebook, dossier).actions
    ()
"""

from typing import TYPE_CHECKING

from creditrules._public import import_when_used

if TYPE_CHECKING:
    from creditrules.api import decide, load_catalogue, read_dossier
    from creditrules.errors import (
        CatalogueError,
        CreditRulesError,
        EngineError,
        FactsError,
        Finding,
        Span,
        UsageError,
    )
    from creditrules.load.sources import CatalogueSource, FolderSource
    from creditrules.model.catalogue import Catalogue
    from creditrules.model.decision import Action, Decision, Reason, Record, Undetermined
    from creditrules.model.dossier import Dossier
    from creditrules.model.procedure import Duty, Exit, Proceedings
    from creditrules.model.rulebook import Rulebook, SetAside
    from creditrules.model.text import Text
    from creditrules.model.words import Discretion, Truth
    from creditrules.procedure.proceed import proceed

# fmt: off
__all__ = [
    "Action", "Catalogue", "CatalogueError", "CatalogueSource", "CreditRulesError", "Decision", "Discretion",
    "Dossier", "Duty", "EngineError", "Exit", "FactsError", "Finding", "FolderSource", "Proceedings",
    "Reason", "Record", "Rulebook", "SetAside", "Span", "Text", "Truth", "Undetermined", "UsageError",
    "decide", "load_catalogue", "proceed", "read_dossier",
]
# fmt: on
__version__ = "0.1.0"

import_when_used()
