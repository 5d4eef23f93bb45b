"""Spreadsheets and letters for units without a system, and answers read from what they fill in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from creditrules.desk.answers import answer
from creditrules.desk.channels import Address, NotDelivered
from creditrules.desk.desk import Desk
from creditrules.desk.folder import LetterFolder, SpreadsheetFolder
from creditrules.desk.message_sheet import answers_of, sheet_of
from creditrules.desk.messages import Composer, Message
from creditrules.desk.store import Store
from creditrules.desk.tables import outbox
from creditrules.errors import FactsError
from tests.unit.desk.flow import OFFICE, ON, desk_on, dossier, held


@pytest.fixture
def desk(store: Store) -> Desk:
    """A desk with one case."""
    made = desk_on(store)
    made.initiate(dossier(), by="市信用办", on=ON)
    return made


def _message(desk: Desk, target: str = "wang", items: int = 1) -> Message:
    composer = Composer(desk.store, desk.catalogue)
    with desk.store.reading() as connection:
        rows = connection.execute(select(outbox).where(outbox.c.kind == "push").order_by(outbox.c.id)).all()
    made = (composer.message(row) for row in rows)
    return next(m for m in made if m.data["target"] == target and len(m.data["items"]) >= items)


def _filled(data: bytes, *rows: dict[str, Any], alter: Callable[[Any], None] | None = None) -> bytes:
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 40) if sheet.cell(row=row, column=1).value == "推送号")
    names = {cell.value: cell.column for cell in sheet[head]}
    for number, row in enumerate(rows, head + 1):
        for name, value in row.items():
            sheet.cell(row=number, column=names[name]).value = value
    if alter:
        alter(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


DONE = {
    "答复（请选择）": "已实施",
    "实施的事项": "评优评先",
    "实施的文号": "丹工〔2019〕1号",
    "实施的日期": "2019-01-05",
}


def test_a_sheet_says_what_to_do_and_how_to_object(desk: Desk) -> None:
    """The unit reads the person, the measure, its bases and the remedy in words."""
    book = load_workbook(io.BytesIO(sheet_of(_message(desk))))
    said = "\n".join(str(cell.value) for row in book.worksheets[0] for cell in row if cell.value is not None)

    for word in ("王虚构", "法定代表人", "发改财金〔2016〕2798号", "异议和救济", "《"):
        assert word in said


def test_answers_that_were_filled_in_are_booked_once(desk: Desk) -> None:
    """The sheet comes back filled in; reading it twice books it once."""
    message = _message(desk)
    data = _filled(sheet_of(message), DONE)
    booked = [answer(desk.store, each, OFFICE) for _ in range(2) for each in answers_of(data, "f.xlsx")]

    assert [(each.state, each.again) for each in booked] == [("implemented", False), ("implemented", True)]


def test_a_cell_that_cannot_be_understood_is_told_with_its_place(desk: Desk) -> None:
    """An answer in words of one's own, and a reason without an answer, are told by sheet and cell."""
    message = _message(desk, "firm", items=2)
    data = _filled(sheet_of(message), {"答复（请选择）": "办了"}, {"理由": "不属本单位职责"})

    with pytest.raises(FactsError) as caught:
        answers_of(data, "f.xlsx")

    assert [finding.code for finding in caught.value.findings] == ["CR668", "CR668"]
    assert all(str(finding.span).startswith("f.xlsx:推送!") for finding in caught.value.findings)


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_sheet_of_answers_is_told(data: bytes) -> None:
    """An empty or broken file gives a finding, not a traceback."""
    with pytest.raises(FactsError, match="CR667"):
        answers_of(data, "f.xlsx")


def test_a_workbook_of_something_else_is_told(desk: Desk) -> None:
    """A sheet without the titles is not read as if nobody had answered."""
    data = _filled(sheet_of(_message(desk)), alter=lambda sheet: sheet.delete_rows(1, 12))

    with pytest.raises(FactsError, match="CR667"):
        answers_of(data, "f.xlsx")


@pytest.mark.parametrize(("channel", "suffix"), [(SpreadsheetFolder(), ".xlsx"), (LetterFolder(), ".docx")])
def test_a_message_delivered_twice_is_one_file(
    desk: Desk, tmp_path: Path, channel: SpreadsheetFolder, suffix: str
) -> None:
    """The file is whole when it is there, and its name comes from the key."""
    message, address = _message(desk), Address("x", "spreadsheet", str(tmp_path))
    channel.deliver(message, address)
    channel.deliver(message, address)

    [path] = tmp_path.iterdir()
    assert path.suffix == suffix


def test_a_sheet_that_was_filled_in_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    """A message that comes twice leaves alone what the unit has written meanwhile."""
    message, address = _message(desk), Address("x", "spreadsheet", str(tmp_path))
    SpreadsheetFolder().deliver(message, address)
    [path] = tmp_path.iterdir()
    path.write_bytes(_filled(path.read_bytes(), DONE))

    SpreadsheetFolder().deliver(message, address)

    assert [each.event for each in answers_of(path.read_bytes(), "f.xlsx")] == ["implement"]


def test_a_letter_names_the_target_and_the_remedy(desk: Desk, tmp_path: Path) -> None:
    """The Word file holds the same as the sheet."""
    LetterFolder().deliver(_message(desk), Address("x", "letter", str(tmp_path)))
    letter = Document(str(next(tmp_path.iterdir())))
    said = "\n".join(p.text for p in letter.paragraphs)

    assert "王虚构" in said
    assert "异议和救济" in said
    assert len(letter.tables[0].rows) == len(_message(desk).data["items"]) + 1


def test_a_folder_that_is_gone_is_no_delivery(desk: Desk, tmp_path: Path) -> None:
    """Nothing is noted as delivered that lies nowhere."""
    folder = SpreadsheetFolder()
    assert folder.check(Address("x", "spreadsheet", str(tmp_path / "none"))) is not None
    with pytest.raises(NotDelivered):
        folder.deliver(_message(desk), Address("x", "spreadsheet", str(tmp_path / "none")))


def test_what_a_dossier_says_is_no_formula(store: Store) -> None:
    """A name that begins like a formula stays a name."""
    desk = desk_on(store)
    given = dossier()
    given["subjects"][1]["name"] = "=HYPERLINK(1)"
    desk.initiate(given, by="市信用办", on=ON)

    book = load_workbook(io.BytesIO(sheet_of(_message(desk))))

    assert not any(cell.data_type == "f" for row in book.worksheets[0] for cell in row)
    assert held(store)
