"""Population: the published schema of the tables that come in; page and reader are made from it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from creditrules.model.event import EventKind
from creditrules.model.words import Outcome, Responsibility


@frozen
class Column:
    """One column: its name, what it holds, and whether it may be empty or left out.

    `holds` is one of `key` (text or whole number), `word` (a key, a name or an alias of the catalogue),
    `text`, `day`, `yes_no`, `number`. `needed` columns may be neither missing nor empty.
    """

    name: str
    holds: str
    says: str
    needed: bool = False
    words: tuple[str, ...] = ()


@frozen
class Table:
    """One table. Only `subjects` and `listings` must be there; columns nobody declared are not read."""

    name: str
    says: str
    columns: tuple[Column, ...]
    needed: bool = False

    @property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}


def _need(name: str, holds: str, says: str, words: tuple[str, ...] = ()) -> Column:
    return Column(name, holds, says, True, words)


_RECORDED = Column("recorded", "day", "the day it was entered; `known` leaves out what came later")
_VERSION = Column("version", "key", "the `version` of the listing it belongs to; empty: to every version")
_OUTCOMES = (Outcome.UPHELD.value, Outcome.REJECTED.value)
_DECISIONS = (Outcome.GRANTED.value, Outcome.REFUSED.value)

SCHEMA: tuple[Table, ...] = (
    Table(
        "subjects",
        "organisations and natural persons, one row each",
        (
            _need("id", "key", "the population's own label, never a citizen number"),
            _need("kind", "word", "a kind of subject, such as `enterprise` or `natural_person`"),
            Column("region", "text", "six digits of GB/T 2260"),
            Column("code", "text", "unified social credit code; its region counts when none is stated"),
        ),
        True,
    ),
    Table(
        "listings",
        "one row for each determination that put a subject on a list, and for each later version of it",
        (
            _need(
                "id", "key", "names the listing; versions of one listing share it and differ in `recorded`"
            ),
            _need("subject", "key", "who is listed, an `id` of `subjects`"),
            _need("list", "word", "a list of the catalogue: key, title or alias"),
            Column("capacity", "word", "in which capacity the subject was listed"),
            Column("conduct_since", "day", "first day of the conduct; alone it is the only day"),
            Column("conduct_until", "day", "last day of the conduct"),
            Column("determined", "day", "day of the determination"),
            Column("served", "day", "day of service; empty: not recorded"),
            Column("not_served", "yes_no", "yes: it is known that it has not been served"),
            Column("aggregated", "day", "day of aggregation to the platform; empty: not recorded"),
            Column("not_aggregated", "yes_no", "yes: it is known that it has not been aggregated"),
            Column("published", "day", "day of publication"),
            Column("since", "day", "day from which it has effect"),
            Column("until", "day", "last day"),
            Column("review", "day", "day by which the authority looks again"),
            Column("removed", "day", "day of removal"),
            Column("revoked", "day", "day of revocation"),
            Column("publishable", "yes_no", "no: it may by law not be made public"),
            Column("findings_complete", "yes_no", "yes: everybody found responsible is in `findings`"),
            _RECORDED,
            Column(
                "version", "key", "tells versions of one listing apart, for rows that belong to one of them"
            ),
        ),
        True,
    ),
    Table(
        "roles",
        "who is what in which organisation",
        (
            _need("person", "key", "who holds the role, an `id` of `subjects`"),
            _need("organisation", "key", "in which organisation, an `id` of `subjects`"),
            _need("role", "word", "a role of the catalogue"),
            Column("since", "day", "first day"),
            Column("until", "day", "last day"),
            Column(
                "confirmed", "yes_no", "whether the authority holds this tenure to be the one that counts"
            ),
            _RECORDED,
        ),
    ),
    Table(
        "findings",
        "documents that find a person responsible, or not, for the conduct behind a listing",
        (
            _need("listing", "key", "an `id` of `listings`"),
            _need("person", "key", "an `id` of `subjects`"),
            _need("finds", "word", "what the document finds", tuple(r.value for r in Responsibility)),
            Column("on", "day", "day of the document"),
            _RECORDED,
            _VERSION,
        ),
    ),
    Table(
        "objections",
        "objections to listings",
        (
            _need("listing", "key", "an `id` of `listings`"),
            _need("filed", "day", "day it was filed"),
            Column("suspends", "yes_no", "whether it stays the measures; empty: not recorded"),
            Column("decided", "day", "day it was decided"),
            Column("outcome", "word", "how it was decided", False, _OUTCOMES),
            _RECORDED,
            _VERSION,
        ),
    ),
    Table(
        "repairs",
        "applications for credit repair",
        (
            _need("listing", "key", "an `id` of `listings`"),
            Column("applied", "day", "day of the application"),
            Column("decided", "day", "day it was decided"),
            Column("outcome", "word", "how it was decided", False, _DECISIONS),
            Column("revoked", "day", "day on which a granted repair was revoked"),
            _RECORDED,
            _VERSION,
        ),
    ),
    Table(
        "events",
        "what happened in the procedure; read as far as it says where a listing stands",
        (
            _need("listing", "key", "an `id` of `listings`"),
            _need("kind", "word", "a kind of event", tuple(kind.value for kind in EventKind)),
            _need("on", "day", "the day"),
            Column("until", "day", "end of a period the event sets, such as a court's stay"),
            Column("outcome", "text", "outcome of an objection or a repair"),
            Column("suspends", "yes_no", "of an objection: whether it stays the measures"),
            _RECORDED,
            _VERSION,
        ),
    ),
    Table(
        "facts",
        "facts of subjects and listings that the catalogue declares, one statement a row",
        (
            _need("owner", "key", "an `id` of `subjects` or, for facts about listings, of `listings`"),
            _need("name", "word", "name of a declared fact"),
            Column("value", "text", "the value as text, read by the type the fact is declared with"),
            Column("value_boolean", "yes_no", "the value of a fact of type boolean"),
            Column("value_number", "number", "of type integer, money (yuan) or share (per cent)"),
            Column("value_date", "day", "of type date"),
            Column("value_text", "text", "of type choice or text"),
            Column("since", "day", "first day on which it holds"),
            Column("until", "day", "last day on which it holds"),
            _RECORDED,
            _VERSION,
        ),
    ),
)
TABLES: Mapping[str, Table] = {table.name: table for table in SCHEMA}
# In these a column named like a declared fact states that fact for every row, without days.
WIDE = ("subjects", "listings")

_TYPES = {
    "key": "text or whole number",
    "word": "text",
    "text": "text",
    "day": "date",
    "yes_no": "boolean",
    "number": "number",
}


def schema_text() -> str:
    """Return the schema as a Markdown page."""
    lines: list[str] = []
    for table in SCHEMA:
        must = " Must be there." if table.needed else ""
        lines += [f"## {table.name}", "", f"{table.says[0].upper()}{table.says[1:]}.{must}", ""]
        lines += ["| column | type | needed | meaning |", "|---|---|---|---|"]
        for column in table.columns:
            words = f": {', '.join(f'`{word}`' for word in column.words)}" if column.words else ""
            needed = "yes" if column.needed else ""
            lines.append(f"| `{column.name}` | {_TYPES[column.holds]} | {needed} | {column.says}{words} |")
        lines.append("")
    return "\n".join(lines)
