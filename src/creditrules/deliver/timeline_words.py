"""Deliver: how the things on a timeline are called, in both languages at once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from attrs import frozen

from creditrules.deliver.names import subject_name
from creditrules.deliver.plain import shown
from creditrules.deliver.words import word_table
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, Listing
from creditrules.model.event import Event
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.procedure import Duty
from creditrules.model.text import Text
from creditrules.model.time import earliest

Days = Counter[date]


@frozen
class Speech:
    """Names in both languages; a picture shows the two together."""

    dossier: Dossier
    catalogue: Catalogue
    decision: Decision

    def words(self, key: str, **values: Text | str | int) -> Text:
        """Return the words at a key in both languages, places filled."""
        return word_table()[key].filled(**values)

    def subject(self, key: str) -> str:
        """Return the name of a subject as the decision shows it."""
        return subject_name(self.decision, key)

    def title(self, listing: Listing) -> Text:
        """Name a listing by its id and its list."""
        kind = self.catalogue.lists.get(listing.list)
        named = kind.title if kind else Text(listing.list, listing.list)
        return self.words("timeline.listing", id=listing.id, list=named)

    def event(self, event: Event) -> Text:
        """Name an event, who did it, and how it came out."""
        text = EVENT_NAMES[event.kind]
        if event.outcome:
            known = word_table().get(f"outcome.{event.outcome}")
            text = self._in_brackets(text, known or Text(event.outcome, event.outcome))
        return self._in_brackets(text, Text(shown(event.by), shown(event.by))) if event.by else text

    def deadline(self, duty: Duty) -> Text:
        """Say what is due on a day and how it stands."""
        state = word_table()[f"procedure.duty_state.{duty.state.value}"]
        does = Text(shown(duty.does.zh), shown(duty.does.en))
        return self.words("timeline.deadline", does=does, state=state)

    def _in_brackets(self, text: Text, more: Text) -> Text:
        added = self.words("timeline.by", by=more)
        return Text(text("zh") + added.zh, text("en") + added.en)

    def action_days(self, listing: str, over: date | None = None) -> tuple[Days, Days, Days]:
        """Count the actions of a listing by the days they begin, end, and are looked at again.

        None lasts beyond the day before the listing is *over*, which the day of the decision may not know.
        """
        last = None if over is None else over - timedelta(days=1)
        begin, end, review = Days(), Days(), Days()
        for action in self.decision.actions:
            parts = [part for part in action.parts if part.listing == listing]
            if not parts:
                continue
            starts = [part.since for part in parts if part.since is not None]
            if starts:
                begin[min(starts)] += 1
            ends = [earliest(part.until, last) for part in parts]
            known = [day for day in ends if day is not None]
            if known and len(known) == len(ends):
                end[max(known)] += 1
            elif action.review is not None:
                review[action.review] += 1
        return begin, end, review

    def action_count(self, listing: str) -> int:
        """Return how many actions rest on a listing."""
        return sum(any(p.listing == listing for p in action.parts) for action in self.decision.actions)

    def has_records(self, listing: str) -> bool:
        """Say whether a listing is in anybody's credit file."""
        return any(record.listing == listing for record in self.decision.records)

    def sharing_stopped(self, listing: str) -> set[date]:
        """Return the days from which records of a listing are shared no more."""
        return {
            record.sharing_stopped
            for record in self.decision.records
            if record.listing == listing and record.sharing_stopped is not None
        }
