"""Files of examples keep what they say through workbooks and through YAML, whatever they say."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from creditrules.load.example_docs import ExampleDoc, read_examples
from creditrules.load.example_sheet import read_example_sheet
from creditrules.policy.sheet_book import to_bytes, write_book
from creditrules.policy.sheet_cases import rows_of
from creditrules.policy.sheet_english import with_english_keys
from creditrules.policy.sheet_rows import tree_of
from creditrules.policy.sheet_yaml import to_yaml
from tests.support.example_trees import example_trees


def _cells(data: bytes) -> dict[str, list[Any]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets}


@settings(max_examples=40, deadline=None)
@given(example_trees(), st.sampled_from(["zh", "en"]))
def test_a_workbook_keeps_what_a_file_says_and_a_file_what_a_workbook_says(
    tree: dict[str, Any], lang: str
) -> None:
    """YAML to workbook to YAML is the same file, and the workbook made of that has the same cells."""
    doc = ExampleDoc.model_validate(with_english_keys(tree_of(ExampleDoc.model_validate(tree))))

    data = to_bytes(write_book(rows_of(doc, lang)))
    read = read_example_sheet(data, "x.examples.xlsx").doc
    again = read_examples(to_yaml(read), "x.examples.yaml").doc

    assert read == doc
    assert again == doc
    assert _cells(to_bytes(write_book(rows_of(again, lang)))) == _cells(data)
