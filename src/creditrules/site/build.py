"""Site: from a catalogue and its examples to the files of the site, by name; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from creditrules.model.catalogue import Catalogue
from creditrules.site.blocks import Entry, Page
from creditrules.site.cases import Cases
from creditrules.site.drawing import TEXTS, Drawing
from creditrules.site.home_page import home_pages
from creditrules.site.kind_pages import kind_pages
from creditrules.site.liability_page import liability_page
from creditrules.site.list_pages import list_pages
from creditrules.site.matter_pages import matter_pages
from creditrules.site.measures import Measures
from creditrules.site.memorandum_pages import memorandum_pages
from creditrules.site.notice_pages import notice_pages
from creditrules.site.procedure_pages import procedure_pages
from creditrules.site.regime_pages import regime_pages
from creditrules.site.search_index import merged, script
from creditrules.site.statute_pages import statute_pages
from creditrules.site.survey import survey_of
from creditrules.site.teller import Teller
from creditrules.site.unit_pages import unit_pages
from creditrules.site.way_pages import way_pages
from creditrules.site.word_pages import word_pages

# What the pages load, and nothing else.
ASSETS = ("site.css", "site.js", "search.js", "door.js", "icon.svg")


def site_of(
    catalogue: Catalogue, cases: Cases | None = None, languages: Sequence[str] = ("zh", "en")
) -> Mapping[str, bytes]:
    """Return the files of the site by their names.

    Args:
        catalogue: what the pages show.
        cases: the examples that stand beside measures, duties and ways out.
        languages: the languages to write; each has a folder of its own.

    The same catalogue and examples give the same bytes.
    """
    survey = survey_of(catalogue)
    files: dict[str, bytes] = {}
    found: list[Entry] = []
    for lang in languages:
        measures = Measures(Teller.of(survey, lang), cases or Cases())
        drawing = Drawing(measures.teller.ink, tuple(languages), catalogue)
        for page in pages_of(measures):
            files[f"{lang}/{page.href}"] = drawing.page(page).encode("utf-8")
            found += page.entries
        files["index.html"] = drawing.door().encode("utf-8")
    for name in ASSETS:
        files[f"assets/{name}"] = (TEXTS / name).read_bytes()
    files["assets/index.js"] = script(merged(found)).encode("utf-8")
    return files


def pages_of(measures: Measures) -> Iterator[Page]:
    """Yield every page of one language."""
    yield from home_pages(measures)
    yield from memorandum_pages(measures)
    yield from unit_pages(measures)
    yield from matter_pages(measures)
    yield from list_pages(measures)
    yield from statute_pages(measures)
    yield liability_page(measures.teller)
    yield from kind_pages(measures)
    yield from regime_pages(measures)
    yield from procedure_pages(measures)
    yield from way_pages(measures)
    yield from notice_pages(measures)
    yield from word_pages(measures)
