"""Site: what an example expects, in words."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.decide import phrases
from creditrules.load.expectation_docs import (
    ExamplePart,
    ExpectedAction,
    ExpectedAside,
    ExpectedDuty,
    ExpectedOpen,
    ExpectedWayOut,
    ExpectedWhyNot,
    Untouched,
)
from creditrules.site.cases import Expected, Told
from creditrules.site.teller import Teller

_SIGNS = {
    "action": "✓",
    "not": "✗",
    "untouched": "✗",
    "why_not": "✗",
    "open": "?",
    "aside": "–",
    "duty": "✓",
    "no_duty": "✗",
    "way": "✓",
    "no_way": "✗",
}


def case_lines(told: Told, teller: Teller) -> tuple[Markup, ...]:
    """Return one line for each thing a case expects."""
    return tuple(_line(expected, told, teller) for expected in told.expects)


def _line(expected: Expected, told: Told, teller: Teller) -> Markup:
    ink = teller.ink
    parts = [part for part in _parts(expected.doc, told, teller) if part]
    note = ink.bracketed(expected.note) if expected.note else ""
    return Markup(
        '<span class="sign {}" aria-hidden="true">{}</span> <time>{}</time>{} <strong>{}</strong>{}{}'
    ).format(
        expected.what,
        _SIGNS[expected.what],
        expected.on,
        note,
        ink.said(f"site.expect.{expected.what}"),
        ink.words("mark.colon") if parts else "",
        ink.joined(parts, "part"),
    )


def _parts(doc: ExamplePart, told: Told, teller: Teller) -> Iterator[Markup]:
    match doc:
        case ExpectedAction():
            yield from _action(doc, told, teller)
        case Untouched():
            yield _who(doc.against, told, teller)
        case ExpectedWhyNot():
            yield _who(doc.against, told, teller)
            yield from (teller.ink.text(word) for word in doc.because)
        case ExpectedOpen():
            yield _who(doc.against, told, teller)
            yield teller.ink.said(f"open.{doc.what}") if doc.what else Markup("")
            yield from (_fact(name, teller) for name in doc.asks)
        case ExpectedAside():
            yield teller.ink.said(f"reason.{doc.reason}")
            yield teller.regime(doc.regime) if doc.regime else Markup("")
        case ExpectedDuty():
            yield teller.ink.said(f"procedure.duty_state.{doc.state.value}") if doc.state else Markup("")
            yield from _days(doc, teller, "arose", "deadline", "met_on")
        case ExpectedWayOut():
            if doc.open is not None:
                yield teller.ink.said("procedure.exit.open" if doc.open else "procedure.exit.shut")
            yield from _days(doc, teller, "earliest", "publicity_ends", "acceptance_due", "decision_due")


def _action(doc: ExpectedAction, told: Told, teller: Teller) -> Iterator[Markup]:
    ink, names = teller.ink, teller.names
    if doc.unit:
        known = names.catalogue.units.named(doc.unit)
        unit = teller.unit(known.key, doc.unit) if known else ink.text(doc.unit)
        yield Markup("{} → {}").format(unit, _who(doc.against, told, teller))
    else:
        yield _who(doc.against, told, teller)
    if doc.effect:
        yield ink.text(names.what(doc.effect, doc.matter))
    elif doc.matter:
        yield teller.matter(doc.matter)
    yield ink.said(f"discretion.{doc.discretion}") if doc.discretion else Markup("")
    if doc.since or doc.until:
        yield ink.text(f"{doc.since or '…'} – {doc.until or '…'}")
    yield from _days(doc, teller, "review")
    yield ink.text(doc.local) if doc.local else Markup("")
    yield from (ink.text(cited) for cited in doc.cites)


def _days(doc: ExamplePart, teller: Teller, *fields: str) -> Iterator[Markup]:
    for name in fields:
        if day := getattr(doc, name):
            yield teller.ink.said(f"site.expect.{name}", day=day)


def _who(key: str, told: Told, teller: Teller) -> Markup:
    return teller.ink.text(told.names.get(key, key))


def _fact(name: str, teller: Teller) -> Markup:
    head, _, tail = name.partition(".")
    if head == "finding":
        return teller.ink.said(f"finds.{tail}")
    if name == "role.confirmed":
        return teller.ink.said("site.ask_tenure")
    return teller.said(
        phrases.ASK_END if name == "listing.until" else phrases.fact_name(name, teller.survey.catalogue)
    )
