"""Load: say what is wrong with the shape of a file of examples, whatever it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from creditrules.errors import FactsError, Finding
from creditrules.load.dossier_problems import Path, Places, written
from creditrules.load.dossier_scalars import shown
from creditrules.load.example_docs import ExampleDoc
from creditrules.load.findings import near
from creditrules.model.text import Text

_EXPECTED = {
    "missing": Text("缺少 `{key}`", "`{key}` is missing"),
    "day": Text(
        "应为日期，如 2018-12-20，而不是 {value}", "a day such as 2018-12-20 is expected, not {value}"
    ),
    "given": Text(
        "应为卷宗，或者卷宗文件的路径", "a dossier is expected, or the path of the file that holds one"
    ),
    "period": Text(
        "期间为若干工作日，或者若干年、月、日",
        "a period is a number of working days, or of days, months and years",
    ),
    "text": Text(
        "应为文字，而不是 {value}（数字加引号）", "a text is expected, not {value}; put a number in quotes"
    ),
    "list": Text("应为列表", "a list is expected"),
    "mapping": Text("应为由键和值组成的映射", "a mapping of keys and values is expected"),
    "bool": Text("应为 true 或者 false，而不是 {value}", "true or false is expected, not {value}"),
    "number": Text(
        "应为不小于零的整数，而不是 {value}", "a whole number, 0 or more, is expected, not {value}"
    ),
    "word": Text("应为 {expected} 之一，而不是 {value}", "one of {expected} is expected, not {value}"),
    "too_short": Text("至少要有一项", "at least one entry is expected"),
    "string_too_short": Text("不能为空", "it may not be empty"),
}
_SAME = {
    "string_type": "text",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "bool_type": "bool",
    "bool_parsing": "bool",
    "int_type": "number",
    "int_parsing": "number",
    "int_from_float": "number",
    "greater_than_equal": "number",
    "enum": "word",
}


def checked_examples(tree: Any, places: Places) -> ExampleDoc:
    """Return the file that plain values spell.

    Raises:
        FactsError: CR450–CR463, CR467 with every place that is wrong.
    """
    try:
        doc = ExampleDoc.model_validate(tree)
    except ValidationError as error:
        found = error.errors(include_url=False)
        # A list whose entries are wrong counts as empty as well; only what is wrong inside it is told.
        above = {each["loc"][:depth] for each in found for depth in range(len(each["loc"]))}
        raise FactsError(_finding(each, places) for each in found if each["loc"] not in above) from None
    again = list(_named_again(doc, places))
    if again:
        raise FactsError(again)
    return doc


def _named_again(doc: ExampleDoc, places: Places) -> Iterator[Finding]:
    """Yield a finding for every case that bears the name of one before it."""
    first: dict[str, int] = {}
    for n, case in enumerate(doc.cases):
        if first.setdefault(case.name, n) != n:
            span, before = (places.span(("cases", at, "name")) for at in (n, first[case.name]))
            words = {"name": case.name, "line": before.cell or str(before.line)}
            yield Finding("CR467", span, words, excerpt=places.line(span), related=(before,))


def _finding(error: ErrorDetails, places: Places) -> Finding:
    kind, path, context = error["type"], tuple(error["loc"]), error.get("ctx", {})
    words = {"place": _said(path)}
    if kind == "extra_forbidden":
        span = places.span(path, True)
        words |= {"key": str(path[-1]), **near(str(path[-1]), _keys_at(path))}
        return Finding("CR461", span, words, excerpt=places.line(span))
    if kind in ("CR462", "CR463"):
        path = (*path, "timeline", int(context["n"]), "on") if kind == "CR463" else (*path, "name")
        span = places.span(path)
        words |= {name: str(value) for name, value in context.items()}
        return Finding(kind, span, words, excerpt=places.line(span))
    said = _EXPECTED.get(_SAME.get(kind, kind)) or Text(error["msg"].lower(), error["msg"].lower())
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    said = said.filled(key=str(path[-1]) if path else "", value=shown(error["input"]), expected=expected)
    span = places.span(path[:-1] if kind == "missing" else path)
    words |= {"problem_en": said.en, "problem_zh": said.zh}
    return Finding("CR450", span, words, excerpt=places.line(span))


def _said(path: Path) -> str:
    return written(path) or "examples"


def _keys_at(path: Path) -> list[str]:
    """Return the keys that may stand where one at a path does not belong."""
    doc: type[BaseModel] = ExampleDoc
    for name in path[:-1]:
        known = {field.alias or key: field for key, field in doc.model_fields.items()}
        if name in known:
            doc = _class_in(known[str(name)].annotation) or doc
    return [field.alias or key for key, field in doc.model_fields.items()]


def _class_in(annotation: Any) -> type[BaseModel] | None:
    """Return the class of the entries of a field: of a list, a mapping, or what may be left out."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _class_in(each))), None)
