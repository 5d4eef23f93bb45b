"""Policy: where a decision differs from what an example expects of a day, in the order of the format."""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.load.expectation_docs import ExpectedAside, ExpectedOpen
from creditrules.model.decision import Undetermined
from creditrules.model.rulebook import SetAside
from creditrules.model.text import Text
from creditrules.policy.action_differences import action_differences, open_said
from creditrules.policy.comparison import Comparison
from creditrules.policy.difference import Difference
from creditrules.policy.procedure_examples import procedure_differences
from creditrules.policy.reasons import why_not_decided
from creditrules.policy.said import joined, words


def differences_of(compared: Comparison) -> Iterator[Difference]:
    """Yield every difference of one day of a case."""
    yield from action_differences(compared)
    yield from _open_differences(compared)
    yield from _aside_differences(compared)
    yield from _record_differences(compared)
    yield from _status_differences(compared)
    if compared.expect.speaks_of_procedure:
        yield from procedure_differences(compared)


def _open_differences(compared: Comparison) -> Iterator[Difference]:
    said = compared.said
    for n, point in enumerate(compared.expect.undetermined):
        there = [u for u in compared.decision.undetermined if _is_there(compared, u, point)]
        if any(_is_open(u, point) for u in there):
            continue
        what = words("difference.open_what", what=said.open(point.what)) if point.what else Text()
        if point.asks:
            asks = words("difference.open_asks", asks=", ".join(point.asks))
            what = Text(what.zh + asks.zh, what.en + asks.en)
        text = words(
            "difference.open",
            measure=said.measure(point.measure),
            who=said.subject(point.against),
            what=what,
            got=joined(open_said(compared, u) for u in there) if there else words("difference.not_open"),
        )
        why = () if there else why_not_decided(compared, point.measure, point.against, None)
        yield compared.differs("open", text, "undetermined", n, why=why)


def _is_there(compared: Comparison, found: Undetermined, point: ExpectedOpen) -> bool:
    is_measure = compared.names(found.memorandum, found.measure, point.measure)
    return is_measure and found.target == point.against


def _is_open(found: Undetermined, point: ExpectedOpen) -> bool:
    return point.what in (None, found.what) and set(point.asks) <= {ask.fact for ask in found.asks}


def _aside_differences(compared: Comparison) -> Iterator[Difference]:
    said = compared.said
    for n, gone in enumerate(compared.expect.set_aside):
        there = [
            s
            for s in compared.decision.set_aside
            if compared.names(s.memorandum, s.measure or "", gone.measure)
        ]
        if any(_is_aside(s, gone) for s in there):
            continue
        got = dict.fromkeys(words("difference.gone", reason=said.reason(s.reason)) for s in there)
        text = words(
            "difference.set_aside",
            measure=said.measure(gone.measure),
            reason=said.reason(gone.reason),
            got=joined(got) if got else words("difference.not_aside"),
        )
        yield compared.differs("set_aside", text, "set_aside", n, why=tuple(s.text for s in there))


def _is_aside(found: SetAside, gone: ExpectedAside) -> bool:
    return (
        found.reason == gone.reason
        and gone.regime in (None, found.regime)
        and (gone.detail is None or gone.detail in found.detail)
    )


def _record_differences(compared: Comparison) -> Iterator[Difference]:
    said, found = compared.said, compared.decision.records
    for n, record in enumerate(compared.expect.records):
        kept = [r for r in found if (r.file_of, r.listing) == (record.file_of, record.listing)]
        if any(record.sharing_stopped == r.sharing_stopped for r in kept):
            continue
        got = (words("difference.record_found", stopped=_day(r.sharing_stopped)) for r in kept)
        text = words(
            "difference.record",
            listing=record.listing,
            who=said.subject(record.file_of),
            stopped=_day(record.sharing_stopped),
            got=joined(dict.fromkeys(got)) if kept else words("difference.no_record"),
        )
        yield compared.differs("record", text, "records", n)
    for n, absent in enumerate(compared.expect.no_records):
        for each in found:
            if each.file_of == absent.file_of and absent.listing in (None, each.listing):
                text = words(
                    "difference.unwanted_record",
                    who=said.subject(each.file_of),
                    listing=each.listing,
                    text=each.text,
                )
                yield compared.differs("record", text, "no_records", n)


def _day(day: object) -> Text:
    return words("none") if day is None else Text(str(day), str(day))


def _status_differences(compared: Comparison) -> Iterator[Difference]:
    said = compared.said
    statuses = {listing: status for listing, status, _ in compared.decision.statuses}
    for listing, status in compared.expect.status.items():
        got = statuses.get(listing)
        if got != status:
            text = words(
                "difference.status",
                listing=listing,
                wanted=said.status(status),
                got=said.status(got) if got is not None else words("difference.no_status"),
            )
            yield compared.differs("status", text, "status", listing)
