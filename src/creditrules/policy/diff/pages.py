"""Policy: a comparison for people: as plain text for a terminal, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditrules.deliver.plain import shown
from creditrules.deliver.words import Words
from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.policy.diff.changes import Change, Place, aspect_name, section_name, sentence
from creditrules.policy.diff.consequences import Consequence, Counted
from creditrules.policy.diff.decisions import Effect
from creditrules.policy.diff.report import Report, by_place

_MARKS = {"gained": "+", "lost": "-", "altered": "~", "added": "+", "removed": "-"}


# So many alike are shown before the rest is only counted.
_FEW = 3


class Page:
    """Writes one report in one language, as Markdown or not; `full` leaves nothing out."""

    def __init__(self, report: Report, lang: str, *, markdown: bool = False, full: bool = False) -> None:
        self.report, self.words, self.markdown, self.full = report, Words(lang), markdown, full

    def lines(self) -> Iterator[str]:
        """Yield the lines of the report."""
        old, new = self.report.old, self.report.new
        title = self._say("title", old=old, new=new)
        yield f"# {title}" if self.markdown else title
        if not self.report.changes:
            yield from ("", self._say("no_change"))
        for place, groups in by_place(self.report.changes):
            yield ""
            yield self._heading(place)
            for inner, changes in groups:
                yield from self._group(inner, changes)
        if self.report.changes:
            count = len(self.report.changes)
            yield ""
            yield self._say("counted_one" if count == 1 else "counted", n=count)
        for name in ("examples", "dossiers"):
            counted: Counted | None = getattr(self.report, name)
            if counted is not None:
                yield from self._counted(name, counted)

    def _heading(self, place: Place) -> str:
        name = self._said(section_name(place.section))
        title = self._said(place.title)
        said = f"{name} {place.key}" + (f" · {shown(title)}" if title and title != place.key else "")
        where = _where(place.entry_span or place.span)
        if self.markdown:
            return f"## {said}" + (f"\n\n`{where}`" if where else "")
        return said + (f"  ({where})" if where else "")

    def _group(self, place: Place, changes: list[Change]) -> Iterator[str]:
        indent = "  "
        home = place.item_span or place.entry_span
        if place.measure:
            item = self._said(place.item)
            where = _where(place.item_span)
            if self.markdown:
                yield f"\n### {shown(item)}\n"
            else:
                yield f"  {_cut(shown(item))}" + (f"  ({where})" if where else "")
                indent = "    "
        elif self.markdown:
            yield ""
        for change in changes:
            mark = _MARKS[type(change).__name__.lower()]
            said = shown(self._said(sentence(change)))
            span = change.place.span
            if span is not None and span != home:
                said += f"  ({_where(span) if home is None or span.file != home.file else f':{span.line}'})"
            yield f"* {said}" if self.markdown else f"{indent}{mark} {said}"

    def _counted(self, name: str, counted: Counted) -> Iterator[str]:
        changed = {(c.name, c.span) for c in counted.consequences}
        said = self._say(name, total=counted.total, decided=counted.decided, changed=len(changed))
        yield ""
        yield f"## {said}" if self.markdown else said
        for found in counted.consequences:
            yield from self._consequence(found)
        for finding in counted.findings:
            yield f"  ! {finding}"

    def _consequence(self, found: Consequence) -> Iterator[str]:
        verdict = f" [{self._say(f'verdict.{found.verdict}')}]" if found.verdict else ""
        place = f"{found.span.file}:{found.span.line}"
        if self.markdown:
            yield f"\n### {shown(found.name)} · {found.on}{verdict}\n\n`{place}`\n"
        else:
            yield f"  {shown(found.name)}  {found.on}{verdict}  ({place})"
        for finding in found.findings:
            yield f"    ! {finding.what(self.words.lang)} ({finding.span})"
        yield from self._effects(found.effects)

    def _effects(self, effects: Iterable[Effect]) -> Iterator[str]:
        """Yield what is done otherwise: actions alike, against one target, are told together."""
        groups: dict[tuple[object, ...], list[Effect]] = {}
        for effect in effects:
            alike = (effect.subject, effect.kind, effect.target, effect.parts)
            groups.setdefault(alike, []).append(effect)
        for group in groups.values():
            yield from self._alike(group)

    def _alike(self, group: list[Effect]) -> Iterator[str]:
        first, mark = group[0], _MARKS[group[0].kind]
        key = f"effect.{first.subject}.{first.kind}"
        label = self._say(key, n=len(group), target=shown(first.target)).strip()
        parts = [self._part(*part) for part in first.parts]
        head = f"{mark} {label}" + (f" {self.words.joined(parts, 'part')}" if parts else "")
        yield f"* {head}" if self.markdown else f"    {head}"
        few = group if self.full else group[:_FEW]
        for effect in few:
            said = shown(self._said(effect.what))
            yield f"    * {said}" if self.markdown else f"        {said}"
        if len(few) < len(group):
            more = self._say("more", n=len(group) - len(few))
            yield f"    * {more}" if self.markdown else f"        {more}"

    def _part(self, aspect: str, before: Text, after: Text) -> str:
        was, now = (self._said(text) or self._say("nothing") for text in (before, after))
        colon = self.words("mark.colon")
        return f"{self._said(aspect_name(aspect))}{colon}{shown(was)} → {shown(now)}"

    def _say(self, key: str, **values: object) -> str:
        return self.words(f"editor.diff.{key}", **values)

    def _said(self, text: Text) -> str:
        return self.words.said(text)


def _where(span: Span | None) -> str:
    return "" if span is None else f"{span.file}:{span.line}"


def _cut(text: str, length: int = 70) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
