"""The search in the browser, opened from the disk: Chinese, numbers, English, and nothing."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.support.browser import Opened


def _hits(opened: Opened, question: str, lang: str = "zh") -> list[str]:
    """Return where the hits of a question lead, in order."""
    page = opened.go(f"{lang}/search.html#q={quote(question)}")
    # Only the part after the mark may have changed; then the page was not loaded anew.
    page.reload()
    page.wait_for_selector("#found[data-question]", state="attached")
    found: list[str] = page.eval_on_selector_all("#found a", "all => all.map((a) => a.getAttribute('href'))")
    return found


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("政府采购", "matter-government_procurement.html"),
        ("发改财金〔2016〕2798号", "memorandum-tax-major-violations.html"),
        ("发改财金[2016]2798", "memorandum-tax-major-violations.html"),
        ("２０１６ 2798", "memorandum-tax-major-violations.html"),
        ("国办发〔2020〕49号", "regime-opinion-2020-49.html"),
        ("财政部", "unit-mof.html"),
        ("丹东市财政局", "unit-mof.html"),
        ("工商总局", "unit-saic.html"),
        ("ministry of fin", "unit-mof.html"),
        ("government-procurement", "matter-government_procurement.html"),
        ("失信被执行人", "list-judgment-defaulters.html"),
    ],
)
def test_what_is_asked_for_stands_among_the_first(opened: Opened, question: str, first: str) -> None:
    """By name, by document number however it is bracketed, by local body, by an English beginning."""
    assert first in _hits(opened, question)[:6]


def test_several_words_must_all_occur(opened: Opened) -> None:
    """Each further word leaves fewer hits, and the order of words does not matter."""
    one, both = _hits(opened, "出境"), _hits(opened, "出境 税")

    assert set(both) < set(one)
    assert set(_hits(opened, "税 出境")) == set(both)
    assert any(href.endswith("memorandum-tax-major-violations.html#m-2") for href in both)


def test_an_english_page_is_searched_in_both_languages(opened: Opened) -> None:
    """Whoever reads English may still ask by the official Chinese name."""
    assert "unit-mof.html" in _hits(opened, "财政部", "en")[:3]
    assert "unit-mof.html" in _hits(opened, "Ministry of Finance", "en")[:3]


@pytest.mark.parametrize("question", ["饕餮", "zzzz", "<img src=x onerror=alert(1)>", "…… 。"])
def test_nothing_found_is_said_and_the_question_is_no_markup(opened: Opened, question: str) -> None:
    """The page says so in words, and shows the question as it was typed."""
    assert _hits(opened, question) == []
    assert question.strip() in opened.page.inner_text("#count")
    assert opened.page.query_selector("main img") is None


def test_every_name_of_the_index_finds_itself(opened: Opened) -> None:
    """A page's script takes a text apart as the index did: each title leads to its page."""
    text = (opened.root / "assets" / "index.js").read_text("utf-8")
    data = json.loads(text.removeprefix("self.creditrulesIndex=").removesuffix(";\n"))
    pages = [(href, zh) for href, _, zh, *_ in data["places"] if "#" not in href and zh][::17]

    lost = [zh for href, zh in pages if href not in _hits(opened, zh)]

    assert len(pages) > 30
    assert lost == []


def test_a_hit_marks_what_was_asked_for(opened: Opened) -> None:
    """The reader sees why a hit is there."""
    _hits(opened, "政府采购")

    assert opened.page.inner_text("#found mark >> nth=0") == "政府采购"


def test_a_mouse_opens_a_hit(opened: Opened) -> None:
    """A press on a hit leads to its place."""
    page = opened.go("zh/index.html")
    page.fill("#q", "阻止出境")
    page.click("#hits [role=option] >> nth=0")
    page.wait_for_url(lambda url: "index.html" not in url)

    assert opened.at.startswith("zh/")


def test_without_scripts_everything_but_the_search_is_there(opened: Opened, browser: object) -> None:
    """The box is not shown where it could not work; the page of the search says why."""
    tab = Opened(browser, opened.root, java_script_enabled=False)  # type: ignore[arg-type]
    page = tab.go("zh/search.html")

    assert page.is_hidden("#q")
    assert "脚本" in page.inner_text("main")
    assert tab.go("zh/memorandum-tax-major-violations.html").is_visible("#m-2 h3")
    tab.context.close()
