"""Deliver: the fields of a letter, each with the place that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from attrs import frozen

from creditrules.decide.masking import masked_name
from creditrules.deliver.letter_choice import Choice, Matter, unclear
from creditrules.deliver.letter_kinds import REPAIR_WAY, Field, LetterQuestion, Row, Source, day_zh
from creditrules.deliver.names import Names
from creditrules.deliver.plain import clean, mask
from creditrules.deliver.procedure_view import ENDS
from creditrules.deliver.view_actions import period
from creditrules.deliver.words import Words
from creditrules.model.decision import Action
from creditrules.model.dossier import RoleHeld, Subject
from creditrules.model.event import EventKind
from creditrules.model.procedure import Proceedings
from creditrules.model.status import last_day, repaired_on
from creditrules.model.words import Outcome

# Letters are written in Chinese, whoever asks for them.
WORDS = Words("zh")
_HEADS = ("legal_representative", "person_in_charge")


def fields_of(question: LetterQuestion, choice: Choice, matter: Matter) -> dict[str, Field]:
    """Return every field that the decision, the dossier or the catalogue gives."""
    return dict(_Gatherer(question, choice, matter).all())


def said(text: str) -> str:
    """Make text fit for a letter: cleaned, citizen numbers masked, each line a paragraph.

    The last full stop is the template's, since what others write ends with one or without.
    """
    return "\a".join(mask(clean(line)).strip() for line in text.strip().splitlines()).rstrip("。；")


@frozen
class _Gatherer:
    question: LetterQuestion
    choice: Choice
    matter: Matter

    def all(self) -> Iterator[tuple[str, Field]]:
        listing, kind = self.choice.listing, self.question.kind
        at = f"listings/{listing.id}"
        yield "date", Field(day_zh(self.question.on), Source("decision", "/on"))
        if kind.to_unit:
            yield from self._unit()
        else:
            yield from self._text("issuer", listing.authority, "dossier", f"{at}/authority")
            yield from self._addressee()
        yield from self._text("authority", listing.authority, "dossier", f"{at}/authority")
        yield from self._subject()
        lists = self.matter.catalogue.lists[listing.list]
        where = f"lists/{lists.key}"
        yield from self._text("list_title", lists.title.zh, "catalogue", f"{where}/title")
        yield from self._text(
            "level", WORDS(f"letter.level.{lists.level.value}"), "catalogue", f"{where}/level"
        )
        yield from self._text("listing_doc_no", listing.doc_no, "dossier", f"{at}/doc_no")
        yield from self._day("determined_on", listing.determined, f"{at}/determined")
        yield from self._conduct(at)
        bases = WORDS.joined(str(basis) for basis in lists.bases)
        yield from self._text("list_basis", bases, "catalogue", f"{where}/basis")
        ends = WORDS.joined((text.zh for text in lists.ends_by), "part")
        yield from self._text("removal_conditions", ends, "catalogue", f"{where}/ends_by")
        yield from self._text("remedy", lists.remedy.zh, "catalogue", f"{where}/remedy")
        yield from self._period(at)
        yield from self._duty()
        yield from self._order(at)
        yield from self._person_in_charge()
        yield from self._repair(at)
        yield from self._reached()
        rows = tuple(self._row(n) for n in self.choice.actions)
        yield "measures", Field(rows, Source("decision", "/actions"))
        yield "measure_count", Field(str(len(rows)), Source("decision", "/actions"))

    def _text(self, name: str, value: str, part: str, at: str) -> Iterator[tuple[str, Field]]:
        if value:
            yield name, Field(said(value), Source(part, at))

    def _day(self, name: str, day: date | None, at: str) -> Iterator[tuple[str, Field]]:
        if day is not None:
            yield name, Field(day_zh(day), Source("dossier", at))

    def _name(self, subject: Subject, *, addressed: bool) -> str:
        """Return a name: that of a person in full for himself alone, unless the question says otherwise."""
        hidden = not addressed if self.question.mask is None else self.question.mask
        natural = self.matter.catalogue.is_natural(subject.kind)
        return said(masked_name(subject.name) if natural and hidden else subject.name)

    def _addressee(self) -> Iterator[tuple[str, Field]]:
        subject = self.choice.addressed
        at = f"subjects/{subject.id}"
        yield from self._text("addressee", self._name(subject, addressed=True), "dossier", f"{at}/name")

    def _reached(self) -> Iterator[tuple[str, Field]]:
        """Yield as what the one addressed is reached: as the listed subject, or through a role."""
        addressed, at = self.choice.addressed, f"listings/{self.choice.listing.id}/subject"
        if addressed.id == self.choice.listing.subject:
            yield from self._text("reached_as", WORDS("letter.self"), "dossier", at)
        elif self.choice.actions:
            n = self.choice.actions[0]
            names = Names(self.matter.catalogue, WORDS)
            routes = (
                names.route(p.route, self.matter.decision) for p in self.matter.decision.actions[n].parts
            )
            told = WORDS.joined(dict.fromkeys(route for route in routes if route))
            yield from self._text("reached_as", told, "decision", f"/actions/{n}/parts")

    def _unit(self) -> Iterator[tuple[str, Field]]:
        n = self.choice.actions[0]
        action = self.matter.decision.actions[n]
        names = Names(self.matter.catalogue, WORDS)
        place = "local" if action.local else "unit"
        name = action.local or names.unit(action.unit)
        yield from self._text("addressee", name, "decision", f"/actions/{n}/{place}")

    def _subject(self) -> Iterator[tuple[str, Field]]:
        """Yield the listed subject; it need not be the one addressed."""
        subject = self.matter.dossier.subjects[self.choice.listing.subject]
        addressed = not self.question.kind.to_unit and subject.id == self.choice.addressed.id
        at = f"subjects/{subject.id}"
        name = self._name(subject, addressed=addressed)
        yield from self._text("subject_name", name, "dossier", f"{at}/name")
        for n, view in enumerate(self.matter.decision.subjects):
            for key, number in (("code", view.code), ("id_number", view.id_number)):
                if view.id == subject.id and number:
                    told = f"{WORDS(f'letter.number.{key}')}{number}"
                    yield "identifier", Field(said(told), Source("decision", f"/subjects/{n}/{key}"))

    def _conduct(self, at: str) -> Iterator[tuple[str, Field]]:
        first, last = self.choice.listing.conduct_since, self.choice.listing.conduct_until
        days = list(dict.fromkeys(day_zh(day) for day in (first, last) if day is not None))
        yield from self._text("conduct", "至".join(days), "dossier", f"{at}/conduct")

    def _period(self, at: str) -> Iterator[tuple[str, Field]]:
        listing = self.choice.listing
        until = last_day(listing, self.matter.catalogue.lists[listing.list])
        for n, (key, _, since) in enumerate(self.matter.decision.statuses):
            if key == listing.id and since is not None:
                yield "effective", Field(day_zh(since), Source("decision", f"/statuses/{n}/since"))
        if until is not None:
            part, place = ("dossier", f"{at}/until") if listing.until else ("catalogue", "lists/periods")
            told = WORDS("letter.until", day=day_zh(until))
            yield "period", Field(told, Source(part, place))
        elif listing.review is not None:
            told = WORDS("letter.review", day=day_zh(listing.review))
            yield "period", Field(told, Source("dossier", f"{at}/review"))

    def _duty(self) -> Iterator[tuple[str, Field]]:
        n = self.choice.duty
        duty = None if n is None else self.matter.proceedings.duties[n]
        if duty is not None and duty.basis is not None:
            yield from self._text("basis", str(duty.basis), "procedure", f"/duties/{n}/basis")
        if duty is not None and duty.deadline is not None:
            told = day_zh(duty.deadline.day)
            yield "duty_by", Field(told, Source("procedure", f"/duties/{n}/deadline/day"))

    def _order(self, at: str) -> Iterator[tuple[str, Field]]:
        """Yield until when there is time to rectify, as the last order or extension before the day says."""
        kinds = (EventKind.RECTIFICATION_ORDER, EventKind.RECTIFICATION_EXTENSION)
        orders = [
            (n, event)
            for n, event in enumerate(self.choice.listing.events)
            if event.kind in kinds and event.on <= self.question.on and event.until is not None
        ]
        if orders:
            n, event = orders[-1]
            yield from self._day("rectify_by", event.until, f"{at}/events/{n}/until")

    def _person_in_charge(self) -> Iterator[tuple[str, Field]]:
        subject = self.matter.dossier.subjects[self.choice.listing.subject]
        if self.matter.catalogue.is_natural(subject.kind):
            name = self._name(subject, addressed=True)
            yield from self._text("person_in_charge", name, "dossier", f"subjects/{subject.id}/name")
            return
        held = [r for r in self.matter.dossier.roles if self._heads(r, subject.id)]
        held.sort(key=lambda r: (_HEADS.index(r.role), r.person))
        if held:
            person = self.matter.dossier.subjects[held[0].person]
            # Who is called to an interview is addressed himself.
            name = self._name(person, addressed=not self.question.kind.to_unit)
            yield from self._text("person_in_charge", name, "dossier", f"subjects/{person.id}/name")

    def _heads(self, role: RoleHeld, organisation: str) -> bool:
        chosen = self.question.person in (None, role.person, organisation)
        return (
            chosen
            and role.organisation == organisation
            and role.role in _HEADS
            and role.held_on(self.question.on)
        )

    def _repair(self, at: str) -> Iterator[tuple[str, Field]]:
        day = repaired_on(self.choice.listing, self.question.on)
        for n, repair in enumerate(self.choice.listing.repairs):
            if repair.outcome is Outcome.GRANTED and repair.decided == day is not None:
                yield from self._day("repair_applied_on", repair.applied, f"{at}/repairs/{n}/applied")
                yield from self._day("repair_decided_on", repair.decided, f"{at}/repairs/{n}/decided")
        if day is not None and self.matter.before_repair is not None:
            yield from self._way(*self.matter.before_repair)

    def _way(self, on: date, found: Proceedings) -> Iterator[tuple[str, Field]]:
        """Yield what the repair ends and on which basis: by the one way that was open before."""
        asked, listing = self.question.given.get(REPAIR_WAY), self.choice.listing.id
        ways = [(n, way) for n, way in enumerate(found.exits) if way.listing == listing and way.open]
        ways = [(n, way) for n, way in ways if asked in (None, way.way)]
        if len(ways) > 1:
            raise unclear(f"--field {REPAIR_WAY}", [way.way for _, way in ways])
        for n, way in ways:
            part, at = f"procedure@{on}", f"/exits/{n}"
            ends = WORDS.joined(WORDS(f"procedure.exit.kinds.{end}") for end in ENDS if end in way.ends)
            yield from self._text("repair_ends", ends, part, f"{at}/ends")
            yield from self._text("repair_basis", str(way.basis or ""), part, f"{at}/basis")

    def _row(self, n: int) -> Row:
        action, names = self.matter.decision.actions[n], Names(self.matter.catalogue, WORDS)
        target = self.matter.dossier.subjects[action.target]
        addressed = not self.question.kind.to_unit and target.id == self.choice.addressed.id
        # A document is cited by its number, and is the first basis of its own measure.
        statutes = dict.fromkeys(
            str(b)
            for part in action.parts
            for b in (part.bases[1:] if part.memorandum in self.matter.catalogue.memoranda else part.bases)
        )
        cells: Mapping[str, Callable[[], str]] = {
            "number": lambda: f"A{n + 1}",
            "unit": lambda: action.local or names.unit(action.unit),
            "target": lambda: self._name(target, addressed=addressed),
            "what": lambda: names.what(action.effect, action.matter),
            "discretion": lambda: WORDS(f"discretion.{action.discretion.value}"),
            "period": lambda: _lasts(action),
            "document": lambda: names.sources(action.parts),
            "basis": lambda: WORDS.joined((names.sources(action.parts), *statutes), "part"),
            "statutes": lambda: WORDS.joined(statutes, "part"),
            "remedy": lambda: WORDS.joined((text.zh for text in action.remedy), "part"),
        }
        places = {
            **dict.fromkeys(("document", "basis", "statutes"), "parts"),
            "what": "effect",
            "number": "key",
            "period": "since",
        }
        return Row(
            {
                name: Field(said(value), Source("decision", f"/actions/{n}/{places.get(name, name)}"))
                if (value := cell())
                else None
                for name, cell in cells.items()
            }
        )


def _lasts(action: Action) -> str:
    """Return from when until when, in days as official documents write them; nothing without a start."""
    if action.since is None:
        return ""
    told = period(action.since, action.until, action.review, WORDS)
    for day in (action.since, action.until, action.review):
        told = told.replace(str(day), day_zh(day)) if day else told
    return told.replace(" – ", "至")
