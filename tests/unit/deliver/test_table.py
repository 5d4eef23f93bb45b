"""A decision as tables on a terminal, and as Markdown."""

from __future__ import annotations

import io

import pytest
from attrs import evolve

from creditrules.deliver.markdown import escape, to_markdown
from creditrules.deliver.plain import width
from creditrules.deliver.table import console_for, print_page
from creditrules.deliver.view import page_of, ranges
from creditrules.deliver.view_actions import period
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.rulebook import SetAside
from creditrules.model.text import Text

from .conftest import DAY


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def _printed(decision: Decision, catalogue: Catalogue, lang: str, file: io.StringIO, cells: int = 110) -> str:
    print_page(page_of(decision, catalogue, lang), console_for(file, width=cells), lang)
    return file.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [80, 100, 120])
def test_a_file_gets_no_colours_and_no_line_is_too_wide(
    decision: Decision, catalogue: Catalogue, lang: str, cells: int
) -> None:
    """Into a file there are no escapes, no blanks at line ends, and lines fit whatever the language."""
    lines = _printed(decision, catalogue, lang, io.StringIO(), cells).split("\n")

    assert "\x1b" not in "".join(lines)
    assert [line for line in lines if width(line) > cells or line != line.rstrip()] == []


def test_a_terminal_gets_colours(decision: Decision, catalogue: Catalogue) -> None:
    """On a terminal there are colours."""
    assert "\x1b[" in _printed(decision, catalogue, "zh", Terminal())


def test_the_page_says_everything_in_order(decision: Decision, catalogue: Catalogue) -> None:
    """Units, numbers, discretion, days, sources, then what is open, set aside, recorded, and the listings."""
    rest = "".join(_printed(decision, catalogue, "zh", io.StringIO(), 120).split())
    for words in (
        *("王虚构", "财政部·丹东市财政局", "A1", "禁止：政府采购", "应当", "2018-03-01–2020-02-29"),
        *("公安部", "A2", "王虚构", "限制出境", "可以", "2019-12-20复核", "向虚构局提出异议"),
        *("尚未确定（2）", "税款是否未结清？", "公安部", "未予适用（2）", "来源未显示该项措施"),
        *("信用档案（2）", "2019-01-01起停止共享", "列入状态", "生效中（2018-03-01起）", "无法确定"),
    ):
        before, found, rest = rest.partition(words)
        assert found, (words, before)


def test_what_is_known_from_memory_is_marked(decision: Decision, catalogue: Catalogue) -> None:
    """An action that rests on a recalled measure says so; one that does not, does not."""
    rows = [row for group in page_of(decision, catalogue, "en").units for row in group.rows]

    assert [row.sources for row in rows] == ["虚发〔2016〕1号 2, 5 (recalled)", "虚发〔2016〕1号 5"]


def test_identifiers_of_persons_are_shown_as_the_decision_gives_them(
    decision: Decision, catalogue: Catalogue
) -> None:
    """The masked number is shown once, with the subject."""
    text = to_markdown(page_of(decision, catalogue, "zh"), "zh")

    assert text.count(escape("210602********1234")) == 1


def test_two_bearers_of_one_name_are_told_apart(decision: Decision, catalogue: Catalogue) -> None:
    """Where a name is borne twice the id stands beside it."""
    twin = evolve(decision.subjects[1], id="wang-2")
    page = page_of(evolve(decision, subjects=(*decision.subjects, twin)), catalogue, "zh")

    assert "王虚构 [wang]" in page.units[1].rows[0].targets[0][1]


def test_what_differs_only_in_the_target_shares_a_row(decision: Decision, catalogue: Catalogue) -> None:
    """Same unit, effect, matter, discretion, days and measures: one row, each target with its number."""
    first = decision.actions[0]
    second = evolve(first, key="other", target="wang")
    third = evolve(first, key="third", target="wang", until=None)
    page = page_of(evolve(decision, actions=(first, second, third)), catalogue, "zh")

    rows = [[number for number, _ in row.targets] for row in page.units[0].rows]
    assert rows == [["A1", "A2"], ["A3"]]
    assert page.count == 3


