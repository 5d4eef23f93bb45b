"""Load: texts and lists of texts in cells, quoted where they would be read as something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from creditrules.load.example_sheet_words import RESERVED
from creditrules.load.yaml_tree import HIDDEN

# Lists are parted by a Chinese or a plain semicolon, or by a line break in the cell.
_PART = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^；;\n]*))\s*(?:[；;\n]|$)')
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
# What XML cannot hold, or does not hand back as it was.
_LOST = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_EPOCH = date(1899, 12, 30)

_EXPECTED = {
    "text": ("a text", "文字"),
    "text_not_date": ("a text", "文字"),
    "text_not_number": ("a text", "文字"),
    "digits": ("a text", "文字"),
    "date": ("a date", "日期"),
    "date_as_text": ("a date", "日期"),
    "date_as_number": ("a date", "日期"),
    "time": ("a date without a time of day", "不带时刻的日期"),
    "yes": ("yes or no", "是或者否"),
    "number": ("a whole number", "整数"),
    "mapping": ("details such as `name: value, name: value`", "如 `键: 值, 键: 值` 的详情"),
    "content": ("content in YAML", "YAML 内容"),
    "cell": ("a content that fits into a cell (32767 characters)", "单元格容得下的内容（32767 个字符）"),
}
_FIX = {
    "text": ("write a text", "请写文字"),
    "text_not_date": (
        "the program has made a date of what was typed: format the cell as text and type it again",
        "表格软件把输入的内容变成了日期：请先把单元格设为“文本”格式再重新输入",
    ),
    "text_not_number": (
        "the program has made a number of what was typed: format the cell as text and type it again",
        "表格软件把输入的内容变成了数字：请先把单元格设为“文本”格式再重新输入",
    ),
    "digits": (
        "a spreadsheet keeps 15 digits, so the last ones are lost: format the cell as text and type it again",
        "表格只保留 15 位数字，末尾几位已丢失：请先把单元格设为“文本”格式再重新输入",
    ),
    "date": ("write a date", "请写日期"),
    "time": ("write the day alone", "请只写日期"),
    "yes": ("write 是 or 否", "请写“是”或者“否”"),
    "number": ("write a whole number, 0 or more", "请写不小于零的整数"),
    "mapping": (
        "write `name: value`, parted by commas; a text that holds commas or colons in quotes",
        "请写成以逗号分隔的 `键: 值`；含有逗号、冒号的文字加引号",
    ),
    "content": ("write it as it would stand in a YAML file", "请按 YAML 文件中的写法填写"),
    "cell": ("keep this file as YAML, or shorten the text", "请保留 YAML 文件，或者缩短文字"),
}


class Misread(Exception):
    """A cell that is not of the kind its column is; `words` fill the finding CR477."""

    def __init__(self, problem: str, value: object = None) -> None:
        super().__init__(problem)
        en, zh = _EXPECTED[problem]
        fix_en, fix_zh = _FIX.get(problem) or _date_fix(problem, value)
        self.words = {"expected_en": en, "expected_zh": zh, "fix_en": fix_en, "fix_zh": fix_zh}


def _date_fix(problem: str, value: object) -> tuple[str, str]:
    day = _meant(value)
    if day is None:
        return (
            "write a date such as 2018-12-20, in a cell that is formatted as a date",
            "请在日期格式的单元格中写日期，如 2018-12-20",
        )
    if problem == "date_as_number":
        return f"format the cell as a date; it then shows {day}", f"请把单元格设为日期格式，即显示为 {day}"
    return (
        f"the cell holds a text: format it as a date and type {day} again",
        f"单元格中是文字：请先设为日期格式，再重新输入 {day}",
    )


def _meant(value: object) -> date | None:
    """Return the day that somebody meant who wrote it as a text or left a number unformatted."""
    try:
        if isinstance(value, int | float):
            return _EPOCH + timedelta(days=int(value))
        found = _DAY.search(str(value))
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except (ValueError, OverflowError):
        return None


def is_plain(text: str) -> bool:
    """Say whether a cell keeps a text as it is, and whoever reads it sees all of it."""
    visible = text and text == text.strip() and not text.startswith('"')
    return bool(visible) and not HIDDEN.search(text) and not _LOST.search(text)


def has_stray(text: str) -> bool:
    """Say whether a text begins or ends with a blank, or holds what nobody sees."""
    return text != text.strip() or HIDDEN.search(text) is not None


def quoted(text: str) -> str:
    """Return a text in double quotes, so that a cell means it and nothing else."""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(_escaped(c) if HIDDEN.match(c) or _LOST.match(c) else c for c in escaped).replace(
        "_x", "\\u005fx"
    )


def _escaped(character: str) -> str:
    return json.dumps(character, ensure_ascii=True)[1:-1]


def unquoted(text: str) -> str | None:
    """Return what stands in the quotes of a text; None when it has none around it."""
    if not _QUOTED.fullmatch(text):
        return None
    try:
        return str(json.loads(text))
    except ValueError:
        return None


def joined(texts: Iterable[str]) -> str:
    """Return texts in one cell."""
    return "；".join(t if _is_plain_part(t) else quoted(t) for t in texts)


def _is_plain_part(text: str) -> bool:
    return is_plain(text) and not re.search("[；;\n]", text) and text.casefold() not in RESERVED


def parted(text: str) -> list[str]:
    """Return the texts that stand in one cell."""
    found: list[str] = []
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or part.end() == at:
            return [*found, text[at:].strip()]
        at = part.end()
        if part[1] is not None:
            found.append(unquoted(f'"{part[1]}"') or "")
        elif part[2].strip():
            found.append(part[2].strip())
    return found


def shown(value: object) -> str:
    """Return what a cell holds, in short, as people would write it."""
    if isinstance(value, datetime):
        return str(value.date() if not value.time() else value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)
