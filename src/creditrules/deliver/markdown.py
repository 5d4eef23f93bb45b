"""Deliver: a decision as Markdown, for a file, a ticket or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from creditrules.deliver.plain import shown
from creditrules.deliver.tree import MARKS
from creditrules.deliver.view import Page
from creditrules.deliver.words import Words
from creditrules.model.decision import Reason

_ACTIVE = re.compile(r"([\\`*_\[\]<>|#~])")


def escape(text: str) -> str:
    """Make text safe in Markdown, in a table cell too: what it holds is never taken for markup."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def to_markdown(page: Page, lang: str) -> str:
    """Return a page about a decision as Markdown."""
    return "\n".join(_lines(page, Words(lang))) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    cells = [escape(cell) for cell in head]
    yield f"| {' | '.join(cells)} |"
    yield f"|{' --- |' * len(cells)}"
    for row in rows:
        yield f"| {' | '.join(escape(cell) for cell in row)} |"


def _lines(page: Page, words: Words) -> Iterator[str]:
    yield f"# {escape(page.title)}"
    yield ""
    yield from (f"- {escape(name)}{words('mark.colon')}{escape(value)}" for name, value in page.facts)
    yield from _section(words("table.subjects"), page.subjects)
    yield from ("", f"## {escape(words('table.actions', n=page.count))}")
    if not page.units:
        yield from ("", escape(words("table.no_actions")))
    columns = ("target", "what", "discretion", "period", "sources")
    for group in page.units:
        yield from ("", f"### {escape(group.title)}", "")
        rows = (
            (
                words.joined(" ".join(t) for t in row.targets),
                row.what,
                row.discretion,
                row.period,
                row.sources,
            )
            for row in group.rows
        )
        yield from table((words(f"table.{column}") for column in columns), rows)
    if page.notes:
        yield ""
        yield from (f"- {escape(note)}" for note in page.notes)
    if page.ends:
        yield from ("", f"## {escape(words('table.ends'))}", "")
        yield from table(
            ("", words("table.ends_by"), words("table.remedy")),
            ((g.numbers, words.joined(g.ends_by, "part"), words.joined(g.remedy, "part")) for g in page.ends),
        )
    yield from _open(page, words)
    if page.aside:
        yield from ("", f"## {escape(words('table.set_aside', n=sum(g.count for g in page.aside)))}", "")
        for aside in page.aside:
            yield f"- **{aside.count}** {escape(aside.reason)}"
            yield from (f"  - {escape(item)}" for item in aside.items)
    yield from _section(words("table.records", n=len(page.records)), page.records)
    yield from _section(words("table.statuses"), page.statuses)
    yield from _section(words("table.leads_to", n=len(page.leads_to)), page.leads_to)


def _section(title: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield from ("", f"## {escape(title)}", "")
        yield from (f"- {escape(line)}" for line in lines)


def _open(page: Page, words: Words) -> Iterator[str]:
    if not page.open:
        return
    yield from ("", f"## {escape(words('table.undetermined', n=len(page.open)))}")
    for group in page.open:
        yield from ("", f"**{group.number} {escape(group.question)}** ({escape(group.about)})", "")
        for outcome in group.outcomes:
            changes = (f"{answer} → {then}" for answer, then in outcome.answers)
            yield f"- {escape(words.joined(changes, 'part') or words('table.waiting'))}"
            yield from (f"  - {escape(line)}" for line in outcome.waiting)


def trees_to_markdown(trees: Iterable[Reason], lang: str) -> str:
    """Return trees of reasons as nested lists, under a heading; nothing when there are none."""
    lines = [line for tree in trees for line in _tree(tree, lang, 0)]
    heading = Words(lang)("table.reasons")
    return "\n".join(["", f"## {escape(heading)}", "", *lines, ""]) if lines else ""


def _tree(reason: Reason, lang: str, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {MARKS[reason.truth]} {escape(shown(reason.text(lang)))}"
    for child in reason.children:
        yield from _tree(child, lang, depth + 1)
