"""Policy: skeletons of whole documents: a catalogue, a memorandum, a list."""

from __future__ import annotations

from attrs import frozen

from creditrules.errors import Finding, Span, UsageError
from creditrules.model.catalogue import Catalogue
from creditrules.policy.skeletons.choices import (
    check_free,
    check_key,
    covers,
    first_list,
    free_number,
    kind_meant,
    measure_values,
)
from creditrules.policy.skeletons.templates import Value, Written, both, filled, skeleton


@frozen
class Asked:
    """What an author chose; what is None is filled from the catalogue.

    `year` and `since` are those to put in, `lang` the language of the comments, `schema` the place of the
    schema as seen from the document.
    """

    key: str
    lang: str = "zh"
    title: str | None = None
    year: int = 2018
    since: str | None = None
    doc_no: str | None = None
    lists: str | None = None
    unit: str | None = None
    kind: str | None = None
    schema: str | None = None


def catalogue_skeleton(asked: Asked) -> str:
    """Return a manifest.

    Raises:
        UsageError: CR584, the key cannot be one.
    """
    check_key(asked.key)
    values: dict[str, Value] = {
        "key": asked.key,
        "year": asked.year,
        "title": _title(asked, "待填目录名称", "Title to be filled in"),
    }
    return skeleton("catalogue", asked.lang, values, asked.schema)


def memorandum_skeleton(asked: Asked, catalogue: Catalogue) -> str:
    """Return a memorandum with one measure, which loads on top of a catalogue.

    Raises:
        UsageError: CR584 or CR585, the key cannot be one or is taken; CR589, the catalogue has no list,
            unit or effect that a memorandum could name.
    """
    check_key(asked.key)
    check_free(asked.key, asked.key in catalogue.memoranda, "memorandum", "备忘录")
    measure = measure_values(catalogue, kind_meant(catalogue, asked.kind), asked.unit)
    answered = asked.lists or first_list(catalogue)
    if answered is None or measure["unit"] is None or measure["effect"] is None:
        raise UsageError([Finding("CR589", Span(""), {"given": asked.key})])
    measure |= {
        "n": 1,
        "heading": "待填小标题",
        "does": both("待填：做什么", "To be filled in: what is done"),
    }
    values: dict[str, Value] = {
        "key": asked.key,
        "doc_no": asked.doc_no or free_number(catalogue, asked.year),
        "title": _title(asked, "待填标题", "Title to be filled in"),
        "since": Written(asked.since or str(asked.year)),
        "list": answered,
        "unit": measure["unit"],
        "covers": covers(catalogue),
        "measure": Written(_indented(filled("measure", asked.lang, measure))),
        "source": "待填出处" if asked.lang == "zh" else "source to be filled in",
    }
    return skeleton("memorandum", asked.lang, values, asked.schema)


def list_skeleton(asked: Asked, catalogue: Catalogue) -> str:
    """Return a file of rules with one list.

    Raises:
        UsageError: CR584 or CR585, the key cannot be one or is taken.
    """
    check_key(asked.key)
    check_free(asked.key, asked.key in catalogue.lists, "list", "名单")
    values: dict[str, Value] = {
        "key": asked.key,
        "title": _title(asked, f"待填名单名称（{asked.key}）", f"Title to be filled in ({asked.key})"),
        "field": "待填领域",
        "determined_by": both("待填认定部门", "authority to be filled in"),
        "remedy": both("待填：向谁、如何提出异议", "to be filled in: where and how to object"),
        "ends_by": both("列入期限届满", "the period runs out"),
    }
    return skeleton("list", asked.lang, values, asked.schema)


def _title(asked: Asked, zh: str, en: str) -> Written:
    if asked.title is None:
        return both(zh, en)
    return both("", asked.title) if asked.title.isascii() else both(asked.title, "")


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
