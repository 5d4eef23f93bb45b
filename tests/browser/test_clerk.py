"""The page of a clerk in a real browser: sign in, look up, read, print; by keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from creditrules.desk import tokens
from creditrules.desk.desk import Desk
from creditrules.desk.store import open_store
from tests.support.service import FIRM, WANG, Program, here, running
from tests.unit.desk.flow import ON

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Office:
    """A service that runs, and the tokens of whoever works with it."""

    def __init__(self, program: Program, given: dict[str, str], folder: Path) -> None:
        self.address = program.address
        self.tokens = given
        self.folder = folder


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The service with one case, on a free port."""
    folder = tmp_path_factory.mktemp("office")
    url, key = f"sqlite:///{folder / 'desk.db'}", folder / "secret.key"
    store = open_store(url, key=key)
    Desk(store).initiate(here(), by="市信用办", on=ON)
    given = {}
    with store.writing() as connection:
        now = store.clock()
        for name, whose in (("clerk", {}), ("unit", {"unit": "丹东市财政局"}), ("revoked", {})):
            role = "unit" if name == "unit" else "clerk"
            given[name], made = tokens.create(connection, f"{name}的窗口", role, now, "t", **whose)
            if name == "revoked":
                tokens.revoke(connection, made.id, now, "t")
    store.close()
    with running(url, key, "--no-work", "--rate", "1000") as program:
        yield Office(program, given, folder)


class Counter:
    """A tab of a browser at a counter: what it asked for, what it complained of."""

    def __init__(self, browser: Browser, office: Office, **options: Any) -> None:
        self.office = office
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda m: self.complaints.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self) -> Page:
        """Open the page and wait until it can be used."""
        self.page.goto(self.office.address)
        self.page.wait_for_selector("#token:visible, #number:visible")
        return self.page

    def sign_in(self, who: str = "clerk") -> Page:
        """Open the page and sign in."""
        page = self.open()
        page.fill("#token", self.office.tokens[who])
        page.keyboard.press("Enter")
        page.wait_for_selector("#number:visible")
        return page

    def check(self, number: str = FIRM, matter: str = "供应商资格", on: str = "2018-12-20") -> Page:
        """Ask about somebody and wait for the answer."""
        page = self.page
        page.fill("#number", number)
        page.fill("#matter", matter)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.fill("#on", on)
        page.fill("#purpose", "供应商资格审查 2018-0034")
        page.click("#check button.main")
        page.wait_for_selector("#answer h1")
        return page


@pytest.fixture
def counter(browser: Browser, office: Office) -> Iterator[Counter]:
    """A tab as at a counter."""
    made = Counter(browser, office, viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield made
    assert made.complaints == []
    made.context.close()


@pytest.fixture
def telephone(browser: Browser, office: Office) -> Iterator[Counter]:
    """A tab as wide as a small telephone, in English."""
    made = Counter(browser, office, viewport={"width": 360, "height": 740}, locale="en-US")
    yield made
    made.context.close()


def test_a_clerk_looks_up_an_applicant_and_sees_why(counter: Counter) -> None:
    """The verdict, the measure, its bases and reasons, the words for the applicant, the receipt."""
    counter.sign_in()
    page = counter.check()

    assert page.inner_text(".verdict strong") == "不得批准"
    said = page.inner_text("#answer")
    for part in ("丹东丰源虚构贸易有限公司", FIRM, "政府采购法", "2018-06-20 – 2020-06-20", "台账号", "封印"):
        assert part in said
    page.click("#answer summary")
    assert "列入" in page.inner_text("#answer .tree")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_page_asks_nobody_else_and_keeps_the_token_in_its_window(counter: Counter) -> None:
    """Every request goes to the service; no cookie is set, and another tab has to sign in itself."""
    page = counter.sign_in()
    counter.check()

    assert all(url.startswith(counter.office.address) for url in counter.asked)
    assert counter.context.cookies() == []
    assert counter.office.tokens["clerk"] not in page.url
    assert "crt_" not in page.evaluate("JSON.stringify(localStorage)")
    other = counter.context.new_page()
    other.goto(counter.office.address)
    other.wait_for_selector("#token:visible")
    page.reload()
    page.wait_for_selector("#number:visible")


def test_nothing_inline_runs(counter: Counter) -> None:
    """The policy of the page forbids what somebody might slip in."""
    page = counter.open()
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.hit=1>')")
    page.wait_for_timeout(200)

    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in each for each in counter.complaints)
    counter.complaints.clear()


def test_the_whole_way_by_keyboard(counter: Counter) -> None:
    """Sign in, tab through the fields, choose the matter by arrow keys, ask; the answer has the focus."""
    page = counter.open()
    page.keyboard.type(counter.office.tokens["clerk"])
    page.keyboard.press("Enter")
    page.wait_for_selector("#number:focus")
    page.keyboard.type(FIRM)
    page.keyboard.press("Tab")
    page.keyboard.type("供应商")
    page.wait_for_selector("#matters li")
    page.keyboard.press("ArrowDown")
    option = page.get_attribute("#matter", "aria-activedescendant")
    assert page.get_attribute(f"#{option}", "aria-selected") == "true"
    page.keyboard.press("Enter")
    assert page.input_value("#matter") == "政府采购供应商资格"
    page.fill("#on", "2018-12-20")
    page.focus("#purpose")
    page.keyboard.type("键盘")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer h1:focus")


