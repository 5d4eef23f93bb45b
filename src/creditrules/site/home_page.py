"""Site: the first page, the page on what the library does not claim, and the page of the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from creditrules.model.words import Checked
from creditrules.site.blocks import Block, Page, given
from creditrules.site.measures import Measures
from creditrules.site.places import HOME
from creditrules.site.teller import Teller

LIMITS = (
    "describes",
    "lost_force",
    "not_complete",
    "checked",
    "articles",
    "local",
    "no_score",
    "does_not_act",
)


def home_pages(measures: Measures) -> Iterator[Page]:
    """Yield the first page, the page of limits and the page of the search."""
    teller, ink = measures.teller, measures.teller.ink
    manifest = teller.survey.catalogue.manifests[-1]
    yield Page(
        HOME,
        manifest.title(ink.lang),
        "home",
        ink.title(manifest.title(ink.lang)),
        subtitle=ink.text(manifest.title("en" if ink.lang == "zh" else "zh")),
        lead=ink.said("site.lead.home"),
        template="home.html",
        more={
            "doors": tuple(_doors(measures)),
            "states": tuple(_states(teller)),
            "days": tuple(
                (day.on, tuple(teller.regime(r.key) for r in day.begins)) for day in teller.survey.days
            ),
            "limits": tuple(ink.said(f"site.limits.{key}.title") for key in LIMITS),
        },
    )
    yield Page(
        "about.html",
        ink.words("site.nav.about"),
        "about",
        ink.said("site.nav.about"),
        lead=ink.said("site.limits.sentence"),
        facts=given(*_facts(teller)),
        blocks=tuple(
            Block(
                ink.said(f"site.limits.{key}.title"),
                key.replace("_", "-"),
                text=Markup("<p>{}</p>").format(ink.said(f"site.limits.{key}.text")),
            )
            for key in LIMITS
        ),
    )
    yield Page(
        "search.html",
        ink.words("site.nav.search"),
        "search",
        ink.said("site.nav.search"),
        template="search.html",
    )


def _doors(measures: Measures) -> Iterator[tuple[str, Markup, int, Markup]]:
    """Yield the ways into the catalogue: address, name, how much is behind it, and what it is."""
    survey, ink = measures.teller.survey, measures.teller.ink
    catalogue = survey.catalogue
    counts = (
        ("memoranda", len(catalogue.memoranda)),
        ("units", len(catalogue.units.by_key)),
        ("matters", len(catalogue.matters)),
        ("lists", len(catalogue.lists)),
        ("statutes", len(survey.laws)),
        ("kinds", len(catalogue.measure_kinds)),
        ("regimes", len(catalogue.regimes)),
        ("procedures", len(catalogue.procedure.duties) + len(catalogue.procedure.ways_out)),
        ("liability", len(catalogue.liabilities)),
        ("notices", len(catalogue.notices)),
        ("facts", len(catalogue.facts)),
    )
    for name, n in counts:
        if n:
            yield f"{name}.html", ink.said(f"site.nav.{name}"), n, ink.said(f"site.door.{name}")


def _states(teller: Teller) -> Iterator[tuple[Markup, int, Markup]]:
    found = Counter(f.measure.checked for f in teller.survey.found.values())
    for checked in Checked:
        yield teller.ink.badge(checked), found[checked], teller.ink.said(f"site.checked.{checked.value}")


def _facts(teller: Teller) -> Iterator[tuple[Markup, Markup]]:
    ink, catalogue = teller.ink, teller.survey.catalogue
    for manifest in catalogue.manifests:
        yield teller.said(manifest.title), ink.joined((ink.code(manifest.id), manifest.version), "dot")
    yield (
        ink.said("site.digest"),
        Markup('<code class="digest" translate="no">{}</code>').format(catalogue.digest),
    )
