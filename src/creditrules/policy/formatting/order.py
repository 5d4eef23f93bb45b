"""Policy: the order of the keys of every part, and which parts are short enough to stand on one line."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from creditrules.load.document_kinds import reader_of
from creditrules.load.dossier_docs import DossierDoc
from creditrules.load.shapes import (
    Either,
    Field,
    Keyed,
    Many,
    Part,
    Plain,
    Shape,
    fields_of,
    part_name,
    parts_of,
)

# Where documents have always been written in another order than the classes read them, theirs counts. Keys
# that are not named here follow in the order of the class.
_HABITS: Mapping[str, str] = {
    "Memorandum": "memorandum replaces doc_no instrument title in_force supersedes lists lead_units "
    "signatories status_note mechanism completeness measures_in_document checked note covers measures "
    "facts sources",
    "Duration": "years months days shortest longest from",
    "Clause": "party when reaches",
    "Provision": "version article item",
    "List": "replaces title level field aliases determined_by instrument entry",
    "EarlyRemoval": "after text",
    "Trigger": "list reaches because",
    "Unit": "replaces extends name aliases en level nature since until becomes parent generic local",
    "RegimeRule": "rule types effects ranks natures period text",
    "Liability": "key basis condition kinds lists duration when",
    "MeasureKind": "name matter effect type reaches",
    "SpecialTerm": "label when term",
    "Listing": "id list authority doc_no capacity conduct determined served aggregated published since until "
    "review removed revoked publishable facts findings findings_complete objections repairs events",
    "Event": "kind on by to person until doc_no",
    "Case": "name on known recalled parameters given only change",
    "Expectation": "status actions not nothing_else untouched",
    "ExpectedAction": "measure against unit effect matter discretion since until review local cites article "
    "because reasons",
    "Untouched": "measure against",
}
# Forms and parts that stand on one line where they fit.
_SHORT = frozenset({"text", "period", "check", "partial_day", "InForce", "Term", "FactEntry", "Conduct"})
# In files of examples a dossier stands, whole or in part, under these keys.
_DOSSIERS = frozenset({"given", "change"})
ANYTHING = Plain("any")


@frozen
class Grammar:
    """What may stand where in one kind of document."""

    kind: str
    parts: Mapping[str, tuple[Field, ...]]

    @property
    def root(self) -> Shape:
        """The shape of the whole document."""
        return Part(part_name(reader_of(self.kind)))

    def inner(self, shape: Shape, key: str | None) -> Shape:
        """Return the shape of what stands under a key of a mapping, or (with None) of an entry of a list."""
        for option in _options(shape):
            match option:
                case Many(of) if key is None:
                    return of
                case Keyed(of) if key is not None:
                    return of
                case Part(name) if key is not None:
                    if self.kind == "examples" and key in _DOSSIERS:
                        return Part(part_name(DossierDoc))
                    return next((f.shape for f in self.parts[name] if key in f.names), ANYTHING)
        return ANYTHING

    def rank(self, shape: Shape, key: str) -> int | None:
        """Return the place of a key among those of its part; None where the author's order counts."""
        part = next((option.name for option in _options(shape) if isinstance(option, Part)), None)
        if part is None:
            return None
        fields = self.parts[part]
        english = next((field.key for field in fields if key in field.names), None)
        habit = _HABITS.get(part, "").split()
        order = [*habit, *(field.key for field in fields if field.key not in habit)]
        return order.index(english) if english is not None else len(order)

    def names(self, shape: Shape, key: str) -> tuple[str, ...]:
        """Return every way to write a key of a part, the English one first; none where names are free."""
        parts = [option.name for option in _options(shape) if isinstance(option, Part)]
        fields = (field for part in parts for field in self.parts[part])
        return next((field.names for field in fields if key in field.names), ())

    def is_short(self, shape: Shape) -> bool:
        """Say whether a mapping of this shape stands on one line where it fits."""
        return any(isinstance(option, Plain | Part) and option.name in _SHORT for option in _options(shape))


def _options(shape: Shape) -> tuple[Shape, ...]:
    """Return the shapes a value may have, one value standing for a list of one among them."""
    if isinstance(shape, Either):
        return tuple(inner for option in shape.of for inner in _options(option))
    if isinstance(shape, Many) and shape.single:
        return (shape, *_options(shape.of))
    return (shape,)


def grammar_of(kind: str) -> Grammar:
    """Return the grammar of a kind of document."""
    parts = dict(parts_of(reader_of(kind)))
    if kind == "examples":
        parts |= parts_of(DossierDoc)
    return Grammar(kind, {name: fields_of(cls) for name, cls in parts.items()})
