"""The pages of a site: every link leads somewhere, every page is whole, no text of a document is markup."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from creditrules import load_catalogue
from creditrules.site.build import site_of
from creditrules.site.cases import cases_below
from tests.support.pages import Reader, Site, links, page, pages, places, resolved
from tests.support.tree import ROOT

WORLD = ROOT / "tests" / "unit" / "cli" / "world"


@pytest.fixture(params=["small", "shipped"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the two sites."""
    made: Site = request.getfixturevalue(request.param)
    return made


def test_every_link_leads_to_a_page_and_a_place_that_are_there(site: Site) -> None:
    """No reader is sent to nothing, neither within a page nor across the languages."""
    there = {name: set(found) for name, found in places(site).items()}
    broken = []
    for name in pages(site):
        for href in links(page(site, name)):
            if re.match(r"https?://", href):
                continue
            file, place = resolved(name, href)
            if file not in site or (place and place not in there[file]):
                broken.append((name, href))

    assert broken == []


def test_a_place_has_its_name_alone(site: Site) -> None:
    """Two places of one name would make a link ambiguous."""
    twice = {name: [p for p in set(found) if found.count(p) > 1] for name, found in places(site).items()}

    assert {name: found for name, found in twice.items() if found} == {}


def test_both_languages_have_the_same_pages_and_places(site: Site) -> None:
    """Whoever changes the language finds the same place again."""
    found = places(site)
    chinese = {name[3:]: set(there) for name, there in found.items() if name.startswith("zh/")}
    english = {name[3:]: set(there) for name, there in found.items() if name.startswith("en/")}

    assert chinese
    assert chinese == english


def test_a_page_is_well_formed_and_has_its_landmarks_and_one_title(site: Site) -> None:
    """Elements end in order; there is a header, a main part and a footer; headings never skip a level."""
    faults = {}
    for name in pages(site):
        read = Reader(page(site, name))
        wrong = list(read.faults)
        if "/" in name:
            wrong += [mark for mark in ("header", "nav", "main", "footer") if mark not in read.landmarks]
            wrong += ["no single h1"] if read.headings.count(1) != 1 else []
            steps = zip([0, *read.headings], read.headings, strict=False)
            wrong += ["a level is skipped"] if any(b > a + 1 for a, b in steps) else []
        if wrong:
            faults[name] = wrong[:3]

    assert faults == {}


def test_every_page_says_its_language_what_it_does_not_claim_and_the_digest(site: Site) -> None:
    """Limits and digest stand on each page, in its language."""
    digest = re.search(r'class="digest"[^>]*>([0-9a-f]{64})<', page(site, "zh/index.html"))
    assert digest

    without = [
        name
        for name in pages(site)
        if "/" in name
        and not (
            digest[1] in page(site, name)
            and ("不授权任何行为" if name.startswith("zh/") else "authorises nothing") in page(site, name)
            and f'<html lang="{"zh-CN" if name.startswith("zh/") else "en"}">' in page(site, name)
        )
    ]
    assert without == []


def test_nothing_is_loaded_from_elsewhere_and_no_script_stands_in_a_page(site: Site) -> None:
    """What a page loads lies beside it; there is a policy that forbids anything else."""
    for name in pages(site):
        html = page(site, name)
        loaded = re.findall(r'<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="([^"]*)"', html)

        assert "Content-Security-Policy" in html
        assert [href for href in loaded if "://" in href] == []
        assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []
        assert re.findall(r"<[^>]*\s(?:on\w+|style)=", html) == []


def test_every_word_of_the_interface_is_known(site: Site) -> None:
    """A key without words would show its last part; no such part is left on a page."""
    from creditrules.deliver.words import word_table

    sources = [
        *(ROOT / "src/creditrules/site").glob("*.py"),
        *(ROOT / "src/creditrules/texts/site").glob("*.html"),
    ]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    keys = set(re.findall(r'"((?:site|show|sheet|catalogue|procedure|notice|table)\.[a-z_.]*[a-z_])"', text))

    assert len(keys) > 100
    assert sorted(key for key in keys if key not in word_table() and not key.endswith((".css", ".js"))) == []


def test_every_measure_stands_on_its_document_with_state_and_examples(shipped: Site) -> None:
    """All measures of the catalogue are there, and a measure says how far it was checked."""
    catalogue = load_catalogue()
    for key, memorandum in catalogue.memoranda.items():
        html = page(shipped, f"zh/memorandum-{key}.html")

        assert html.count('<article id="m-') == len(memorandum.measures)
        assert html.count('class="states"') == len(memorandum.measures)
    assert "第2项 税款已结清或者已提供担保的，不阻止出境" in page(
        shipped, "zh/memorandum-tax-major-violations.html"
    )


