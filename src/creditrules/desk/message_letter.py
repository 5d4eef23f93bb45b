"""Desk: a message as a Word letter, for units that keep paper."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from creditrules.deliver.plain import clean
from creditrules.deliver.words import Words
from creditrules.desk.messages import Message

_FONT = "FangSong"


def letter_of(message: Message) -> bytes:
    """Return a message as a letter in Chinese: what it is about, a table of what is told, how to object."""
    page, words = message.page, Words("zh")
    letter = Document()
    style = letter.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    section = letter.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    letter.add_heading(words("desk.told.letter", what=page.title), 1)
    for name, value in page.about:
        letter.add_paragraph(clean(f"{name}：{value}"))
    titles = list(dict.fromkeys(name for told in page.rows for name, _ in told.said))
    table = letter.add_table(rows=1, cols=len(titles) + 2, style="Table Grid")
    for cell, name in zip(
        table.rows[0].cells, (words("desk.column.push"), words("desk.column.order"), *titles), strict=True
    ):
        cell.text = name
    for told in page.rows:
        said = dict(told.said)
        cells = (str(told.push), str(told.order or ""), *(said.get(name, "") for name in titles))
        for cell, value in zip(table.add_row().cells, cells, strict=True):
            cell.text = clean(value)
    for remedy in page.remedy:
        letter.add_paragraph(clean(f"{words('desk.told.remedy')}：{remedy}"))
    letter.add_paragraph(words("desk.told.reply"))
    out = io.BytesIO()
    letter.save(out)
    return out.getvalue()
