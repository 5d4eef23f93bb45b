"""Site: the matters as a tree, each with the measures that bite on it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.model.catalogue import Matter
from creditrules.site.blocks import Block, Entry, Page, filled, given
from creditrules.site.measures import Measures
from creditrules.site.places import page_of
from creditrules.site.teller import Teller

SECTION = "matters"


def matter_pages(measures: Measures) -> Iterator[Page]:
    """Yield the tree of matters, then every matter."""
    yield _index(measures.teller)
    for matter in measures.teller.survey.catalogue.matters.values():
        yield _page(matter, measures)


def _index(teller: Teller) -> Page:
    ink, words, matters = teller.ink, teller.ink.words, teller.survey.catalogue.matters
    tops = [key for key in matters if "." not in key]
    tree = Markup("").join(_branch(key, teller) for key in tops)
    text = Markup('<ul class="tree">{}</ul>').format(tree)
    return Page(
        "matters.html",
        words("site.nav.matters"),
        SECTION,
        ink.said("site.nav.matters"),
        lead=ink.said("site.lead.matters", n=len(matters)),
        blocks=(Block(Markup(""), text=text, kind="columns"),),
    )


def _branch(key: str, teller: Teller) -> Markup:
    below = Markup("").join(_branch(k, teller) for k in teller.survey.matters_below(key))
    under = Markup("<ul>{}</ul>").format(below) if below else ""
    n = len(teller.survey.by_matter.get(key, ()))
    count = Markup(' <span class="count">{}</span>').format(n) if n else ""
    return Markup("<li>{}{}{}</li>").format(teller.matter(key), count, under)


def _page(matter: Matter, measures: Measures) -> Page:
    teller, ink, survey = measures.teller, measures.teller.ink, measures.teller.survey
    key = matter.key
    own = survey.by_matter.get(key, ())
    below = tuple(
        Block(teller.matter(k), lines=teller.numbers(ids), kind="tight")
        for k, ids in survey.by_matter.items()
        if k.startswith(f"{key}.")
    )
    kinds = tuple(k for k in survey.catalogue.measure_kinds.values() if k.matter == key)
    parts = key.split(".")
    above = [".".join(parts[:n]) for n in range(1, len(parts))]
    facts = given(
        (ink.said("site.above"), ink.joined((teller.matter(k) for k in above), "dot")),
        (ink.said("site.below"), ink.joined(teller.matter(k) for k in survey.matters_below(key))),
        (ink.said("show.kind"), ink.joined(teller.kind(kind.key) for kind in kinds)),
        (ink.said("show.key"), ink.code(key)),
    )
    blocks = filled(
        Block(
            ink.said("site.measures_on_it", n=len(own)),
            "measures",
            parts=measures.blocks(own),
            kind="measures",
        ),
        Block(ink.said("site.measures_below"), "below", parts=below),
    )
    return Page(
        page_of("matter", key),
        matter.name(ink.lang),
        SECTION,
        teller.said(matter.name),
        subtitle=_other(matter, teller),
        up=(
            ("matters.html", ink.said("site.nav.matters")),
            *((page_of("matter", k), _name(k, teller)) for k in above),
        ),
        facts=facts,
        blocks=blocks,
        entries=(Entry(page_of("matter", key), "matter", matter.name.zh, matter.name.en, "", "", key),),
    )


def _name(key: str, teller: Teller) -> Markup:
    return teller.ink.text(teller.names.matter(key))


def _other(matter: Matter, teller: Teller) -> Markup:
    other = matter.name("en" if teller.ink.lang == "zh" else "zh")
    return teller.ink.text(other) if other != matter.name(teller.ink.lang) else Markup("")
