"""Site: the statutes: each text the index knows, and from each article to what rests on it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.articles import article
from creditrules.model.basis import plain_title
from creditrules.model.words import Rank
from creditrules.site.blocks import Block, Entry, Page, Table, filled, given
from creditrules.site.citings import Citing
from creditrules.site.measures import Measures
from creditrules.site.places import NUMBER, anchor, page_of
from creditrules.site.teller import Teller

SECTION = "statutes"


def statute_pages(measures: Measures) -> Iterator[Page]:
    """Yield the page of all laws that are cited, then every law."""
    teller = measures.teller
    yield _index(teller)
    for law, citings in teller.survey.laws.items():
        yield _page(law, citings, teller)


def _rank(law: str, teller: Teller) -> Rank:
    known = teller.survey.catalogue.statutes.rank_of(law)
    if known is not Rank.UNKNOWN:
        return known
    return min((c.basis.rank for c in teller.survey.laws[law]), key=list(Rank).index)


def _index(teller: Teller) -> Page:
    ink, words, laws = teller.ink, teller.ink.words, teller.survey.laws
    heads = tuple(words(f"site.column.{k}") for k in ("law", "texts", "articles", "measures", "kinds"))
    ranked: dict[Rank, list[str]] = {}
    for law in laws:
        ranked.setdefault(_rank(law, teller), []).append(law)
    blocks = tuple(
        Block(
            ink.said("site.no_rank") if rank is Rank.UNKNOWN else ink.said(f"rank.{rank.value}"),
            table=Table(heads, tuple(_row(law, teller) for law in sorted(ranked[rank]))),
        )
        for rank in Rank
        if rank in ranked
    )
    lead = ink.said("site.lead.statutes", n=len(laws))
    return Page(
        "statutes.html",
        words("site.nav.statutes"),
        SECTION,
        ink.said("site.nav.statutes"),
        lead=lead,
        blocks=blocks,
    )


def _row(law: str, teller: Teller) -> tuple[Markup, ...]:
    ink, citings = teller.ink, teller.survey.laws[law]
    texts = teller.survey.catalogue.statutes.known(law)
    articles = {c.basis.article for c in citings if c.basis.article is not None}
    counts = (
        len(texts),
        len(articles),
        len({c.key for c in citings if c.what == "measure"}),
        len({c.key for c in citings if c.what == "kind"}),
    )
    return teller.law(law), *(ink.text(n or "–") for n in counts)


def _page(law: str, citings: tuple[Citing, ...], teller: Teller) -> Page:
    ink, words, catalogue = teller.ink, teller.ink.words, teller.survey.catalogue
    by_article: dict[int | None, list[Citing]] = {}
    for citing in sorted(citings, key=lambda c: (c.basis.article is None, c.basis.article or 0)):
        by_article.setdefault(citing.basis.article, []).append(citing)
    articles = tuple(
        Block(
            ink.text(article(n, "", words)) if n is not None else ink.said("site.no_article"),
            anchor("a", n if n is not None else "none"),
            lines=tuple(_lines(found, teller)),
            kind="citing",
        )
        for n, found in by_article.items()
    )
    blocks = filled(
        Block(ink.said("site.articles"), "articles", parts=articles, kind="articles"),
        Block(ink.said("site.texts"), "texts", table=_texts(law, teller)),
        Block(ink.said("site.renumbered"), "renumbered", table=_renumbered(law, teller)),
    )
    titles = dict.fromkeys(citing.basis.law for citing in citings)
    rank = _rank(law, teller)
    known = catalogue.statutes.known(law)
    facts = given(
        (
            ink.said("site.rank"),
            ink.said("site.no_rank") if rank is Rank.UNKNOWN else ink.said(f"rank.{rank.value}"),
        ),
        (ink.said("sheet.aliases"), ink.joined(title for title in titles if title != law)),
        (ink.said("site.indexed"), ink.said("site.in_index" if known else "site.not_in_index")),
    )
    numbers = " ".join(dict.fromkeys(citing.basis.cited for citing in citings if citing.basis.cited))
    # A document is asked for by its number: 国办发〔2020〕49号.
    number = next((found[0] for c in citings if (found := NUMBER.match(c.basis.cited))), "")
    body = f"{' '.join(titles)} {numbers}"
    return Page(
        page_of("statute", law),
        law,
        SECTION,
        ink.title(f"《{law}》"),
        up=(("statutes.html", ink.said("site.nav.statutes")),),
        facts=facts,
        blocks=blocks,
        entries=(Entry(page_of("statute", law), "statute", law, law, number, number, body),),
    )


def _lines(citings: list[Citing], teller: Teller) -> Iterator[Markup]:
    ink = teller.ink
    measures = dict.fromkeys(c.key for c in citings if c.what == "measure")
    if measures:
        yield Markup('<span class="what">{}</span> {}').format(
            ink.said("site.what.measure"), ink.lines(teller.numbers(measures), kind="tight")
        )
    for what in ("memorandum", "kind", "list", "liability", "regime", "duty", "way", "parameter"):
        keys = dict.fromkeys(c.key for c in citings if c.what == what)
        if keys:
            named = ink.joined((cited_by(what, key, teller) for key in keys), "part")
            yield Markup('<span class="what">{}</span> {}').format(ink.said(f"site.what.{what}"), named)


def cited_by(what: str, key: str, teller: Teller) -> Markup:
    """Return what cites a provision, with the way to it."""
    ink, procedure = teller.ink, teller.survey.catalogue.procedure
    match what:
        case "memorandum":
            return teller.document(key)
        case "kind":
            return teller.kind(key)
        case "list":
            return teller.list(key)
        case "regime":
            return teller.regime(key)
        case "duty":
            duty = next(d for d in procedure.duties if d.key == key)
            place = f"{page_of('procedure', duty.instrument)}#{anchor('d', key)}"
            return ink.link(place, teller.said(duty.does))
        case "way":
            way = next(w for w in procedure.ways_out if w.key == key)
            return ink.link(page_of("way", key), teller.said(way.title))
        case "parameter":
            return ink.link("procedures.html#parameters", teller.said(procedure.parameters[key].name))
    item = next(x for x in teller.survey.catalogue.liabilities if x.key == key)
    return ink.link(f"liability.html#{anchor('l', key)}", teller.said(item.condition))


def _texts(law: str, teller: Teller) -> Table:
    ink = teller.ink
    heads = tuple(ink.words(f"site.column.{k}") for k in ("version", "rank", "last_article"))
    rows = tuple(
        (ink.text(text.version), ink.said(f"rank.{text.rank.value}"), ink.text(text.last_article))
        for text in teller.survey.catalogue.statutes.known(law)
    )
    return Table(heads, rows)


def _renumbered(law: str, teller: Teller) -> Table:
    ink, words = teller.ink, teller.ink.words
    heads = tuple(words(f"site.column.{k}") for k in ("old_number", "new_number", "since", "state"))
    rows = tuple(
        (
            ink.text(article(change.old.article, change.old.item, words)),
            ink.text(article(change.new.article, change.new.item, words)),
            ink.text(change.since),
            ink.badge(change.checked),
        )
        for change in teller.survey.catalogue.renumberings
        if plain_title(change.law) == law
    )
    return Table(heads, rows)
