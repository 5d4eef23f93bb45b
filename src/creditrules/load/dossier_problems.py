"""Load: what is wrong with a dossier, gathered by path, and turned into findings with positions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from attrs import evolve

from creditrules.errors import Finding, Span
from creditrules.load.dossier_aliases import names_of
from creditrules.load.findings import near
from creditrules.load.identifiers import masked, masked_number
from creditrules.load.node import Node
from creditrules.load.yaml_tree import HIDDEN

_LONGEST_WORD = 400
_LONGEST_NAME = 100
_HELPED = 100

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """A code, the path it concerns, the words of its text, and other paths that belong to it."""

    code: str
    path: Path
    words: dict[str, str]
    on_key: bool = False
    related: tuple[Path, ...] = ()


class Problems(list[Problem]):
    """All problems of one dossier; `secrets` are numbers that no finding may repeat."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()
        self.warnings: list[Problem] = []

    def hide(self, number: str) -> None:
        """Let no finding repeat a number that would not be taken for a citizen number by its form."""
        if masked(number) == number:
            self.secrets.add(number)

    def add(self, code: str, path: Path, /, *related: Path, **words: str) -> None:
        """Add a problem with the value at a path."""
        self.append(Problem(code, path, words, False, related))

    def warn(self, code: str, path: Path, /, *related: Path, **words: str) -> None:
        """Add a warning about the value at a path; it forbids nothing."""
        self.warnings.append(Problem(code, path, words, False, related))

    def add_key(self, code: str, path: Path, /, **words: str) -> None:
        """Add a problem with the key at a path."""
        self.append(Problem(code, path, words, True))

    def unknown(self, code: str, path: Path, word: str, known: Iterable[str], /, **words: str) -> None:
        """Add a problem with a word that is not in a vocabulary, naming the nearest that is."""
        self.add(code, path, word=word, **self._near(word, known), **words)

    def unknown_key(self, code: str, path: Path, key: str, known: Iterable[str], /) -> None:
        """Add a problem with a key that is not in a vocabulary, naming the nearest that is."""
        self.add_key(code, path, word=key, **self._near(key, known))

    def _near(self, word: str, known: Iterable[str]) -> dict[str, str]:
        # Each look takes a millisecond, and a file of another kind has unknown words by the thousand.
        return near(word[:_LONGEST_NAME], known if len(self) < _HELPED else ())


class Places(Protocol):
    """Where the paths of a dossier stand."""

    def span(self, path: Path, on_key: bool = False) -> Span:
        """Return the place of the value at a path, or of its key."""
        ...

    def line(self, span: Span) -> str:
        """Return the line a span stands on, empty when there is none."""
        ...


class TreePlaces:
    """Places in a text."""

    def __init__(self, root: Node) -> None:
        self.root = root

    def span(self, path: Path, on_key: bool = False) -> Span:
        """Return the place of the deepest value that exists along a path, or of its key."""
        node = self.root
        for position, name in enumerate(path):
            key, inner = _step(node, name)
            if inner is None:
                return node.span
            if on_key and position == len(path) - 1:
                return node.key_span(str(key))
            node = inner
        return node.span

    def line(self, span: Span) -> str:
        """Return the line a span stands on."""
        return self.root.source.line(span.line)


def _step(node: Node, name: str | int) -> tuple[str | int, Node | None]:
    value = node.value
    if isinstance(name, int):
        return name, value[name] if isinstance(value, list) and name < len(value) else None
    if isinstance(value, dict):
        for key in (name, *names_of(name)):
            if key in value:
                return key, value[key]
    return name, None


class PathPlaces:
    """Places in values handed over by a program: the path itself stands where a file name would."""

    def __init__(self, label: str) -> None:
        self.label = label

    def span(self, path: Path, on_key: bool = False) -> Span:
        """Return a place such as `dossier: subjects[0].name`."""
        return Span(f"{self.label}: {written(path)}" if path else self.label)

    def line(self, span: Span) -> str:
        """Return nothing: there are no lines."""
        return ""


class FilePlaces(PathPlaces):
    """Places in a text that was read without positions: the file is all that is known."""

    def span(self, path: Path, on_key: bool = False) -> Span:
        """Return the file."""
        return Span(self.label)


def written(path: Sequence[str | int]) -> str:
    """Write a path as `subjects[0].listings[1].served`."""
    parts = (f"[{name}]" if isinstance(name, int) else f".{names_of(name)[0]}" for name in path)
    return "".join(parts).removeprefix(".")


def findings_of(problems: Problems, places: Places) -> list[Finding]:
    """Turn problems into findings; citizen numbers are hidden in every word and every quoted line."""
    return [_finding(problem, places, problems.secrets) for problem in problems]


def warnings_of(problems: Problems, places: Places) -> tuple[Finding, ...]:
    """Turn what forbids nothing into findings, in the order of their places."""
    made = (_finding(each, places, problems.secrets, "warning") for each in problems.warnings)
    return tuple(sorted(made, key=lambda finding: (finding.span, finding.code)))


def _finding(problem: Problem, places: Places, secrets: set[str], severity: str = "error") -> Finding:
    span = places.span(problem.path, problem.on_key)
    related = tuple(_safe(places.span(path), secrets) for path in problem.related)
    words = {name: _shown(text, secrets) for name, text in problem.words.items()}
    excerpt = _hidden(places.line(span), secrets)
    return Finding(problem.code, _safe(span, secrets), words, severity, excerpt, related)


def _safe(span: Span, secrets: set[str]) -> Span:
    return evolve(span, file=_shown(span.file, secrets))


def _shown(text: str, secrets: set[str]) -> str:
    visible = HIDDEN.sub(lambda m: f"\\u{ord(m[0]):04x}", _hidden(text, secrets))
    return visible if len(visible) <= _LONGEST_WORD else visible[: _LONGEST_WORD - 1] + "…"


def _hidden(text: str, secrets: set[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, masked_number(secret))
    return masked(text)
