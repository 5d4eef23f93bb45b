"""Site: the regimes as a timeline: what the general law asks for since when, and what each sets aside."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.model.catalogue import RecordRule, Regime
from creditrules.model.rulebook import SetAside
from creditrules.model.text import Text
from creditrules.site.blocks import Block, Entry, Page, filled, given
from creditrules.site.days import LawDay
from creditrules.site.measures import Measures
from creditrules.site.places import anchor, page_of
from creditrules.site.teller import Teller

SECTION = "regimes"


def regime_pages(measures: Measures) -> Iterator[Page]:
    """Yield the timeline, then every regime."""
    teller = measures.teller
    yield _timeline(teller)
    for day in teller.survey.days:
        for regime in day.begins:
            yield _page(regime, day, teller)


def _timeline(teller: Teller) -> Page:
    ink, days = teller.ink, teller.survey.days
    most = max((sum(s.acts for s in day.standing.values()) for day in days), default=1) or 1
    stations = [
        {
            "on": day.on,
            "place": anchor("on", day.on),
            "titles": tuple(teller.regime(r.key) for r in day.begins),
            "rules": tuple(teller.said(rule.text) for r in day.begins for rule in r.rules),
            "aside": tuple(ink.text(line) for r in day.begins for line in _counts(day, r, teller)),
            "acting": (acting := sum(s.acts for s in day.standing.values())),
            "share": max(1, round(acting * 100 / most)),
            "stands": ink.said("site.standing_on", n=acting, on=day.on),
        }
        for day in days
    ]
    return Page(
        "regimes.html",
        ink.words("site.nav.regimes"),
        SECTION,
        ink.said("site.nav.regimes"),
        lead=ink.said("site.lead.regimes"),
        template="regimes.html",
        more={"stations": stations},
    )


def _counts(day: LawDay, regime: Regime, teller: Teller) -> Iterator[str]:
    words = teller.ink.words
    for reason, items in _by_reason(day.set_aside_by(regime.key)).items():
        n = len({(item.memorandum, item.measure) for item in items})
        yield words("site.set_aside_count", reason=words(f"reason.{reason}"), n=n)


def _by_reason(items: tuple[SetAside, ...]) -> dict[str, list[SetAside]]:
    found: dict[str, list[SetAside]] = {}
    for item in items:
        found.setdefault(item.reason, []).append(item)
    return found


def _page(regime: Regime, day: LawDay, teller: Teller) -> Page:
    ink = teller.ink
    region = teller.survey.catalogue.units.regions.get(regime.region or "")
    facts = given(
        (ink.said("show.in_force"), ink.text(f"{regime.since} – {regime.until or '…'}")),
        (ink.said("site.region"), teller.said(region.name) if region else Markup("")),
        (ink.said("show.basis"), teller.basis(regime.basis)),
        (ink.said("show.note"), teller.said(regime.note)),
        (ink.said("sheet.state"), ink.badge(regime.checked)),
        (ink.said("show.key"), ink.code(regime.key)),
    )
    aside = tuple(
        Block(
            ink.said("site.set_aside_count", reason=ink.words(f"reason.{reason}"), n=_measures(items)),
            anchor("r", reason),
            text=Markup("").join(Markup("<p>{}</p>").format(said) for said in _texts(items, teller)),
            lines=tuple(_gone(items, teller)),
            kind="tight",
        )
        for reason, items in _by_reason(day.set_aside_by(regime.key)).items()
    )
    blocks = filled(
        Block(ink.said("site.rules"), "rules", lines=tuple(teller.said(rule.text) for rule in regime.rules)),
        Block(ink.said("site.records"), "records", parts=tuple(_record(r, teller) for r in regime.records)),
        Block(
            ink.said("site.sets_aside"),
            "aside",
            text=ink.said("site.sets_aside_on" if aside else "site.sets_nothing_aside", on=day.on),
            parts=aside,
        ),
    )
    title = regime.title
    body = (
        " ".join(f"{rule.text.zh} {rule.text.en}" for rule in regime.rules) + f" {regime.basis} {regime.key}"
    )
    cited = regime.basis.cited
    other = title("en" if ink.lang == "zh" else "zh")
    return Page(
        page_of("regime", regime.key),
        title(ink.lang),
        SECTION,
        ink.title(title(ink.lang)),
        subtitle=ink.text(other) if other != title(ink.lang) else Markup(""),
        up=(("regimes.html", ink.said("site.nav.regimes")),),
        facts=facts,
        blocks=blocks,
        entries=(Entry(page_of("regime", regime.key), "regime", title.zh, title.en, cited, cited, body),),
    )


def _measures(items: list[SetAside]) -> int:
    return len({(item.memorandum, item.measure) for item in items})


def _texts(items: list[SetAside], teller: Teller) -> tuple[Markup, ...]:
    texts: dict[Text, None] = dict.fromkeys(item.text for item in items)
    return tuple(teller.said(text) for text in texts)


def _gone(items: list[SetAside], teller: Teller) -> Iterator[Markup]:
    """Yield what is set aside, one line a document; for what concerns persons, the roles it spares."""
    roles: dict[str, list[str]] = {}
    for item in items:
        roles.setdefault(f"{item.memorandum}#{item.measure}", []).append(item.detail)
    known = teller.survey.catalogue.roles
    by_document: dict[str, list[str]] = {}
    for name in roles:
        by_document.setdefault(name.partition("#")[0], []).append(name)
    for names in by_document.values():
        spared = dict.fromkeys(role for name in names for role in roles[name] if role in known)
        said = teller.ink.joined(teller.role(role) for role in spared)
        yield teller.numbers(names)[0] + teller.ink.bracketed(said)


def _record(record: RecordRule, teller: Teller) -> Block:
    ink = teller.ink
    clauses = tuple(teller.clause(clause) for clause in record.clauses)
    shared = given(
        (ink.said("show.basis"), teller.basis(record.basis)),
        (ink.said("site.shared_with"), ink.joined(record.shared_with)),
    )
    return Block(teller.said(record.text), anchor("record", record.key), facts=(*clauses, *shared))
