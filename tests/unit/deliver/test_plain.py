"""Text on a terminal: its width, where it breaks, and what of it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrules.deliver.plain import breaks, clean, mask, shown, width, window, wrapped

NUMBER = "21060219900101123X"


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("财政部", 6), ("a财", 3), ("e\u0301", 1), ("，", 2), ("“", 1), ("", 0)]
)
def test_chinese_takes_two_cells(text: str, cells: int) -> None:
    """Width is counted in cells, not in characters."""
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (NUMBER, "210602********123X"),
        (f"身份证号{NUMBER}。", "身份证号210602********123X。"),
        (f"ID{NUMBER}", "ID210602********123X"),
        ("210602 19900101 1234", "210602 ******** 1234"),
        ("210602-19900101-123x", "210602-********-123x"),
        ("2106021990010112345", "210602*********2345"),
        ("２１０６０２１９９００１０１１２３４", "２１０６０２＊＊＊＊＊＊＊＊１２３４"),
        ("2018-12-20 2019-12-20", "2018-12-20 2019-12-20"),
        ("91210600MA0FAKE00X", "91210600MA0FAKE00X"),
        ("210602199001", "210602199001"),
    ],
)
def test_a_citizen_number_is_hidden_wherever_it_stands(text: str, hidden: str) -> None:
    """First six and last four stay; days, credit codes and shorter numbers are left alone."""
    assert mask(text) == hidden


@given(st.text())
def test_masking_and_cleaning_keep_every_place(text: str) -> None:
    """Text is changed character for character, so columns stay true; doing it twice changes nothing."""
    assert len(shown(text)) == len(text)
    assert width(mask(text)) == width(text)
    assert shown(shown(text)) == shown(text)


@pytest.mark.parametrize("steering", ["\x1b[31m", "\x07", "\u202e", "\x9b", "\u2028", "\x00"])
def test_nothing_steers_the_terminal(steering: str) -> None:
    """Escapes, controls and marks that reorder text are shown as what they are not."""
    assert not set(clean(f"a{steering}b")) & set("\x1b\x07\u202e\x9b\u2028\x00")


@given(st.text(alphabet="ab 财政部，。（）\t", max_size=60), st.integers(2, 20))
def test_lines_fit_and_nothing_is_lost(text: str, cells: int) -> None:
    """Broken lines are no wider than asked for, and hold every character but the blanks at their ends."""
    lines = wrapped(text, cells)

    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert breaks(text, cells) == sorted(set(breaks(text, cells)))


def test_a_closing_mark_does_not_start_a_line() -> None:
    """Chinese is not set with a full stop at the beginning of a line."""
    assert wrapped("税务机关，人民法院。", 8) == ["税务机", "关，人民", "法院。"]


@given(st.integers(0, 300), st.integers(1, 20))
def test_a_long_line_is_shown_around_its_place(start: int, length: int) -> None:
    """What the place points at is in the window, at the place returned."""
    text = "".join(chr(0x4E00 + n) for n in range(350))
    part, first, last = window(text, start, start + length)

    assert width(part) <= 100
    assert part[first:last] == text[start : start + length][: last - first]
    assert last > first
