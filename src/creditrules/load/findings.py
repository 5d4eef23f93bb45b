"""Load: gather the findings of a stage, each with its place and the line it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from creditrules.errors import Finding, Span
from creditrules.load.node import Node, Source, step

# How many findings come with a suggestion.
_HELPED = 200


class Findings(list[Finding]):
    """The findings of one stage, all of which are reported together."""

    def at(self, code: str, node: Node, /, *path: str | int, **words: str) -> None:
        """Add an error at the deepest value that exists along a path."""
        self.on(code, node.source, step(node, path).span, words)

    def at_key(self, code: str, node: Node, name: str, /, **words: str) -> None:
        """Add an error at a key of a mapping."""
        self.on(code, node.source, node.key_span(name), words)

    def note(self, code: str, node: Node, /, *path: str | int, **words: str) -> None:
        """Add what is worth knowing and does not forbid use."""
        self.on(code, node.source, step(node, path).span, words, "note")

    def on(
        self,
        code: str,
        source: Source,
        span: Span,
        words: Mapping[str, str] | None = None,
        severity: str = "error",
        related: tuple[Span, ...] = (),
    ) -> None:
        """Add a finding at a place already known."""
        self.append(Finding(code, span, words or {}, severity, source.line(span.line), related))

    def near(self, name: str, known: Iterable[str]) -> dict[str, str]:
        """Return the words that name the nearest known name; whoever has many findings is no longer helped.

        A file may hold any number of names, and each comparison takes its time.
        """
        return near(name[:80], known if len(self) < _HELPED else ())

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that forbid use."""
        return tuple(finding for finding in self if finding.severity == "error")


def near(name: str, known: Iterable[str]) -> dict[str, str]:
    """Return the words `near_en` and `near_zh` that name the nearest known name, empty when none is near."""
    import difflib  # only when something was found

    names = [candidate for candidate in known if candidate]
    close = difflib.get_close_matches(name, names, 1, 0.6) or difflib.get_close_matches(name, names, 1, 0.45)
    # Chinese names are often shortened: 税务总局 for 国家税务总局.
    close = close or [n for n in names if len(name) > 1 and (name in n or n in name)][:1]
    if not close or close[0] == name:
        return {"near_en": "", "near_zh": ""}
    return {"near_en": f"did you mean `{close[0]}`? ", "near_zh": f"是不是 `{close[0]}`？"}
