"""Site: the glossary with the closed vocabularies, and the facts that conditions ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from creditrules.deliver.words import word_table
from creditrules.model.catalogue import FactDeclaration
from creditrules.model.text import Text
from creditrules.model.words import Checked, Discretion, Rank, Strength
from creditrules.site.blocks import Block, Entry, Page, Table, filled
from creditrules.site.measures import Measures
from creditrules.site.places import anchor
from creditrules.site.teller import Teller


def glossary() -> Mapping[str, tuple[Text, Text]]:
    """Return the words of the library by their keys: the word, and what it means."""
    table = word_table()
    keys = [key.split(".")[1] for key in table if key.startswith("glossary.") and key.endswith(".word")]
    return {key: (table[f"glossary.{key}.word"], table[f"glossary.{key}.meaning"]) for key in keys}


def word_pages(measures: Measures) -> Iterator[Page]:
    """Yield the glossary and the page of facts."""
    teller = measures.teller
    yield _glossary(teller)
    yield _facts(teller)


def _glossary(teller: Teller) -> Page:
    ink, words, catalogue = teller.ink, teller.ink.words, teller.survey.catalogue
    terms = tuple(
        Block(
            Markup("{} <small>{}</small>").format(teller.said(word), ink.text(word(_other(ink.lang)))),
            anchor("w", key),
            text=teller.said(meaning),
            kind="term",
        )
        for key, (word, meaning) in glossary().items()
    )
    effects = tuple(
        (
            teller.said(effect.name),
            ink.said(f"sheet.types.{effect.type}"),
            ink.text(len(teller.survey.by_effect.get(effect.key, ())) or "–"),
            ink.code(effect.key),
        )
        for effect in catalogue.effects.values()
    )
    roles = tuple(
        Markup('<span id="{}">{}</span> {}').format(
            anchor("role", r.key), teller.said(r.name), ink.code(r.key)
        )
        for r in catalogue.roles.values()
    )
    blocks = filled(
        Block(ink.said("site.words"), "words", parts=terms, kind="glossary"),
        Block(
            ink.said("site.provenance"),
            "provenance",
            lines=tuple(ink.badge(c) + " " + ink.said(f"site.checked.{c.value}") for c in Checked),
        ),
        Block(
            ink.said("site.effects"),
            "effects",
            table=Table(
                tuple(words(f"site.column.{k}") for k in ("effect", "type", "measures", "key")), effects
            ),
        ),
        Block(ink.said("site.discretions"), "discretions", lines=_named("discretion", Discretion, teller)),
        Block(ink.said("site.ranks"), "ranks", lines=_named("rank", Rank, teller)),
        Block(ink.said("site.strengths"), "strengths", lines=_named("strength", Strength, teller)),
        Block(ink.said("site.roles"), "roles", lines=roles),
        Block(
            ink.said("site.parties"),
            "parties",
            lines=tuple(teller.said(party.name) for party in catalogue.parties.values()),
            kind="columns",
        ),
    )
    return Page(
        "glossary.html",
        words("site.nav.glossary"),
        "glossary",
        ink.said("site.nav.glossary"),
        lead=ink.said("site.lead.glossary"),
        blocks=blocks,
        entries=tuple(
            Entry(
                f"glossary.html#{anchor('w', key)}",
                "word",
                word.zh,
                word.en,
                "",
                "",
                f"{meaning.zh} {meaning.en}",
            )
            for key, (word, meaning) in glossary().items()
        ),
    )


def _other(lang: str) -> str:
    return "en" if lang == "zh" else "zh"


def _named(prefix: str, members: Iterable[str], teller: Teller) -> tuple[Markup, ...]:
    keys = (str(member) for member in members if str(member) not in ("unknown", "unstated"))
    return tuple(teller.ink.said(f"{prefix}.{key}") for key in keys)


def _facts(teller: Teller) -> Page:
    ink, facts = teller.ink, teller.survey.catalogue.facts.values()
    about: dict[str, list[FactDeclaration]] = {}
    for fact in facts:
        about.setdefault(fact.about, []).append(fact)
    heads = tuple(ink.words(f"site.column.{k}") for k in ("question", "answer", "missing", "note"))
    blocks = tuple(
        Block(
            ink.said(f"site.about.{name}"),
            anchor("about", name),
            table=Table(heads, tuple(_fact(fact, teller) for fact in found)),
            kind="questions",
        )
        for name, found in about.items()
    )
    return Page(
        "facts.html",
        ink.words("site.nav.facts"),
        "glossary",
        ink.said("site.nav.facts"),
        up=(("glossary.html", ink.said("site.nav.glossary")),),
        lead=ink.said("site.lead.facts", n=len(facts)),
        blocks=blocks,
        entries=tuple(
            Entry(f"facts.html#{anchor('fact', f.name)}", "fact", f.ask.zh, f.ask.en, f.name, f.name)
            for f in facts
        ),
    )


def _fact(fact: FactDeclaration, teller: Teller) -> tuple[Markup, ...]:
    ink = teller.ink
    missing = "site.missing_no" if fact.when_missing is False else "site.missing_unknown"
    choices = ink.lines((teller.said(choice) for choice in fact.choices.values()), kind="tight")
    return (
        Markup('<span id="{}">{}</span><br>{}').format(
            anchor("fact", fact.name), teller.said(fact.ask), ink.code(fact.name)
        ),
        choices or ink.said(f"site.fact_type.{fact.type}"),
        ink.said(missing),
        ink.text(fact.note),
    )