def test_an_example_says_day_unit_person_and_outcome(small: Site) -> None:
    """What a case expects stands beside its measure in the words of the catalogue, step by step."""
    said = re.sub(r"<[^>]+>", "", page(small, "zh/memorandum-tax.html"))

    assert "欠税的法定代表人 &amp; 出境 tax.examples.yaml:10" in said
    assert "2018-12-20 应有措施：公安部 → 王虚构&lt;b&gt;；阻止出境；可以；… – 2020-02-01" in said
    assert "2018-12-20 不得触及：丹东丰源虚构贸易有限公司" in said
    assert "应为尚未确定：王虚构&lt;b&gt;；缺少事实；是否欠税？" in said
    assert "2021-06-01（其后） 应不予适用：已停止执行" in said


def test_text_of_a_document_never_becomes_markup(tmp_path: Path) -> None:
    """Marks, quotes and escapes of a document are shown as they are."""
    evil = '<img src=x onerror=alert(1)>"&'
    for path in WORLD.rglob("*.*"):
        text = path.read_text("utf-8").replace("税收备忘录", f"'{evil}'").replace("公安部", "公安<i>部")
        to = tmp_path / path.relative_to(WORLD)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, "utf-8")

    made = site_of(load_catalogue(tmp_path))

    assert [name for name in pages(made) if re.search(r"<(img|i)\b", page(made, name))] == []
    assert "&lt;img src=x onerror=alert(1)&gt;" in page(made, "zh/memorandum-tax.html")
    assert "<" not in made["assets/index.js"].decode("utf-8")


def test_the_number_of_a_citizen_is_hidden(tmp_path: Path) -> None:
    """A name in an example that holds a citizen number shows neither birthday nor sequence."""
    expect = "{untouched: [{against: a, measure: '1'}]}"
    case = f"{{name: 某甲 21068119900101123X, on: 2018-12-20, expect: {expect}}}"
    text = f"examples: tax\ncases:\n  - {case}\n"
    (tmp_path / "a.examples.yaml").write_text(text, "utf-8")

    made = site_of(load_catalogue(WORLD), cases_below([tmp_path]), ("zh",))

    assert all(b"19900101" not in data for data in made.values())
    assert "某甲 210681********123X" in page(made, "zh/memorandum-tax.html")


def test_one_language_may_be_built_alone() -> None:
    """There is no way to a tree that is not there."""
    made = site_of(load_catalogue(WORLD), languages=("en",))

    assert {name.split("/")[0] for name in pages(made)} == {"en", "index.html"}
    assert all("data-switch" not in page(made, name) for name in pages(made))


BUILD = """
import hashlib, sys
from creditrules import load_catalogue
from creditrules.site.build import site_of
from creditrules.site.cases import cases_below
from pathlib import Path
files = site_of(load_catalogue(*sys.argv[2:]), cases_below([Path(sys.argv[1])]))
digest = hashlib.sha256()
for name in sorted(files):
    digest.update(name.encode() + b"\\0" + files[name] + b"\\0")
print(digest.hexdigest())
"""


@pytest.mark.parametrize("catalogue", [[str(WORLD)], pytest.param([], marks=pytest.mark.slow)])
def test_the_same_catalogue_gives_the_same_bytes(catalogue: list[str]) -> None:
    """Neither the order of sets in a process nor the day or the machine leaves a trace."""
    command = [sys.executable, "-c", BUILD, str(ROOT / "examples"), *catalogue]
    digests = set()
    for seed in ("1", "2"):
        around = {"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed, "CREDITRULES_NO_CACHE": "1"}
        digests.add(subprocess.run(command, env=around, capture_output=True, check=True, timeout=120).stdout)

    assert len(digests) == 1


def test_a_catalogue_of_a_city_shows_its_notices() -> None:
    """What is stacked on the national catalogue is on the pages, sections and links included."""
    from creditrules.load.shipped import default_source

    city = ROOT / "plugins" / "dandong" / "src" / "creditrules_dandong" / "catalogue"
    made = site_of(load_catalogue(default_source(), city), languages=("zh",))
    there = {name: set(found) for name, found in places(made).items()}
    notices = [name for name in pages(made) if name.startswith("zh/notice-")]

    assert notices
    for name in (*notices, "zh/notices.html", "zh/index.html"):
        for href in links(page(made, name)):
            file, place = resolved(name, href)
            assert file in made, href
            assert not place or place in there[file]
    assert 'href="notices.html"' in page(made, "zh/index.html")
