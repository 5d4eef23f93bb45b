"""Site: the notices that order how lists are handled, section by section; a catalogue may hold none."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from creditrules.deliver.notice import sheet_of
from creditrules.model.notice import Notice
from creditrules.site.blocks import Block, Entry, Page, Table, filled, given
from creditrules.site.measures import Measures
from creditrules.site.places import anchor, page_of
from creditrules.site.teller import Teller


def notice_pages(measures: Measures) -> Iterator[Page]:
    """Yield the list of notices and every notice; nothing where the catalogue has none."""
    teller = measures.teller
    notices = teller.survey.catalogue.notices.values()
    if notices:
        yield _index(tuple(notices), teller)
    for notice in notices:
        yield _page(notice, teller)


def _index(notices: tuple[Notice, ...], teller: Teller) -> Page:
    ink, words = teller.ink, teller.ink.words
    heads = tuple(words(f"site.column.{k}") for k in ("title", "doc_no", "since"))
    rows = tuple(
        (
            ink.link(page_of("notice", n.key), n.title(ink.lang)),
            ink.text(n.doc_no),
            ink.text(n.since or n.issued),
        )
        for n in notices
    )
    return Page(
        "notices.html",
        words("site.nav.notices"),
        "procedures",
        ink.said("site.nav.notices"),
        blocks=(Block(Markup(""), table=Table(heads, rows)),),
    )


def _page(notice: Notice, teller: Teller) -> Page:
    ink = teller.ink
    sheet = sheet_of(notice, teller.survey.catalogue, ink.lang)
    sections = tuple(
        Block(
            ink.text(f"{s.number} {s.heading}"),
            anchor("s", s.number),
            text=Markup('<p><span class="tag">{}</span> {}</p>').format(ink.text(s.state), ink.text(s.does)),
            facts=tuple((ink.text(name), ink.text(value)) for name, value in s.lines),
        )
        for s in sheet.measures
    )
    href = page_of("notice", notice.key)
    entries = [
        Entry(href, "notice", notice.title.zh, notice.title.en, notice.doc_no, notice.doc_no, notice.key)
    ]
    entries += [
        Entry(
            f"{href}#{anchor('s', s.number)}",
            "notice",
            f"{s.number} {s.heading}",
            f"{s.number} {s.heading}",
            notice.doc_no,
            notice.doc_no,
            f"{s.says.zh} {s.says.en}",
        )
        for s in notice.sections
    ]
    return Page(
        href,
        notice.title(ink.lang),
        "procedures",
        ink.title(notice.title(ink.lang)),
        up=(("notices.html", ink.said("site.nav.notices")),),
        facts=given(*((ink.text(name), ink.text(value)) for name, value in sheet.facts)),
        blocks=filled(
            Block(ink.said("notice.sections", n=len(sections)), "sections", parts=sections),
            Block(ink.said("show.open"), "open", lines=tuple(ink.text(o) for o in sheet.open), kind="open"),
            Block(ink.said("show.sources"), "sources", lines=tuple(ink.text(s) for s in sheet.sources)),
        ),
        entries=tuple(entries),
    )
