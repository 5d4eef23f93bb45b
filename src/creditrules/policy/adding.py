"""Policy: add cases to a text of examples and leave every character of it, and so every comment, as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from creditrules.errors import CreditRulesError
from creditrules.load.example_docs import ExampleDoc, read_examples
from creditrules.load.strict_yaml import read_yaml
from creditrules.policy.sheet_rows import tree_of
from creditrules.policy.sheet_yaml import case_lines


def with_cases_added(text: str, cases: Sequence[Mapping[str, Any]], file: str) -> str | None:
    """Return the text with cases behind its last one; None when it is written so that none can be put there.

    Raises:
        CatalogueError, FactsError: the text holds no examples.
    """
    node = read_yaml(text, file)
    keys = list(node.value)
    if keys[-1:] != ["cases"] or text[node.value["cases"].start :][:1] == "[":
        return None
    first = node.value["cases"].value[0].span
    indent = max(text.splitlines()[first.line - 1].find("-"), 0)
    body = text if text.endswith("\n") else text + "\n"
    for case in cases:
        body += "\n" + "\n".join(line.rstrip() for line in case_lines(dict(case), indent)) + "\n"
    wanted = with_cases(read_examples(text, file).doc, cases)
    try:
        made = read_examples(body, file).doc
    except CreditRulesError:
        return None
    return body if made == wanted else None


def with_cases(doc: ExampleDoc, cases: Iterable[Mapping[str, Any]]) -> ExampleDoc:
    """Return a file of examples with further cases."""
    tree = tree_of(doc)
    return ExampleDoc.model_validate({**tree, "cases": [*tree["cases"], *cases]})


def only_cases(doc: ExampleDoc, cases: Iterable[Mapping[str, Any]]) -> ExampleDoc:
    """Return a file of examples with what its cases share, but other cases."""
    return ExampleDoc.model_validate({**tree_of(doc), "cases": list(cases)})
