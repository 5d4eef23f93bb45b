"""Load: a workbook opened with care: what is none, is locked or too big is told, not tried."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from creditrules.errors import FactsError, Finding, Span, UsageError
from creditrules.load.limits import Limits

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_LIMITS = Limits()
# What a workbook may unpack to, and of how many parts it may consist.
_UNPACKED, _PARTS = 32 * 1024 * 1024, 2_000
_OLE = b"\xd0\xcf\x11\xe0"
# The name of the part in which Office keeps a workbook that asks for a password.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DECLARES = tuple(mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le"))

# Why a file cannot be read, and what helps, each in English and Chinese.
_PROBLEMS: dict[str, tuple[str, str, str, str]] = {
    "empty": (
        "the file is empty",
        "文件是空的",
        "make a new one with `creditrules example template`",
        "请用 `creditrules example template` 生成新的",
    ),
    "big": (
        "the file is larger than 4 MiB",
        "文件超过 4 MiB",
        "delete rows and pictures that are not needed, or split the file",
        "请删去不需要的行和图片，或者分成几个文件",
    ),
    "bomb": (
        "the file unpacks to more than 32 MiB or to too many parts",
        "文件解压后超过 32 MiB 或者部件过多",
        "copy the cells into a new workbook and save that",
        "请把单元格复制到新的工作簿再保存",
    ),
    "locked": (
        "the workbook asks for a password",
        "工作簿设有密码",
        "save a copy without a password and use that",
        "请另存一份不设密码的再用",
    ),
    "xls": (
        "the file is an old .xls workbook or another Office file, not an .xlsx workbook",
        "文件是旧的 .xls 工作簿或者其他 Office 文件，不是 .xlsx 工作簿",
        "open it and save it as .xlsx (Excel workbook)",
        "请打开后另存为 .xlsx（Excel 工作簿）",
    ),
    "other": (
        "the file is not an .xlsx workbook",
        "文件不是 .xlsx 工作簿",
        "save it as .xlsx (Excel workbook); a text file of examples ends in .examples.yaml",
        "请另存为 .xlsx（Excel 工作簿）；文本形式的示例文件以 .examples.yaml 结尾",
    ),
    "damaged": (
        "the file is a workbook that is damaged",
        "工作簿已损坏",
        "open it in a spreadsheet program, let that repair it, and save it again",
        "请用表格软件打开、修复并重新保存",
    ),
    "entities": (
        "a part of the file declares entities of its own, which no spreadsheet program writes",
        "文件的部件自行声明了实体，表格软件不会这样写",
        "copy the cells into a new workbook and save that",
        "请把单元格复制到新的工作簿再保存",
    ),
}


def open_book(data: bytes, file: str) -> Workbook:
    """Return the workbook in bytes.

    Raises:
        FactsError: CR470, it cannot be read as one.
        UsageError: CR567, the package that reads workbooks is not installed.
    """
    problem = _problem(data)
    if problem is not None:
        raise _error(problem, file)
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UsageError([Finding("CR567", Span(""), {"given": "xlsx"})]) from None
    import warnings

    with warnings.catch_warnings():
        # What openpyxl leaves out (pictures, extensions) holds no example.
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(data))
        # A damaged part makes openpyxl stumble in as many ways as there are parts.
        except Exception:
            raise _error("damaged", file) from None


def _problem(data: bytes) -> str | None:
    if not data:
        return "empty"
    if data.startswith(_OLE):
        return "locked" if _LOCKED in data else "xls"
    if len(data) > _LIMITS.size:
        return "big"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _problem_inside(archive)
    except zipfile.BadZipFile:
        return "damaged" if data.startswith(b"PK") else "other"


def _problem_inside(archive: zipfile.ZipFile) -> str | None:
    parts = archive.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        return "bomb"
    if any(part.flag_bits & 1 for part in parts):
        return "locked"
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return "other"
    try:
        for part in parts:
            # A part is never longer than it says: reading stops there.
            if any(mark in archive.read(part) for mark in _DECLARES):
                return "entities"
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        return "damaged"
    return None


def _error(problem: str, file: str) -> FactsError:
    en, zh, fix_en, fix_zh = _PROBLEMS[problem]
    words = {"problem_en": en, "problem_zh": zh, "fix_en": fix_en, "fix_zh": fix_zh}
    return FactsError([Finding("CR470", Span(file), words)])
