"""The language switch keeps the place and is remembered in the browser alone; paper gets the text alone."""

from __future__ import annotations

from tests.support.browser import Opened


def test_the_switch_leads_to_the_same_place_in_the_other_language(opened: Opened) -> None:
    """By the place in the address, and by how far the reader has come."""
    page = opened.go("zh/memorandum-tax-major-violations.html#m-9")
    page.click("[data-switch=en]")
    page.wait_for_url("**/en/memorandum-tax-major-violations.html#m-9")
    page.goto(page.url.partition("#")[0])
    page.evaluate("document.getElementById('m-12').scrollIntoView()")
    # The switch stays in sight; a click of the mouse there moves nothing.
    box = page.locator("[data-switch=zh]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/zh/memorandum-tax-major-violations.html#m-12")

    assert page.evaluate("document.getElementById('m-12').getBoundingClientRect().top") < 200


def test_the_question_of_a_search_survives_the_switch(opened: Opened) -> None:
    """The page of results shows the same question in the other language."""
    page = opened.go("zh/search.html#q=2798")
    page.wait_for_selector("#found a")
    page.click("[data-switch=en]")
    page.wait_for_selector("#found a")

    assert opened.at == "en/search.html#q=2798"
    assert page.input_value("#q") == "2798"


def test_the_door_leads_to_the_language_of_the_browser_then_to_the_one_chosen(opened: Opened) -> None:
    """Nothing is sent for it: no cookie is set."""
    page = opened.go("index.html")
    page.wait_for_url("**/zh/index.html")
    page.click("[data-switch=en]")
    page.wait_for_url("**/en/index.html")
    opened.go("index.html")
    page.wait_for_url("**/en/index.html")

    assert opened.context.cookies() == []
    assert opened.strangers == []


def test_each_page_says_its_language_and_that_of_the_switch(opened: Opened) -> None:
    """Readers by ear hear the right voice."""
    page = opened.go("en/memorandum-tax-major-violations.html")

    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("[data-switch]", "lang") == "zh-CN"
    assert page.get_attribute("#m-2 h3 span[lang]", "lang") == "zh-CN"


def test_paper_gets_the_text_and_none_of_the_controls(opened: Opened) -> None:
    """Navigation and search are not printed; folded examples are, and so are limits and digest."""
    page = opened.go("zh/memorandum-tax-major-violations.html")
    page.emulate_media(media="print")

    assert not any(page.is_visible(part) for part in (".tools", ".sections", ".side", ".neighbours", ".here"))
    assert page.evaluate(
        "document.querySelector('#m-2 .case').checkVisibility({contentVisibilityAuto: true})"
    )
    assert page.evaluate("document.querySelector('#m-2 .case').getBoundingClientRect().height") > 10
    assert page.is_visible(".limits")
    assert page.is_visible(".digest >> nth=-1")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_paper_is_white_by_night_too(opened: Opened) -> None:
    """Whoever reads in the dark does not print a black page."""
    page = opened.go("zh/unit-mof.html")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_document_becomes_a_file_for_paper(opened: Opened) -> None:
    """Printing to a file gives more than one sheet, and the folded parts close again afterwards."""
    page = opened.go("zh/memorandum-tax-major-violations.html")
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")

    assert sheets > 5
    assert page.evaluate("[...document.querySelectorAll('details')].every((each) => !each.open)")
