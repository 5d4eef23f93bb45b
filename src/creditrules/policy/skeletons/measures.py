"""Policy: put a measure below the last one of a memorandum, everything else staying as it is."""

from __future__ import annotations

from attrs import frozen

from creditrules.errors import CreditRulesError, Finding, Span, UsageError
from creditrules.load.document_kinds import kind_of
from creditrules.load.strict_yaml import plain, read_yaml
from creditrules.model.catalogue import Catalogue
from creditrules.policy.formatting.scalars import key_text
from creditrules.policy.formatting.syntax import Collection, Item, Scalar, check_reader, read_written
from creditrules.policy.skeletons.chinese import in_chinese
from creditrules.policy.skeletons.choices import kind_meant, measure_values
from creditrules.policy.skeletons.templates import Value, both, filled

_STUB = "memorandum: x\nmeasures:\n"
_MEASURES = ("measures", "措施", "惩戒措施")


@frozen
class NewMeasure:
    """What an author chose of a measure; what is None is filled from the catalogue."""

    lang: str = "zh"
    heading: str | None = None
    unit: str | None = None
    kind: str | None = None


@frozen
class Added:
    """A memorandum with its new measure; `key` is how the measure is cited, `line` where it begins."""

    text: str
    key: str
    line: int


def with_measure(text: str, file: str, asked: NewMeasure, catalogue: Catalogue) -> Added:
    """Return a memorandum with one more measure, numbered after the last.

    Raises:
        CatalogueError: the memorandum is not sound YAML.
        UsageError: CR583, it is no memorandum, or its measures do not stand below each other; CR579,
            ruamel.yaml is not installed.
    """
    check_reader()
    before = plain(read_yaml(text, file))
    first = next(iter(before)) if isinstance(before, dict) and before else ""
    if kind_of(first) != "memorandum":
        raise _refused(file)
    try:
        added = _added(text, asked, catalogue, chinese=first != "memorandum")
        after = plain(read_yaml(added.text, file))
        is_kept = _without_last(after) == _without_last(before, last=0)
    except (ValueError, CreditRulesError):
        raise _refused(file) from None
    if not is_kept:
        raise _refused(file)
    return added


def _without_last(values: dict[str, object], last: int = 1) -> str:
    """Return what a memorandum says without its last measure, to be compared."""
    measures = next((values[name] for name in _MEASURES if name in values), None) or []
    if not isinstance(measures, list):
        raise ValueError("measures that are no list")
    rest = {key: value for key, value in values.items() if key not in _MEASURES}
    return repr((rest, measures[: len(measures) - last]))


def _added(text: str, asked: NewMeasure, catalogue: Catalogue, *, chinese: bool) -> Added:
    root = read_written(text).root
    if not isinstance(root, Collection) or root.is_flow:
        raise ValueError("brackets around everything")
    holder = next((item for item in root.items if key_text(item.key) in _MEASURES), None)
    measures = holder.value if holder is not None else None
    items = measures.items if isinstance(measures, Collection) else []
    if isinstance(measures, Collection) and measures.is_flow and items:
        raise ValueError("measures in brackets")
    n, part = _next(items)
    values: dict[str, Value] = measure_values(catalogue, kind_meant(catalogue, asked.kind), asked.unit)
    values |= {"n": n, "part": part, "heading": asked.heading or "待填小标题"}
    values["does"] = both("待填：做什么", "To be filled in: what is done")
    measure = filled("measure", asked.lang, values)
    if chinese:
        measure = "".join(in_chinese(_STUB + measure).splitlines(keepends=True)[2:])
    key = f"{part}.{n}" if part else str(n)
    if isinstance(measures, Collection) and items:
        return _below(text, measures, measure, key)
    return _first(text, holder, measure, key, "措施" if chinese else "measures")


def _next(items: list[Item]) -> tuple[int, str | None]:
    """Return the number after the last one, in the part of the last one."""
    highest, part = 0, None
    for item in items:
        own = _field(item, "part", "部分")
        highest, part = (highest if own == part else 0), own
        number = _field(item, "n", "序号") or ""
        if number.isascii() and number.isdigit():
            highest = max(highest, int(number))
    return highest + 1, part


def _field(item: Item, *names: str) -> str | None:
    entries = item.value.items if isinstance(item.value, Collection) else []
    found = next((entry.value for entry in entries if key_text(entry.key) in names), None)
    return key_text(found) if isinstance(found, Scalar) and found.text not in ("", "null", "~") else None


def _below(text: str, measures: Collection, measure: str, key: str) -> Added:
    column = measures.start - (text.rfind("\n", 0, measures.start) + 1)
    end = _end_of(text, _last_word(measures), column)
    above = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
    # Measures stand apart where they stood apart before.
    if len(measures.items) == 1 or "\n\n" in text[measures.start : end].rstrip():
        above += "\n"
    return Added(above + _indented(measure, column) + text[end:], key, above.count("\n") + 1)


def _end_of(text: str, last: int, column: int) -> int:
    """Return where the last measure ends: behind its last line and the comments that stand deeper."""
    end = at = text.find("\n", last) + 1 or len(text)
    while at < len(text):
        stop = text.find("\n", at) + 1 or len(text)
        line = text[at:stop]
        said = line.strip()
        if said and not (said.startswith("#") and len(line) - len(line.lstrip()) > column):
            break
        at = stop
        end = stop if said else end
    return end


def _last_word(node: Collection) -> int:
    value = node.items[-1].value
    if isinstance(value, Collection):
        return value.end if value.is_flow or not value.items else _last_word(value)
    return value.start + len(value.text.rstrip())


def _first(text: str, holder: Item | None, measure: str, key: str, name: str) -> Added:
    if holder is None or holder.key is None:
        above = f"{text.rstrip()}\n\n{name}:\n"
        return Added(above + _indented(measure, 2), key, above.count("\n") + 1)
    above = f"{text[: holder.key.end]}:\n"
    below = text[max(holder.value.end, holder.key.end + 1) :].removeprefix("\n")
    return Added(above + _indented(measure, 2) + below, key, above.count("\n") + 1)


def _indented(text: str, column: int) -> str:
    return "".join(f"{' ' * column}{line}\n" for line in text.splitlines())


def _refused(file: str) -> UsageError:
    return UsageError([Finding("CR583", Span(""), {"given": file})])
