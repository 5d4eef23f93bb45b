"""Deliver: a letter as a Word file, and the trace that says of every field where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from creditrules.deliver.letter_choice import Choice, Matter, chosen
from creditrules.deliver.letter_fields import fields_of, said
from creditrules.deliver.letter_file import Template
from creditrules.deliver.letter_kinds import OFFICE, PLACES, REPAIR_WAY, Field, LetterQuestion, Row, Source
from creditrules.deliver.words import word_table
from creditrules.errors import FactsError, Finding, Span, UsageError

SCHEMA = "creditrules/letter/1"
FOLDER = Path(__file__).parents[1] / "texts" / "letters"


@frozen
class Letter:
    """A letter that is ready: the bytes of the Word file, and where each of its fields comes from."""

    data: bytes
    trace: Mapping[str, Any]

    def trace_json(self) -> str:
        """Return the trace as one line of canonical JSON."""
        return json.dumps(self.trace, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def write_letter(question: LetterQuestion, matter: Matter, template: Path | None = None) -> Letter:
    """Write a letter.

    Args:
        question: which letter, about what, to whom, and what the office alone knows.
        matter: what was decided, and on what.
        template: a Word file of the office; that which is shipped when it is None.

    Raises:
        UsageError: CR603–CR608, the question, the template or the day does not allow it.
        FactsError: CR601, CR602, fields are missing; all of them are named, and nothing is written.
    """
    path = template or FOLDER / question.kind.template
    form = Template.read(path)
    choice = chosen(question, matter)
    fields = fields_of(question, choice, matter)
    asked = form.fields()
    _check_given(question.given, fields, asked)
    fields |= {n: Field(said(v), Source("given", n)) for n, v in question.given.items() if said(v)}
    missing = [*_missing(asked, fields, choice, matter), *_missing_cells(form, fields, choice)]
    if missing:
        raise FactsError(missing)
    used = {name: field for name, field in fields.items() if name in asked}
    data = form.filled({name: _value(field) for name, field in used.items()})
    return Letter(data, _trace(question, choice, matter, used, form))


def _check_given(given: Mapping[str, str], fields: Mapping[str, Field], asked: frozenset[str]) -> None:
    found = []
    for name, value in given.items():
        if name == REPAIR_WAY:
            continue
        field = fields.get(name)
        if name not in asked:
            near = get_close_matches(name, asked, n=1)
            words = {
                "near_en": f"did you mean `{near[0]}`? " if near else "",
                "near_zh": f"是不是 `{near[0]}`？" if near else "",
            }
            found.append(
                Finding("CR603", Span(""), {"given": name, "known": ", ".join(sorted(asked)), **words})
            )
        elif field is not None and field.value != said(value):
            told = field.value if isinstance(field.value, str) else "…"
            found.append(Finding("CR608", Span(""), {"given": name, "told": told, "at": field.source.at}))
    if found:
        raise UsageError(found)


def _missing(
    asked: Iterable[str], fields: Mapping[str, Field], choice: Choice, matter: Matter
) -> Iterator[Finding]:
    for name in sorted(set(asked) - set(fields)):
        text = word_table().get(f"letter.field.{name}")
        words = {"field": name, "name_zh": text.zh if text else name, "name_en": text.en if text else name}
        if name in OFFICE or name not in PLACES:
            yield Finding("CR602", Span(""), words)
        else:
            place = PLACES[name]
            subject = matter.dossier.subjects[choice.listing.subject]
            span = subject.span if place.startswith("subjects") else choice.listing.span
            in_dossier = not place.startswith("rules/")
            yield Finding("CR601", (span if in_dossier else None) or Span(""), {**words, "place": place})


def _missing_cells(form: Template, fields: Mapping[str, Field], choice: Choice) -> Iterator[Finding]:
    """Yield what a row needs and does not have; a template that shows no such column needs none."""
    for name, field in fields.items():
        if name not in form.fields() or isinstance(field.value, str):
            continue
        for row in field.value:
            for column in sorted(c for c, cell in row.fields.items() if cell is None and form.shows(c)):
                number = row.fields.get("number")
                told = f"{name}.{column} {number.value if number else ''}".strip()
                words = {
                    "field": told,
                    "name_zh": told,
                    "name_en": told,
                    "place": f"listings: {choice.listing.id}",
                }
                yield Finding("CR601", choice.listing.span or Span(""), words)


def _value(field: Field) -> str | list[dict[str, str]]:
    if isinstance(field.value, str):
        return field.value
    return [_cells(row) for row in field.value]


def _cells(row: Row) -> dict[str, str]:
    return {n: cell.value for n, cell in row.fields.items() if cell and isinstance(cell.value, str)}


def _trace(
    question: LetterQuestion, choice: Choice, matter: Matter, used: Mapping[str, Field], form: Template
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": question.kind.key,
        "on": question.on.isoformat(),
        "listing": choice.listing.id,
        "addressed": choice.addressed.id,
        "decision": {"catalogue": matter.decision.catalogue, "dossier": matter.decision.dossier},
        "template": {"name": form.name, "sha256": sha256(form.data).hexdigest()},
        "fields": dict(sorted(_traced("", used))),
    }


def _traced(prefix: str, fields: Mapping[str, Field | None]) -> Iterator[tuple[str, dict[str, str]]]:
    for name, field in fields.items():
        if field is None:
            continue
        if isinstance(field.value, str):
            value = field.value.replace("\a", "\n")
            yield prefix + name, {"value": value, "from": field.source.part, "at": field.source.at}
        else:
            for n, row in enumerate(field.value):
                yield from _traced(f"{prefix}{name}[{n}].", row.fields)
