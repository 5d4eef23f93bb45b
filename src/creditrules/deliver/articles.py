"""Deliver: articles by number as laws print them, and what a provision is called today."""

from __future__ import annotations

from datetime import date

from creditrules.deliver.words import Words
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue
from creditrules.model.renumbering import numbered_today
from creditrules.model.words import Checked

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def numeral(number: int) -> str:
    """Return a number from 1 to 9999 in Chinese, as laws number their articles: 178 is 一百七十八."""
    said, left, gap = "", number, False
    for size, unit in _UNITS:
        digit, left = divmod(left, size)
        if digit:
            # 十二 but 一百一十二: only at the very beginning the one is left out.
            said += ("零" if gap else "") + ("" if digit == 1 and size == 10 and not said else _DIGITS[digit])
            said += unit
        gap = bool(said) and not digit
    return said + (("零" if gap else "") + _DIGITS[left] if left else "")


def article(number: int, item: str, words: Words) -> str:
    """Name an article, with its item."""
    return words("citation.article", n=numeral(number) if words.lang == "zh" else number) + item


def today_text(basis: Basis, catalogue: Catalogue, words: Words, on: date | None = None) -> str:
    """Say which number a provision bears today, where its law was renumbered since; else nothing.

    Args:
        basis: the provision.
        catalogue: its changes of number are asked.
        words: the words of the language.
        on: the day of the document that cites it.
    """
    changes = numbered_today(basis, catalogue.renumberings, on)
    if not changes:
        return ""
    last = changes[-1]
    said = words("citation.today", article=article(last.new.article, last.new.item, words), since=last.since)
    recalled = any(change.checked is Checked.RECALLED for change in changes)
    return said + (words("table.recalled") if recalled else "")
