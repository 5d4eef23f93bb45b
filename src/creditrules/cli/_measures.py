"""CLI: memoranda and measures by the names people give them."""

from __future__ import annotations

from creditrules.cli._usage import nearest, usage_error
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.notice import Notice


def memorandum_named(name: str, catalogue: Catalogue) -> Memorandum:
    """Return a memorandum by key, document number or title.

    Raises:
        UsageError: CR561, the catalogue has none of that name.
    """
    found = memorandum_called(name, catalogue)
    if found is None:
        memoranda = catalogue.memoranda.values()
        known = [n for m in memoranda for n in (m.key, m.doc_no, m.title.zh)]
        raise usage_error("CR561", name, **nearest(name, known))
    return found


def memorandum_called(name: str, catalogue: Catalogue) -> Memorandum | None:
    """Return a memorandum by key, document number or title; None when there is none of that name."""
    # Document numbers are typed with whatever brackets the keyboard has.
    wanted = _plain(name)
    return catalogue.memoranda.get(name) or next(
        (m for m in catalogue.memoranda.values() if wanted in (_plain(m.doc_no), _plain(m.title.zh))), None
    )


def _plain(name: str) -> str:
    return name.strip("《》 ").translate(str.maketrans("[]()（）【】", "〔〕〔〕〔〕〔〕"))


def notice_named(name: str, catalogue: Catalogue) -> Notice | None:
    """Return a notice by key, document number or title; None when the catalogue has none of that name."""
    wanted = _plain(name)
    return catalogue.notices.get(name) or next(
        (n for n in catalogue.notices.values() if wanted in (_plain(n.doc_no), _plain(n.title.zh))), None
    )


def measure_named(name: str, catalogue: Catalogue) -> str:
    """Return `memorandum#key` for `memorandum#key`, `memorandum key` or `memorandum number`.

    Raises:
        UsageError: CR561 unknown memorandum, CR534 unknown measure, CR563 the number stands for several.
    """
    memorandum_name, mark, measure = name.rpartition("#")
    if not mark:
        memorandum_name, _, measure = name.strip().rpartition(" ")
    memorandum = memorandum_named(memorandum_name or measure, catalogue)
    keys = {m.key for m in memorandum.measures}
    if measure in keys:
        return f"{memorandum.key}#{measure}"
    numbered = [m.key for m in memorandum.measures if measure in (str(m.n), m.number)]
    if len(numbered) > 1:
        raise usage_error("CR563", measure, memorandum=memorandum.key, known=", ".join(numbered))
    if not numbered:
        raise usage_error("CR534", name, **nearest(measure, sorted(keys)))
    return f"{memorandum.key}#{numbered[0]}"
