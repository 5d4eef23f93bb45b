"""Write the templates of letters (`src/creditrules/texts/letters/`) in the layout of official documents.

The layout follows GB/T 9704: A4 with its margins, the issuing body in red over a red line, the document's
number, a title of size 二号, and a body of size 三号 in 仿宋, 28 points from line to line. The words are in
`letter_texts`. Running it again gives the same bytes; a test compares them.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from creditrules.deliver.letter_file import settled
from scripts.letter_texts import ATTACHED, ATTACHMENT, BODIES, ISSUERS, TITLES

FOLDER = Path(__file__).resolve().parents[1] / "src" / "creditrules" / "texts" / "letters"
BODY, TITLE, HEAD, PLAIN = "仿宋", "方正小标宋简体", "黑体", "宋体"
LATIN = "Times New Roman"
RED = RGBColor(0xE6, 0x00, 0x12)
SIZE_1, SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(26), Pt(22), Pt(16), Pt(14), Pt(10.5)
LINE, NONE = Pt(28), Pt(0)


def made(kind: str) -> bytes:
    """Return the template of a kind of letter."""
    letter = _Letter()
    issuer = ISSUERS.get(kind, "issuer")
    letter.head(f"{{{{ {issuer} }}}}")
    letter.line(TITLES[kind], font=TITLE, size=SIZE_2, align="center", spacing=Pt(34), after=LINE)
    letter.line("{{ addressee }}：", indent=0)
    for heading, words in BODIES[kind]:
        letter.line(words, heading=heading)
    if kind in ATTACHED:
        letter.control("{%p if measures %}")
        letter.line(f"附件：{ATTACHMENT}", before=LINE)
        letter.control("{%p endif %}")
    letter.line(f"{{{{ {issuer} }}}}", align="right", indent=0, right=2, before=LINE * 2, keep=True)
    letter.line("{{ date }}", align="right", indent=0, right=4)
    if kind in ATTACHED:
        letter.control("{%p if measures %}")
        letter.attachment(ATTACHED[kind])
        letter.control("{%p endif %}")
    return letter.bytes()


class _Letter:
    def __init__(self) -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(28)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, SIZE_3
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        self._page_number(section)
        core = self.document.core_properties
        core.author = core.last_modified_by = core.title = core.comments = ""

    def head(self, words: str) -> None:
        """Write the issuing body in red, the number of the document, and the red line."""
        self.line(words, font=TITLE, size=SIZE_1, align="center", spacing=Pt(40), colour=RED, after=Pt(14))
        number = self.line("{{ letter_no }}", align="center", after=LINE)
        borders = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", "E60012")):
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        properties = number._p.get_or_add_pPr()
        properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")

    def line(
        self,
        words: str,
        *,
        heading: str = "",
        font: str = BODY,
        size: Any = SIZE_3,
        align: str = "",
        spacing: Any = LINE,
        indent: int = 2,
        right: int = 0,
        before: Any = NONE,
        after: Any = NONE,
        colour: Any = None,
        keep: bool = False,
    ) -> Any:
        """Write a paragraph; indents count characters."""
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
        form.space_before, form.space_after, form.keep_with_next = before, after, keep
        if align:
            form.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        elif indent:
            _indent(paragraph, "firstLine", indent)
        if right:
            _indent(paragraph, "right", right)
        if heading:
            _run(paragraph, f"{heading}。", HEAD, size, colour)
        _run(paragraph, words, font, size, colour)
        return paragraph

    def control(self, words: str) -> None:
        """Write a paragraph that is taken out when the template is filled."""
        self.line(words, indent=0)

    def attachment(self, columns: list[tuple[str, str, int]]) -> None:
        """Write the list that is attached, on a page of its own."""
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self.line("附件", font=HEAD, indent=0)
        self.line(ATTACHMENT, font=TITLE, size=SIZE_2, align="center", spacing=Pt(34), after=Pt(14))
        table = self.document.add_table(rows=4, cols=len(columns))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for at, (head, name, width) in enumerate(columns):
            table.columns[at].width = Mm(width)
            for row in table.rows:
                row.cells[at].width = Mm(width)
            _cell(table.rows[0].cells[at], head, HEAD)
            _cell(table.rows[2].cells[at], f"{{{{ m.{name} }}}}", PLAIN)
        _cell(table.rows[1].cells[0], "{%tr for m in measures %}", PLAIN)
        _cell(table.rows[3].cells[0], "{%tr endfor %}", PLAIN)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        whole = OxmlElement("w:cantSplit")
        table.rows[2]._tr.get_or_add_trPr().append(whole)

    def _page_number(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for kind, words in (("", "— "), ("begin", ""), ("", " PAGE "), ("end", ""), ("", " —")):
            run = _run(paragraph, "" if kind or words == " PAGE " else words, PLAIN, SIZE_4, None)
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)
            elif words == " PAGE ":
                code = OxmlElement("w:instrText")
                code.text = words
                run._r.append(code)

    def bytes(self) -> bytes:
        """Return the file."""
        made = io.BytesIO()
        self.document.save(made)
        return settled(made.getvalue())


def _cell(cell: Any, words: str, font: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = Pt(15)
    _run(paragraph, words, font, SIZE_5, None)


def _run(paragraph: Any, words: str, font: str, size: Any, colour: Any) -> Any:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = LATIN, size
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _indent(paragraph: Any, side: str, characters: int) -> None:
    """Indent by characters, as Word counts them for Chinese, with the length for who does not."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), str(characters * 100))
    indent.set(qn(f"w:{side}"), str(characters * 320))


def main() -> int:
    """Write every template that is not what the texts say."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in TITLES:
        path, data = FOLDER / f"{kind}.docx", made(kind)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            print(f"wrote {path.relative_to(FOLDER.parents[3])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
