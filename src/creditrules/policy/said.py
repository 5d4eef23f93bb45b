"""Policy: what the names in an expectation stand for, in both languages, in the words of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from creditrules.deliver.names import Names, subject_name
from creditrules.deliver.words import LANGUAGES, Words, word_table
from creditrules.load.expectation_docs import ExpectedAction
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision
from creditrules.model.text import Text


def words(key: str, **values: Text | str | int) -> Text:
    """Return words of the bench in both languages, places filled."""
    return word_table()[f"test.{key}"].filled(**values)


def joined(parts: Iterable[Text], key: str = "part") -> Text:
    """Join texts as each language lists things."""
    said = list(parts)
    mark = word_table()[f"mark.{key}"]
    return Text(mark.zh.join(t("zh") for t in said), mark.en.join(t("en") for t in said))


def _clipped(text: str, length: int) -> str:
    text = text.rstrip("。.")
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


class Said:
    """Names of one case: its measures are those of its memorandum unless another is named."""

    def __init__(self, catalogue: Catalogue, decision: Decision, memorandum: str) -> None:
        self.catalogue, self.decision, self.memorandum = catalogue, decision, memorandum

    @cached_property
    def _names(self) -> tuple[Names, Names]:
        zh, en = (Names(self.catalogue, Words(lang)) for lang in LANGUAGES)
        return zh, en

    def both(self, name: Callable[[Names], str]) -> Text:
        """Return a name in both languages."""
        zh, en = self._names
        return Text(name(zh), name(en))

    def measure(self, named: str) -> Text:
        """Name a measure: number and words, and the document where it is another one."""
        document, _, key = named.rpartition("#")
        memorandum = self.catalogue.memoranda.get(document or self.memorandum)
        measure = next((m for m in memorandum.measures if m.key == key), None) if memorandum else None
        if memorandum is None or measure is None:
            return Text(named, named)
        does = Text(
            _clipped(measure.heading or measure.does.zh, 30),
            _clipped(measure.does.en or measure.heading or "", 60),
        )
        number = Text(measure.number or measure.key, measure.number or measure.key)
        said = words("measure", n=number, does=does)
        if not document or document == self.memorandum:
            return said
        return words("measure_of", document=memorandum.doc_no, measure=said)

    def unit(self, named: str) -> Text:
        """Name a unit by what an expectation calls it."""
        unit = self.catalogue.units.by_key.get(named) or self.catalogue.units.named(named, self.decision.on)
        if unit is None:
            return Text(named, named)
        return Text(named if named != unit.key else unit.name.zh, unit.name.en or unit.name.zh)

    def subject(self, key: str) -> Text:
        """Name a subject, and how the case calls it."""
        name = subject_name(self.decision, key)
        return Text(key, key) if name == key else words("subject", name=name, id=key)

    def what(self, effect: str | None, matter: str | None) -> Text:
        """Say an effect, a matter, or both."""
        if effect is not None:
            return self.both(lambda names: names.what(effect, matter))
        return self.both(lambda names: names.matter(matter or ""))

    def wanted(self, wanted: ExpectedAction) -> Text:
        """Say an expected action by all that is stated of it."""
        parts = [self.unit(wanted.unit)] if wanted.unit else []
        parts += [self.measure(wanted.measure)] if wanted.measure else []
        parts.append(words("against", who=self.subject(wanted.against)))
        if wanted.effect or wanted.matter:
            parts.append(self.what(wanted.effect, wanted.matter))
        if wanted.discretion:
            parts.append(word_table().get(f"discretion.{wanted.discretion}", Text(wanted.discretion)))
        for name in ("since", "until", "review", "local", "article"):
            value = getattr(wanted, name)
            if value is not None:
                parts.append(self.field(name, value))
        parts += [words("field.cites", value=cite) for cite in wanted.cites]
        parts += [words("field.reasons", value=self.measure(reason)) for reason in wanted.reasons]
        return joined(parts, "list")

    def field(self, name: str, value: object) -> Text:
        """Say one field of an action; `None` and the empty text are nothing known."""
        said = words("none") if value in (None, "") else Text(str(value), str(value))
        return words(f"field.{name}", value=said)

    def reason(self, reason: str) -> Text:
        """Say why something was set aside."""
        return word_table().get(f"reason.{reason}", Text(reason, reason))

    def open(self, what: str) -> Text:
        """Say why a point is open."""
        return word_table().get(f"open.{what}", Text(what, what))

    def status(self, status: str) -> Text:
        """Say where a listing stands."""
        return word_table().get(f"status.{status}", Text(status, status))

    def action(self, action: Action) -> Text:
        """Say an action that was decided: unit, what, target, period."""
        period = words("period", since=str(action.since or "…"), until=str(action.until or "…"))
        return words(
            "action",
            unit=self.both(lambda names: names.unit_with_local(action)),
            what=self.what(action.effect, action.matter),
            who=self.subject(action.target),
            discretion=word_table()[f"discretion.{action.discretion.value}"],
            period=period,
        )

    def measures_of(self, action: Action) -> Text:
        """Name the measures an action rests on."""
        named = dict.fromkeys(f"{part.memorandum}#{part.measure}" for part in action.parts)
        return joined((self.measure(each) for each in named), "part")
