"""Policy, coverage: a report as pages to browse, each whole in itself, in both languages at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from creditrules.deliver.words import LANGUAGES, word_table
from creditrules.model.text import Text
from creditrules.policy.coverage.data import Near
from creditrules.policy.coverage.gaps import gaps_of, headline
from creditrules.policy.coverage.lines import Line, lines_of, runs_of
from creditrules.policy.coverage.model import Coverage, Document, Item, Mark, share_of

_TEXTS = Path(__file__).parents[2] / "texts" / "coverage"
_TAGS = {"zh": "zh-CN", "en": "en"}
# So many cases are named on a line; the number of the rest is told.
NAMED = 8
Reader = Callable[[str], str | None]


def pages_of(coverage: Coverage, lang: str, read: Reader, near: Near = str) -> dict[str, str]:
    """Return the pages of a report by file name: `index.html`, and one for each document with measures.

    Args:
        coverage: the report.
        lang: the language shown first.
        read: gives the text of a file, None where there is none.
        near: names files as the reader knows them.
    """
    environment = _environment(near)
    held = [document for document in coverage.documents if document.items]
    common = {"lang": lang, "coverage": coverage, "tags": _TAGS, "languages": LANGUAGES}
    index = environment.get_template("index.html")
    page = environment.get_template("document.html")
    pages = {"index.html": index.render(**common, documents=held, general=_general(coverage))}
    for document in held:
        source = read(document.span.file) if document.span is not None else None
        lines = lines_of(source, document) if source is not None else ()
        pages[file_of(document)] = page.render(
            **common, document=document, gaps=gaps_of(document.items), lines=lines, runs=runs_of(lines)
        )
    return pages


def file_of(document: Document) -> str:
    """Return the file name of a document's page."""
    return f"{document.key}.html"


def _general(coverage: Coverage) -> list[tuple[str, tuple[Item, ...], float]]:
    found = []
    for kind in ("regime", "duty", "way_out"):
        items = tuple(item for item in coverage.general if item.kind == kind)
        if items:
            found.append((kind, items, share_of(items)))
    return found


def _environment(near: Near) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEXTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["said"] = _said
    environment.globals |= {
        "word": word,
        "headline": headline,
        "share_of": share_of,
        "file_of": file_of,
        "near": near,
        "told": _told,
        "NAMED": NAMED,
        "Mark": Mark,
    }
    return environment


def word(key: str, **values: Text | str | int) -> Text:
    """Return words of a coverage page in both languages."""
    return word_table()[f"coverage.{key}"].filled(**values)


def _said(text: Text) -> Any:
    """Return a text in both languages, of which the page shows one; once where they are the same."""
    from markupsafe import Markup

    zh, en = text("zh"), text("en")
    if zh == en:
        return Markup("{}").format(zh)
    return Markup('<span lang="zh-CN">{}</span><span lang="en">{}</span>').format(zh, en)


def _told(line: Line) -> Iterable[Item]:
    """Return the things of which a line tells more when it is opened."""
    return [item for item in line.items if item.branches]
