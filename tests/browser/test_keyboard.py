"""The pages by keyboard alone: reach the content, walk the catalogue, open a measure, search, come back."""

from __future__ import annotations

from tests.support.browser import Opened

FOCUSED = "document.activeElement.textContent.trim()"
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


def _tab_to(opened: Opened, text: str, most: int = 60) -> None:
    """Press the tab key until a link bears a text."""
    for _ in range(most):
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate(FOCUSED) == text:
            return
    raise AssertionError(f"no {text} within {most} steps")


def test_the_first_step_leads_past_the_head_of_the_page(opened: Opened) -> None:
    """The skip link is the first thing the tab key reaches; it shows itself and leads to the content."""
    page = opened.go("zh/unit-mof.html")
    page.keyboard.press("Tab")

    assert page.evaluate(FOCUSED) == "跳到正文"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_catalogue_can_be_walked_from_the_first_page_to_a_measure(opened: Opened) -> None:
    """Home, memoranda, a document, a measure, its unit: with tab and enter, the focus always visible."""
    page = opened.go("zh/index.html")
    for text, at in (
        ("备忘录", "zh/memoranda.html"),
        (
            "关于对重大税收违法案件当事人实施联合惩戒措施的合作备忘录（2016版）",
            "zh/memorandum-tax-major-violations.html",
        ),
    ):
        _tab_to(opened, text)
        assert page.evaluate(OUTLINE) == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{at}")
    _tab_to(opened, "2 阻止出境")
    page.keyboard.press("Enter")
    assert opened.at == "zh/memorandum-tax-major-violations.html#m-2"
    _tab_to(opened, "公安部")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/unit-mps.html")

    assert page.inner_text("h1") == "公安部"
    assert page.get_attribute("nav.sections a[aria-current]", "href") == "units.html"


def test_a_stroke_leads_to_the_search_and_escape_out_of_it(opened: Opened) -> None:
    """`/` focuses the box from anywhere but a field; the hits close with escape."""
    page = opened.go("zh/lists.html")
    page.keyboard.press("/")
    page.keyboard.type("出境")
    page.wait_for_selector("#hits [role=option]")

    assert page.input_value("#q") == "出境"
    page.keyboard.press("Escape")
    assert page.is_hidden("#hits")
    page.fill("#q", "")
    page.keyboard.type("2016/2")
    assert page.input_value("#q") == "2016/2"


def test_arrow_keys_move_in_the_hits_and_enter_opens_one(opened: Opened) -> None:
    """The box says which hit is meant to those who hear the page; up from the first goes to the last."""
    page = opened.go("zh/index.html")
    page.keyboard.press("/")
    page.keyboard.type("财政部")
    page.wait_for_selector("#hits [role=option]")
    page.keyboard.press("ArrowDown")

    active = page.get_attribute("#q", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert page.get_attribute("#q", "aria-activedescendant") != active
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/unit-mof.html")


def test_the_page_of_results_is_walked_with_arrow_keys(opened: Opened) -> None:
    """Enter without a choice shows all results; the first has the focus, down leads to the second."""
    page = opened.go("zh/index.html")
    page.keyboard.press("/")
    page.keyboard.type("政府采购")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found a")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowDown")

    assert page.evaluate("document.activeElement.getAttribute('href')") != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/zh/{first}")


def test_folded_examples_open_with_the_keyboard(opened: Opened) -> None:
    """What is folded is a control of its own."""
    page = opened.go("zh/memorandum-tax-major-violations.html#m-2")
    page.focus("#m-2 summary")
    page.keyboard.press("Enter")

    assert page.is_visible("#m-2 .case")
