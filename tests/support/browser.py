"""Support: a real browser on the pages of the shipped catalogue, opened from the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.components import needed
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")


class Opened:
    """A page of the site in a tab of its own: what it asked for, what left it, what it complained of."""

    def __init__(self, browser: Browser, root: Path, **options: Any) -> None:
        self.root = root
        self.asked: list[str] = []
        self.left: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(**options)
        self.context.route("**/*", self._routed)
        self.page: Page = self.context.new_page()
        self.page.on("request", self._requested)
        self.page.on("console", lambda m: self.complaints.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def _requested(self, request: Request) -> None:
        self.asked.append(request.url)

    def _routed(self, route: Route) -> None:
        if route.request.url.startswith(("file://", "data:")):
            route.continue_()
        else:
            self.left.append(route.request.url)
            route.abort()

    def go(self, name: str) -> Page:
        """Open a page of the site by its name, with or without a place on it."""
        file, mark, place = name.partition("#")
        self.page.goto((self.root / file).as_uri() + mark + place)
        return self.page

    @property
    def at(self) -> str:
        """The page that is open, by its name, with the place on it."""
        return self.page.url.removeprefix(self.root.as_uri() + "/")

    @property
    def strangers(self) -> list[str]:
        """What was asked for that is no file of the site."""
        return [url for url in self.asked if not url.startswith(self.root.as_uri() + "/")]


@pytest.fixture(scope="session")
def site_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the shipped catalogue; the workers of one run share it."""
    from creditrules import load_catalogue
    from creditrules.site.build import site_of
    from creditrules.site.cases import cases_below
    from creditrules.site.writing import write_site

    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "the site"
    if not shared.exists():
        made = tmp_path_factory.mktemp("site")
        write_site(site_of(load_catalogue(), cases_below([ROOT / "examples"])), made)
        try:
            made.rename(shared)
        except OSError:
            assert shared.exists()  # another worker was quicker
    return shared


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's browser, without a window."""
    found = needed("chromium", next(filter(None, map(shutil.which, NAMES)), None))
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needed("playwright", None)
        raise
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, site_root: Path) -> Iterator[Opened]:
    """A tab as on a desk."""
    tab = Opened(browser, site_root, viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield tab
    tab.context.close()


@pytest.fixture
def phone(browser: Browser, site_root: Path) -> Iterator[Opened]:
    """A tab as wide as a small telephone."""
    tab = Opened(browser, site_root, viewport={"width": 360, "height": 740}, locale="zh-CN")
    yield tab
    tab.context.close()


def one_of_each(root: Path, lang: str) -> list[str]:
    """Return the largest page of every kind, in one language."""
    largest: dict[str, Path] = {}
    for path in sorted((root / lang).glob("*.html")):
        kind = path.stem.partition("-")[0]
        if kind not in largest or path.stat().st_size > largest[kind].stat().st_size:
            largest[kind] = path
    return [f"{lang}/{path.name}" for path in largest.values()]
