"""Site: from a page to its HTML, by templates; everything is escaped, nothing steers the reader's screen."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen
from markupsafe import Markup, escape

from creditrules.model.catalogue import Catalogue
from creditrules.site.blocks import Page
from creditrules.site.ink import LANG_TAGS, Ink

if TYPE_CHECKING:
    from jinja2 import Environment

TEXTS = Path(__file__).parents[1] / "texts" / "site"
# The pages ask nobody for anything: what they need lies beside them. Some browsers do not take a file for
# its own origin, hence `file:`.
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
SECTIONS = (
    "memoranda",
    "units",
    "matters",
    "lists",
    "statutes",
    "kinds",
    "regimes",
    "procedures",
    "glossary",
)
HITS = (
    "memorandum",
    "measure",
    "unit",
    "matter",
    "list",
    "statute",
    "liability",
    "kind",
    "regime",
    "duty",
    "way",
    "notice",
    "word",
    "fact",
)
# Controls, and marks that reorder what the reader sees.
_UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEXTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["attr"] = lambda text: escape(Markup(text).striptags() if isinstance(text, Markup) else text)
    return made


@frozen
class Drawing:
    """Draws the pages of one language; `languages` are all the site has, every page names `catalogue`."""

    ink: Ink
    languages: tuple[str, ...]
    catalogue: Catalogue

    def page(self, page: Page) -> str:
        """Return a page as HTML."""
        template = _environment().get_template(page.template)
        manifest = self.catalogue.manifests[-1]
        drawn = template.render(
            page=page,
            ink=self.ink,
            say=self.ink.said,
            t=self.ink.text,
            words=self.ink.words,
            lang=self.ink.lang,
            lang_tag=LANG_TAGS[self.ink.lang],
            other=next((lang for lang in self.languages if lang != self.ink.lang), None),
            tags=LANG_TAGS,
            site_title=manifest.title(self.ink.lang),
            manifests=self.catalogue.manifests,
            digest=self.catalogue.digest,
            sections=SECTIONS,
            kinds=self._kinds(),
            policy=POLICY,
            **page.more,
        )
        return _UNSAFE.sub("\ufffd", drawn)

    def _kinds(self) -> str:
        """Return what the kinds of hit are called, for the script of the search."""
        named = {what: self.ink.words(f"site.kind_of_hit.{what}") for what in HITS}
        return json.dumps(named, ensure_ascii=False, separators=(",", ":"))

    def door(self) -> str:
        """Return the page outside the languages, which leads to the reader's own."""
        manifest = self.catalogue.manifests[-1]
        drawn = (
            _environment()
            .get_template("door.html")
            .render(
                languages=self.languages,
                tags=LANG_TAGS,
                titles={lang: manifest.title(lang) for lang in self.languages},
                policy=POLICY,
            )
        )
        return _UNSAFE.sub("\ufffd", drawn)
