"""Every kind of page in a real browser: no complaint, no request, room on a telephone, enough contrast."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import Opened, one_of_each

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll("body *")]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      const hidden = each.closest("thead") || getComputedStyle(each).position === "absolute";
      return !hidden && box.width > 1 && box.right > wide + 1;
    })
    .slice(0, 3)
    .map((each) => each.tagName + "." + each.className + " " + each.textContent.slice(0, 40));
}"""

# Every visible text against what lies behind it, as the guidelines for accessible pages count it.
TOO_FAINT = """() => {
  const parsed = (colour) => {
    const m = colour.match(/^rgba?\\(([^)]+)\\)$/);
    const s = colour.match(/^color\\(srgb ([^)]+)\\)$/);
    const n = (m || s)[1].split(/[ ,/]+/).map(Number);
    const rgb = m ? n.slice(0, 3) : n.slice(0, 3).map((c) => c * 255);
    return [...rgb, n.length > 3 ? n[3] : 1];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3]));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const stack = [];
    for (let at = element; at; at = at.parentElement) {
      stack.push(parsed(getComputedStyle(at).backgroundColor));
    }
    return stack.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
    if (element.closest(".unseen:not(.badge), .skip, noscript, script")) continue;
    const back = behind(element);
    const front = over(parsed(getComputedStyle(element).color), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const named = `${element.tagName}.${element.className} ${node.textContent.trim().slice(0, 30)}`;
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${named}`);
  }
  return [...new Set(faint)].slice(0, 5);
}"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_complains_or_asks_for_anything_but_files_of_the_site(opened: Opened, lang: str) -> None:
    """No error and no warning on the console, no request that leaves the folder."""
    for name in one_of_each(opened.root, lang):
        opened.go(name)
        opened.page.keyboard.press("/")  # reads the index of the search
        opened.page.keyboard.type("税务")
        opened.page.wait_for_selector("#hits:not([hidden])")

    assert opened.complaints == []
    assert opened.strangers == []
    assert len([url for url in opened.asked if url.endswith("assets/index.js")]) > 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_is_wider_than_a_small_telephone(phone: Opened, lang: str) -> None:
    """At 360 points nothing has to be pushed aside to be read, on any kind of page."""
    wide = {}
    for name in one_of_each(phone.root, lang):
        page = phone.go(name)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        if page.evaluate("document.documentElement.scrollWidth") > 360 or (found := page.evaluate(TOO_WIDE)):
            wide[name] = page.evaluate(TOO_WIDE) or found

    assert wide == {}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_not_one_page_is_wider_than_a_small_telephone(phone: Opened, lang: str) -> None:
    """The same for every page there is."""
    names = sorted(path.name for path in (phone.root / lang).glob("*.html"))

    wide = [
        n for n in names if phone.go(f"{lang}/{n}").evaluate("document.documentElement.scrollWidth") > 360
    ]

    assert len(names) > 500
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_text_stands_out_enough_from_what_lies_behind_it(
    browser: Browser, site_root: Path, lang: str, scheme: str
) -> None:
    """A contrast of 4.5 to 1 by day and by night."""
    tab = Opened(browser, site_root, viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    faint = {
        name: found for name in one_of_each(site_root, lang) if (found := tab.go(name).evaluate(TOO_FAINT))
    }
    tab.context.close()

    assert faint == {}


def test_everything_that_can_be_used_has_a_name_for_those_who_hear_the_page(opened: Opened) -> None:
    """Links, fields and regions are named; what is only drawn is hidden from a reader."""
    nameless = """() => [...document.querySelectorAll("a, input, nav, [role=search] input, summary, button")]
      .filter((each) => !each.closest("[aria-hidden=true]") && !(each.textContent.trim()
        || each.getAttribute("aria-label") || (each.labels && each.labels.length)))
      .map((each) => each.outerHTML.slice(0, 80))"""
    found = {name: opened.go(name).evaluate(nameless) for name in one_of_each(opened.root, "zh")}

    assert {name: items for name, items in found.items() if items} == {}


def test_a_script_that_came_into_a_page_would_not_run(opened: Opened) -> None:
    """The policy of the pages forbids scripts in them, and requests to anywhere."""
    page = opened.go("zh/index.html")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          const picture = document.createElement("img");
          picture.src = "https://example.org/x.png";
          document.body.append(picture);
        }"""
    )
    page.wait_for_timeout(200)

    assert page.evaluate("window.ran === undefined")
    assert any("Content Security Policy" in said for said in opened.complaints)
    assert opened.left == []
