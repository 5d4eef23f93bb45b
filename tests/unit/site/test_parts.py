"""The parts of a site: addresses, text in two languages, and the index of the search."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from creditrules.deliver.words import Words
from creditrules.model.words import Checked
from creditrules.site.blocks import Entry
from creditrules.site.ink import Ink
from creditrules.site.places import measure_place, page_of, slug
from creditrules.site.search_index import merged, script, tokens
from creditrules.site.word_pages import glossary
from tests.support.pages import Site
from tests.support.tree import ROOT

KEYS = st.one_of(st.text(min_size=1, max_size=40), st.from_regex(r"[a-zA-Z0-9._-]{1,12}", fullmatch=True))


@given(KEYS, KEYS)
def test_two_keys_never_share_an_address(one: str, other: str) -> None:
    """Not even on a disk that takes capital letters for small ones; and an address is plain."""
    assert re.fullmatch(r"[a-z0-9._-]+", slug(one))
    assert (slug(one) == slug(other)) == (one == other)


def test_a_plain_key_is_its_own_address() -> None:
    """People can read and guess the address of a page."""
    assert page_of("unit", "mof") == "unit-mof.html"
    assert measure_place("tax-major-violations#2") == "memorandum-tax-major-violations.html#m-2"


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("zh", "财政部 & <b>", "财政部 &amp; &lt;b&gt;"),
        ("zh", "mof", "mof"),
        ("zh", "Signed in December", '<span lang="en">Signed in December</span>'),
        (
            "en",
            "the notice 发改财金〔2016〕2798号 of 2016",
            'the notice <span lang="zh-CN">发改财金〔2016〕2798号</span> of 2016',
        ),
        ("en", "plain", "plain"),
    ],
)
def test_text_is_escaped_and_the_other_language_is_marked(lang: str, text: str, said: str) -> None:
    """A screen reader and a font are told which language a run of text is in."""
    assert Ink(Words(lang)).text(text) == said


def test_what_is_written_already_is_not_escaped_again() -> None:
    """Links can be put into sentences."""
    ink = Ink(Words("en"))

    assert ink.filled("site.of_unit", unit=Markup("<a>x</a>")) == "written as <a>x</a>"


def test_a_state_is_said_by_a_sign_and_a_word() -> None:
    """Whoever does not see colours reads it all the same."""
    for checked, word in (
        (Checked.VERIFIED, "已核实"),
        (Checked.RECALLED, "凭记忆"),
        (Checked.UNSEEN, "未见"),
    ):
        badge = Ink(Words("zh")).badge(checked)

        assert word in badge
        assert 'aria-hidden="true"' in badge


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x", "http://a b"]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    """A document cannot smuggle in a link that does something."""
    assert "<a" not in Ink(Words("zh")).outside(url)


def test_a_title_is_broken_between_words_and_says_the_same() -> None:
    """The places where a line may end change nothing of the text."""
    title = "关于对重大税收违法案件当事人实施联合惩戒措施的合作备忘录（2016版）"

    said = Ink(Words("zh")).title(title)

    assert said.striptags() == title
    assert "当事人<wbr>实施<wbr>联合惩戒" in said
    assert '<span class="nowrap">（2016版）</span>' in said


def test_chinese_is_found_by_pairs_and_other_text_by_words() -> None:
    """Wide letters count as narrow ones, capitals as small ones; a lone character stands for itself."""
    said = set(tokens("政府采购 GOVERNMENT-Procurement 〔２０１６〕2798号"))

    assert said == {"政府", "府采", "采购", "government", "procurement", "2016", "2798", "号"}


def test_the_index_gives_for_each_token_the_places_that_hold_it() -> None:
    """Numbers are steps in base 36; the languages of one place are one entry."""
    entries = merged(
        [
            Entry("a.html", "unit", "财政部", "Finance", body="x"),
            Entry("b.html", "unit", "</script>政部", "", body=""),
            Entry("a.html", "unit", "财政部", "Finance", body="y"),
        ]
    )
    text = script(entries)
    data = json.loads(text.removeprefix("self.creditrulesIndex=").removesuffix(";\n"))

    assert len(data["places"]) == 2
    assert data["tokens"]["政部"] == "0 1"
    assert data["tokens"]["y"] == "0"
    assert "</script" not in text


def test_every_place_of_the_index_is_on_a_page(shipped: Site) -> None:
    """A hit leads somewhere, and every page that is not a list of others can be found."""
    text = shipped["assets/index.js"].decode("utf-8")
    data = json.loads(text.removeprefix("self.creditrulesIndex=").removesuffix(";\n"))
    found = {href for href, *_ in data["places"]}

    assert [h for h in found if f"zh/{h.partition('#')[0]}" not in shipped] == []
    pages = {
        name[3:]
        for name in shipped
        if re.match(r"zh/(?:memorandum|unit|matter|list|statute|kind|regime|way)-", name)
    }
    assert pages - {href.partition("#")[0] for href in found} == set()


def test_the_glossary_of_the_pages_uses_the_words_of_the_reference() -> None:
    """One word per idea: each word of the pages stands in the reference glossary with its Chinese."""
    table = (ROOT / "docs" / "reference" / "glossary.md").read_text("utf-8")
    rows = {m[1]: m[2] for m in re.finditer(r"^\| ([\w ]+) \| ([^|]+) \|", table, re.MULTILINE)}

    odd = [
        w.en
        for w, _ in glossary().values()
        if w.zh not in rows.get(w.en, "").strip().split("、") and w.zh not in rows.get(w.en, "")
    ]

    assert len(glossary()) > 30
    assert odd == []
