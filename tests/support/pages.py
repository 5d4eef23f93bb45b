"""Support: what tests ask of the pages of a site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

Site = Mapping[str, bytes]
_LINK = re.compile(r'<(?:a|link|script)\b[^>]*?\b(?:href|src)="([^"]*)"')
_PLACE = re.compile(r'\sid="([^"]*)"')
# Elements that have no end, so that an open one is no mistake.
VOID = {"meta", "link", "input", "br", "wbr", "rect", "hr", "img"}


def page(site: Site, name: str) -> str:
    """Return a page as text."""
    return site[name].decode("utf-8")


def pages(site: Site) -> list[str]:
    """Return the names of all pages."""
    return [name for name in site if name.endswith(".html")]


def places(site: Site) -> dict[str, list[str]]:
    """Return the names of the places on each page."""
    return {name: _PLACE.findall(page(site, name)) for name in pages(site)}


def links(html: str) -> set[str]:
    """Return where the links of a page lead, and what it loads."""
    return {unescape(href) for href in _LINK.findall(html)}


def resolved(name: str, href: str) -> tuple[str, str]:
    """Return the file a link on a page leads to, and the place in it."""
    path, _, place = href.partition("#")
    folder = name.split("/")[:-1]
    for step in path.split("/") if path else ():
        if step == "..":
            folder = folder[:-1]
        elif step:
            folder = [*folder, step]
    return ("/".join(folder) if path else name), unquote(place)


class Reader(HTMLParser):
    """Reads a page: its headings, its landmarks, and elements that are left open or closed twice."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.text: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.faults += [f"<{tag}> is left open" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("header", "nav", "main", "footer"):
            self.landmarks.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends where it begins, as in a picture."""
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Note an element that ends."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text.append(data)

    def of(self, attribute: str) -> Iterator[str]:
        """Yield the values of an attribute."""
        return (value for _, name, value in self.attributes if name == attribute)
