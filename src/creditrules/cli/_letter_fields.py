"""CLI: the fields of a letter that only the office knows, from the command line and from a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from creditrules.cli._inputs import check_file
from creditrules.cli._usage import usage_error
from creditrules.deliver.letter_kinds import day_zh


def fields_given(given: Iterable[str], path: str | None) -> dict[str, str]:
    """Return the fields by name; what the command line says goes before what the file says.

    Raises:
        UsageError: CR557, CR558 there is no file to read; CR610, something is no field with a value.
        FactsError: the file is no YAML that can be read.
    """
    fields = _of_file(path) if path is not None else {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise usage_error("CR610", text)
        fields[name.strip()] = value.strip()
    return fields


def _of_file(path: str) -> dict[str, str]:
    from creditrules.errors import FactsError
    from creditrules.load.strict_yaml import plain, read_yaml

    check_file(path)
    read = plain(read_yaml(Path(path).read_bytes(), path, error=FactsError))
    if not isinstance(read, dict):
        raise usage_error("CR610", path)
    return {str(name): _value(str(name), value) for name, value in read.items()}


def _value(name: str, value: Any) -> str:
    if isinstance(value, date):
        return day_zh(value)
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise usage_error("CR610", name)
    return str(value)