def test_the_matters_are_searched_by_name_and_key_in_both_languages(counter: Counter) -> None:
    """Parts of words, whatever the language; escape closes, and what is no matter is not asked."""
    page = counter.sign_in()
    for typed in ("政府 供应商", "land.state", "procurement supplier"):
        page.fill("#matter", typed)
        page.wait_for_selector("#matters li")
    page.fill("#matter", "没有这样的事项")
    assert page.is_hidden("#matters")
    assert page.inner_text("#matters-found") == "0 个事项"
    page.fill("#matter", "供应商")
    page.keyboard.press("Escape")
    assert page.is_hidden("#matters")
    page.click("#check button.main")

    assert page.is_visible("#matter-fault")
    assert page.get_attribute("#matter", "aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == "number"
    assert not any("checks" in url for url in counter.asked)


def test_the_language_changes_in_place(counter: Counter) -> None:
    """The answer that is shown is shown in the other language, folds as they were; it is remembered."""
    counter.sign_in()
    page = counter.check()
    page.click("#answer summary")
    asked = len(counter.asked)
    page.click("#switch")

    assert page.inner_text(".verdict strong") == "Barred"
    assert page.get_attribute("html", "lang") == "en"
    assert page.evaluate("document.querySelector('#answer details').open") is True
    assert page.input_value("#matter") == "supplier in government procurement"
    assert len(counter.asked) == asked
    page.reload()
    page.wait_for_selector("#number:visible")
    assert page.inner_text("#tab-check") == "Check an applicant"


def test_a_subject_sees_what_is_held_on_him(counter: Counter) -> None:
    """At the counter, in full, with his rights; for printing."""
    page = counter.sign_in()
    page.click("#tab-view")
    page.fill("#own-number", f"{WANG[:6]} {WANG[6:14]} {WANG[14:]}")
    page.fill("#own-purpose", "本人查询")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer h1")
    said = page.inner_text("#answer")

    for part in ("王虚构", WANG, "法定代表人", "重大税收违法", "您的权利", "第四十五条"):
        assert part in said


def test_paper_gets_the_answer_alone(counter: Counter) -> None:
    """No controls; reasons are unfolded for it and fold again."""
    counter.sign_in()
    page = counter.check()
    page.emulate_media(media="print", color_scheme="dark")

    assert not any(page.is_visible(part) for part in ("#work", ".tools", "#print", ".skip"))
    assert page.is_visible(".receipt")
    assert page.is_visible(".printed >> nth=-1")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 2
    assert page.evaluate("document.querySelector('#answer details').open") is False


def test_a_token_that_is_not_valid_is_told(browser: Browser, office: Office) -> None:
    """Unknown or revoked; the page asks for another."""
    for token in ("crt_nothing", office.tokens["revoked"]):
        made = Counter(browser, office, locale="zh-CN")
        page = made.open()
        page.fill("#token", token)
        page.keyboard.press("Enter")
        page.wait_for_selector("#told:visible")

        assert "令牌无效" in page.inner_text("#told")
        assert page.is_visible("#sign-in")
        made.context.close()


def test_what_the_service_refuses_is_told_with_what_to_do(browser: Browser, office: Office) -> None:
    """A number whose check character is wrong: what is wrong and how to mend it, in the words of the page."""
    made = Counter(browser, office, locale="zh-CN")
    page = made.sign_in()
    page.fill("#number", FIRM[:-1] + "1")
    page.fill("#matter", "供应商资格")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.fill("#purpose", "x")
    page.click("#check button.main")
    page.wait_for_selector("#told:visible")

    assert "校验码不符" in page.inner_text("#told")
    assert page.get_attribute("#told", "role") == "alert"
    made.context.close()


@pytest.mark.parametrize("number", ["123", FIRM[:-1] + "1"])
def test_no_answer_stands_below_another_question(counter: Counter, number: str) -> None:
    """Whoever asks about somebody else and is refused does not read the verdict on the one before."""
    counter.sign_in()
    page = counter.check()
    page.fill("#number", number)
    page.click("#check button.main")
    page.wait_for_selector("#told:visible, #number-fault:visible")

    assert not page.is_visible("#answer")
    assert "不得批准" not in page.inner_text("body")
    counter.complaints.clear()  # a browser notes every answer of 422


def test_a_unit_asks_for_itself_and_is_offered_no_other(browser: Browser, office: Office) -> None:
    """No choice of units, and no view of subjects."""
    made = Counter(browser, office, locale="zh-CN")
    page = made.sign_in("unit")

    assert page.is_hidden("#unit-field")
    assert page.is_hidden("#tab-view")
    made.check()
    assert "丹东市财政局" in page.inner_text("#answer .facts")
    made.context.close()


def test_signing_out_forgets_everything(counter: Counter) -> None:
    """Token and answer are gone from the page and from the window."""
    counter.sign_in()
    page = counter.check()
    page.click("#sign-out")

    assert page.is_visible("#token")
    assert page.evaluate("sessionStorage.length") == 0
    assert FIRM not in page.inner_text("#answer")


def test_a_small_screen_shows_everything_without_moving_sideways(telephone: Counter) -> None:
    """Form and answer fit, and what is pressed is large enough for a finger."""
    page = telephone.sign_in()
    telephone.check(matter="supplier in government")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.inner_text(".verdict strong") == "Barred"
    for control in ("#number", "#matter", "#check button.main"):
        box = page.locator(control).bounding_box()
        assert box is not None
        assert box["height"] >= 40


def test_without_the_service_it_says_so(browser: Browser, office: Office) -> None:
    """Instead of waiting for ever or showing nothing."""
    made = Counter(browser, office, locale="zh-CN")
    made.sign_in()
    made.context.set_offline(True)
    made.page.fill("#number", FIRM)
    made.page.fill("#matter", "供应商资格")
    made.page.keyboard.press("ArrowDown")
    made.page.keyboard.press("Enter")
    made.page.fill("#purpose", "x")
    made.page.click("#check button.main")
    made.page.wait_for_selector("#told:visible")

    assert "无法连接" in made.page.inner_text("#told")
    made.context.close()
