"""Deliver: Word files as templates: which fields they ask for, and the same bytes for the same fields."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, field

from creditrules.errors import Finding, Span, UsageError

if TYPE_CHECKING:
    from jinja2 import Environment

_COLUMN = re.compile(r"\.([a-z_]+)")
# The earliest day the format can hold: a file tells when its letter is dated, not when it was made.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Far more than a letter needs; a file that unpacks to more is refused.
_LARGEST = 64 * 1024 * 1024


@define(slots=False)
class Template:
    """A Word file with places in double braces, which are filled by name."""

    name: str
    data: bytes = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Template:
        """Read a template.

        Raises:
            UsageError: CR609, the package that fills templates is not installed; CR607, it is no Word file.
        """
        try:
            import docxtpl  # noqa: F401
        except ImportError:
            raise UsageError([Finding("CR609", Span(""), {"given": "letter"})]) from None
        try:
            template = cls(path.name, path.read_bytes())
            template._check_size()
            template.fields()
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise _unusable(str(path), _told(error)) from None
        return template

    def _check_size(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            if sum(info.file_size for info in package.infolist()) > _LARGEST:
                raise ValueError("it unpacks to more than 64 MiB")
            if "word/document.xml" not in package.namelist():
                raise ValueError("it holds no word/document.xml")

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it asks for."""
        return self._read[0]

    def shows(self, column: str) -> bool:
        """Say whether it shows a column of a list."""
        return column in self._read[1]

    @cached_property
    def _read(self) -> tuple[frozenset[str], frozenset[str]]:
        import jinja2
        from docxtpl import DocxTemplate

        try:
            document = DocxTemplate(io.BytesIO(self.data))
            names = document.get_undeclared_template_variables(_environment())
            document.init_docx()
            texts = document.get_xml()
        except jinja2.TemplateError as error:
            raise ValueError(str(error)) from None
        places = re.findall(r"\{[{%].*?[}%]\}", re.sub(r"<[^>]+>", "", texts), re.DOTALL)
        return frozenset(names), frozenset(c for place in places for c in _COLUMN.findall(place))

    def filled(self, values: dict[str, Any]) -> bytes:
        """Return the Word file with its places filled.

        Raises:
            UsageError: CR607, it asks a list for what no row holds, or does what a template may not do.
        """
        import jinja2
        from docxtpl import DocxTemplate

        document = DocxTemplate(io.BytesIO(self.data))
        try:
            document.render(values, _environment(), autoescape=True)
        except (jinja2.TemplateError, TypeError) as error:
            raise _unusable(self.name, str(error)) from None
        made = io.BytesIO()
        document.save(made)
        return settled(made.getvalue())


def _environment() -> Environment:
    # A template comes from an office and not from us: it may show fields, and reach nothing else.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, zipfile.BadZipFile):
        return error.strerror or str(error)
    return str(error) or type(error).__name__


def _unusable(path: str, why: str) -> UsageError:
    return UsageError([Finding("CR607", Span(""), {"given": path, "why": " ".join(why.split())})])


def settled(data: bytes) -> bytes:
    """Return a Word file packed anew without the hour it was made at: same contents, same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return made.getvalue()