def test_notes_are_said_once(decision: Decision, catalogue: Catalogue) -> None:
    """Rows refer to a note by its number; a unit that the document does not name is such a note."""
    first = decision.actions[0]
    by_kind = evolve(first, key="kind", parts=tuple(evolve(p, unit_origin="kind") for p in first.parts))
    page = page_of(evolve(decision, actions=(first, by_kind)), catalogue, "en")

    assert page.notes == (
        "[1] two merged",
        "[2] the document names no unit; this is the competent one for such measures",
    )
    assert [row.what[-8:] for row in page.units[0].rows] == ["ment [1]", " [1] [2]"]


def test_what_was_set_aside_for_one_reason_is_one_group(decision: Decision, catalogue: Catalogue) -> None:
    """Provisions out of force are told with their measures, not one by one as reasons."""
    aside = tuple(
        SetAside("fiction", "basis_out_of_force", Text(f"{law} 当日不具效力"), "2", law)
        for law in ("《甲法》", "《乙法》")
    )
    (group,) = page_of(evolve(decision, set_aside=aside), catalogue, "zh").aside

    assert (group.reason, group.count) == ("依据当日不具效力", 2)
    assert group.items == ("虚发〔2016〕1号 2（《甲法》）", "虚发〔2016〕1号 2（《乙法》）")


def test_one_unit_alone_keeps_the_numbers(decision: Decision, catalogue: Catalogue) -> None:
    """A unit sees its own actions and questions, under the numbers that `why` takes."""
    page = page_of(decision, catalogue, "zh", unit="公安部")

    assert [t for group in page.units for row in group.rows for t, _ in row.targets] == ["A2"]
    assert [group.question for group in page.open] == ["税款是否未结清？"]


def test_nothing_to_do_is_said(decision: Decision, catalogue: Catalogue) -> None:
    """A decision without actions is a sentence, not an empty page."""
    empty = evolve(decision, actions=(), undetermined=(), set_aside=(), records=(), statuses=())

    assert "No unit has anything to do." in _printed(empty, catalogue, "en", io.StringIO())
    assert "No unit has anything to do" in to_markdown(page_of(empty, catalogue, "en"), "en")


def test_keys_that_no_catalogue_knows_stand_for_themselves(decision: Decision, catalogue: Catalogue) -> None:
    """A decision can be shown beside a catalogue that has moved on."""
    bare = evolve(
        catalogue, memoranda={}, effects={}, matters={}, roles={}, kinds={}, regimes=(), manifests=()
    )
    text = to_markdown(page_of(decision, bare, "zh"), "zh")

    assert "prohibit" in text
    assert "fiction 2" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown_tables_hold_together(decision: Decision, catalogue: Catalogue, lang: str) -> None:
    """Whatever a name holds, a row has as many cells as its head."""
    nasty = evolve(decision.subjects[0], name="虚|构*<b>`_公司\n有限")
    text = to_markdown(page_of(evolve(decision, subjects=(nasty,)), catalogue, lang), lang)
    rows = [line.replace("\\|", "") for line in text.split("\n") if line.startswith("| A")]

    assert {row.count("|") for row in rows if row.startswith("| A1 ")} == {6}
    assert "<b>" not in text.replace("\\<b", "")


def test_answers_that_change_nothing_alone_are_not_listed(decision: Decision, catalogue: Catalogue) -> None:
    """An answer is shown when another answer would lead elsewhere."""
    open_point = decision.undetermined[0]
    then = open_point.asks[0].answers[0]
    same = evolve(open_point, asks=(evolve(open_point.asks[0], answers=(then, (then[0], then[1]))),))
    other = evolve(open_point, asks=(evolve(open_point.asks[0], answers=(then, (then[0], open_point.text))),))

    def shown(item: object) -> int:
        page = page_of(evolve(decision, undetermined=(item,)), catalogue, "zh")
        return len(page.open[0].outcomes[0].answers)

    assert (shown(same), shown(other)) == (0, 2)


def test_numbers_in_a_row_are_shortened() -> None:
    """A1, A2, A3 and A7 are A1–A3 and A7."""
    assert ranges(["A1", "A2", "A3", "A7"]) == "A1–A3, A7"
    assert ranges(["A10", "A9"]) == "A9–A10"


def test_a_period_says_how_it_ends() -> None:
    """A last day, else a day of review, else the end of the listing."""
    words = Words("en")

    assert period(DAY, DAY, None, words) == "2018-12-20 – 2018-12-20"
    assert period(DAY, None, DAY, words) == "from 2018-12-20, review 2018-12-20"
    assert period(None, None, None, words) == "from …, with the listing"
