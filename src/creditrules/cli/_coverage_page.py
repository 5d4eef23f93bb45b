"""CLI, part of `coverage`: a table of documents, and below it what no case looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from creditrules.deliver.words import Words
from creditrules.errors import Span
from creditrules.policy.coverage.gaps import Gap, gaps_of, headline
from creditrules.policy.coverage.model import Coverage, Document, Item, share_of

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_GOOD, _FAIR = 90, 60
# So many gaps of a document are told where several documents are looked at.
_TOLD = 3
Near = Callable[[str], str]


def print_coverage(coverage: Coverage, console: Console, lang: str, near: Near = str) -> None:
    """Print a report; the gaps of a single document whole, those of several shortened."""
    from creditrules.deliver.table import print_parts

    print_parts(_parts(coverage, Words(lang), near), console)


def _parts(coverage: Coverage, words: Words, near: Near) -> Iterator[RenderableType]:
    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    held = [document for document in coverage.documents if document.items]
    yield Text(words("coverage.title", cases=coverage.cases), style="bold")
    yield _table(held, coverage, words)
    empty = len(coverage.documents) - len(held)
    if empty:
        yield Text(words("coverage.empty", n=empty), style="dim")
    if coverage.failing:
        yield from heading(words("coverage.failing", n=len(coverage.failing)))
        for case in coverage.failing:
            yield Text(f"✗ {near(case.file)}:{case.line}  {case.name}", style="red")
    whole = len(held) == 1
    for document in held:
        yield from _document(document, words, near, whole=whole)
    yield from _general(coverage.general, words)
    yield Text("")
    yield Text(words("coverage.share", share=f"{coverage.share:.1f}"), style=f"bold {_style(coverage.share)}")


def _table(documents: list[Document], coverage: Coverage, words: Words) -> RenderableType:
    from rich.table import Table

    from creditrules.deliver.wrapping import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for at, name in enumerate(("document", "cases", "measures", "positive", "negative", "none", "share")):
        table.add_column(Text(words(f"coverage.column.{name}")), justify="left" if at == 0 else "right")
    for document in documents:
        measures = document.of("measure")
        share = share_of(document.items)
        cells = [
            _of(document.having(branch), sum(item.branch(branch) is not None for item in measures))
            for branch in ("positive", "negative")
        ]
        bare = len(document.bare)
        table.add_row(
            Text(document.key),
            Text(str(document.cases), style="red" if not document.cases else ""),
            str(len(measures)),
            *cells,
            Text(str(bare) if bare else "–", style="red" if bare else "dim"),
            Text(f"{share:.0f}%", style=_style(share)),
        )
    return table


def _of(covered: int, of: int) -> RenderableType:
    from creditrules.deliver.wrapping import Text

    style = "dim" if not of else _style(100 * covered / of)
    return Text(f"{covered}/{of}" if of else "–", style=style)


def _style(share: float) -> str:
    return "green" if share >= _GOOD else "yellow" if share >= _FAIR else "red"


def _document(document: Document, words: Words, near: Near, *, whole: bool) -> Iterator[RenderableType]:
    from rich.padding import Padding

    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    gaps = gaps_of(document.items)
    if not gaps and not whole:
        return
    yield from heading(f"{document.key} · {document.doc_no}")
    yield Text(words.said(headline(document)))
    told = gaps if whole else gaps[:_TOLD]
    for gap in told:
        said = Text("○ ", style="yellow")
        said.append(words.said(gap.text), style="default")
        said.append(_place(gap, near), style="dim")
        yield Padding(said, (0, 0, 0, 2))
    if len(gaps) > len(told):
        left = words("coverage.more", n=len(gaps) - len(told), name=document.key)
        yield Padding(Text(left, style="dim"), (0, 0, 0, 4))
    if whole and not gaps:
        yield Text(words("coverage.no_gaps"), style="green")


def _place(gap: Gap, near: Near) -> str:
    span: Span | None = gap.span
    return f"  {near(span.file)}:{span.line}" if span is not None else ""


def _general(items: tuple[Item, ...], words: Words) -> Iterator[RenderableType]:
    from rich.padding import Padding

    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    for kind in ("regime", "duty", "way_out"):
        of_kind = tuple(item for item in items if item.kind == kind)
        gaps = gaps_of(of_kind)
        if not of_kind:
            continue
        share = share_of(of_kind)
        yield from heading(words(f"coverage.general.{kind}", n=len(of_kind), share=f"{share:.0f}"))
        for gap in gaps[:_TOLD]:
            said = Text("○ ", style="yellow")
            said.append(words.said(gap.text), style="default")
            yield Padding(said, (0, 0, 0, 2))
        if len(gaps) > _TOLD:
            yield Padding(
                Text(words("coverage.more_general", n=len(gaps) - _TOLD), style="dim"), (0, 0, 0, 4)
            )
