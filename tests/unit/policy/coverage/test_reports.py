"""What a coverage report says: as text, as data, as pages."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from creditrules.cli._coverage_page import print_coverage
from creditrules.deliver.table import console_for
from creditrules.policy.coverage.cover import cover
from creditrules.policy.coverage.data import to_data, to_json
from creditrules.policy.coverage.lines import FOLDED, Run, lines_of, runs_of
from creditrules.policy.coverage.model import Coverage, Mark
from creditrules.policy.coverage.pages import pages_of
from tests.support.bench import MEMORANDUM, NAME, bench_catalogue, bench_examples

SCHEMA = Path(__file__).parents[4] / "schemas" / "coverage.schema.json"


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    """Return what the bench examples exercise of the whole small catalogue."""
    return cover(bench_catalogue(), bench_examples())


@pytest.fixture(scope="module")
def pages(coverage: Coverage) -> dict[str, str]:
    """Return the pages of that report."""
    return pages_of(coverage, "zh", lambda file: MEMORANDUM if file == NAME else None)


class Page(HTMLParser):
    """The tags, ids, links and texts of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.languages: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag says."""
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.languages += [found["lang"] or ""] if "lang" in found else []
        href = found.get("href") or ""
        if tag == "a":
            self.links.append(href)
        elif href and not href.startswith("data:"):
            self.outside.append(href)
        self.outside += [found["src"] or ""] if "src" in found else []
        if tag not in ("meta", "link", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open."""
        assert self.open.pop() == tag


def printed(coverage: Coverage, lang: str) -> str:
    """Return a report as it is written into a file."""
    file = io.StringIO()
    print_coverage(coverage, console_for(file, width=120), lang)
    return file.getvalue()


def test_the_data_is_what_the_schema_says(coverage: Coverage) -> None:
    """Programs that read the report can rely on its published form."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)

    validator = Draft202012Validator(schema, format_checker=FormatChecker())

    assert list(validator.iter_errors(to_data(coverage))) == []
    assert not validator.is_valid(to_data(coverage) | {"more": 1})


def test_cases_are_told_once_and_named_by_their_number(coverage: Coverage) -> None:
    """A number leads to the case it stands for."""
    data = json.loads(to_json(coverage))
    (document,) = (d for d in data["documents"] if d["key"] == "bench")
    measure = next(i for i in document["items"] if i["kind"] == "measure" and i["key"] == "1")
    (positive,) = (b for b in measure["branches"] if b["name"] == "positive")

    assert [data["case_list"][n]["name"] for n in positive["cases"]] == ["法定代表人"]
    assert len({json.dumps(case) for case in data["case_list"]}) == len(data["case_list"])


def test_the_text_tells_documents_and_gaps_in_both_languages(coverage: Coverage) -> None:
    """The table counts, the list says what is missing."""
    alone = cover(bench_catalogue(), bench_examples(), ["bench"])
    zh, en = printed(alone, "zh"), printed(alone, "en")

    assert "bench" in printed(coverage, "zh")
    assert "没有案例涉及第4项“未见”" in zh
    assert "no case touches measure 4 “not seen”" in en


def test_every_page_is_whole_html(pages: dict[str, str]) -> None:
    """Each tag that is opened is closed."""
    for text in pages.values():
        assert Page(text).open == []


def test_no_page_asks_for_anything_outside_itself(pages: dict[str, str]) -> None:
    """Style and script are in the page; nothing is fetched."""
    for text in pages.values():
        assert Page(text).outside == []
        assert "http:" not in text.replace("http-equiv", "")
        assert "https:" not in text


def test_every_link_leads_to_a_page_or_a_place_that_is_there(pages: dict[str, str]) -> None:
    """Anchors name lines, and lines have their names."""
    for name, text in pages.items():
        page = Page(text)
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = Page(pages[file or name])
            assert not anchor or anchor in target.ids, link


def test_every_text_is_there_in_both_languages(pages: dict[str, str]) -> None:
    """Whoever switches the language finds the same page."""
    for text in pages.values():
        languages = Page(text).languages

        assert languages.count("en") >= 10
        assert languages.count("zh-CN") >= languages.count("en")


def test_each_line_is_marked_by_what_is_written_on_it(coverage: Coverage) -> None:
    """A covered unit, an uncovered one, a clause in part, and a line that says nothing."""
    (document,) = (d for d in coverage.documents if d.key == "bench")
    lines = lines_of(MEMORANDUM, document)
    marks = {line.text.strip(): (line.mark, line.is_own) for line in lines}

    assert marks["- 公安部"] == (Mark.COVERED, True)
    assert marks["- 国务院"] == (Mark.UNCOVERED, True)
    assert marks["- legal_representative"] == (Mark.PARTLY, True)
    assert marks["heading: 阻止出境"] == (Mark.COVERED, False)
    assert marks["memorandum: bench"] == (Mark.IDLE, False)


def test_the_lines_of_a_measure_end_where_the_next_one_begins(coverage: Coverage) -> None:
    """What stands below a measure's keys belongs to it."""
    (document,) = (d for d in coverage.documents if d.key == "bench")
    within = [(line.within.key, line.text) for line in lines_of(MEMORANDUM, document) if line.within]

    assert ("1", "    basis: [{law: 中华人民共和国税收征收管理法, article: 44, cited: 第四十四条}]") in within
    assert ("2", "  - n: 2") in within
    assert ("5", "    effect: heighten_supervision") in within


def test_a_line_tells_which_cases_cover_it(pages: dict[str, str]) -> None:
    """The name of the case and its place stand under the line."""
    line = pages["bench.html"].split('id="L24"')[1].split('id="L25"')[0]

    assert "法定代表人" in line
    assert "bench.examples.yaml:" in line


def test_what_a_document_says_is_shown_as_text() -> None:
    """A name with angle brackets is no tag."""
    catalogue = bench_catalogue(MEMORANDUM.replace("zh: 试验备忘录", "zh: 试验<b>备忘录"))
    pages = pages_of(cover(catalogue, bench_examples(), ["bench"]), "en", lambda file: "<script>")

    assert "<b>" not in pages["bench.html"]
    assert "试验&lt;b&gt;备忘录" in pages["bench.html"]


def test_without_the_file_the_page_says_so(coverage: Coverage) -> None:
    """A catalogue may come from somewhere that has no files."""
    pages = pages_of(coverage, "en", lambda file: None)

    assert "the document itself was not found" in pages["bench.html"]
    assert all("#L" not in link for link in Page(pages["bench.html"]).links)


def test_many_lines_with_nothing_to_exercise_are_folded() -> None:
    """Signatories and sources do not stand between a reader and the rules."""
    many = "".join(f"  - 公安部 # {n}\n" for n in range(FOLDED))
    text = MEMORANDUM.replace("covers:\n", f"signatories:\n{many}covers:\n", 1)
    (document,) = cover(bench_catalogue(text), bench_examples(), ["bench"]).documents

    runs = runs_of(lines_of(text, document))

    assert [run.folded for run in runs][:2] == [True, False]
    assert list(_numbers(runs)) == list(range(1, len(text.splitlines()) + 1))


def _numbers(runs: tuple[Run, ...]) -> Iterator[int]:
    for run in runs:
        yield from (line.number for line in run.lines)
