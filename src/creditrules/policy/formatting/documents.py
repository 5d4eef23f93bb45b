"""Policy: format one document; what comes out says the same, or nothing comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from creditrules.errors import CreditRulesError, Finding, Span, UsageError
from creditrules.load.document_kinds import DOCUMENT_KINDS, kind_of
from creditrules.load.encoding import decoded
from creditrules.load.findings import Findings
from creditrules.load.strict_yaml import plain, read_yaml
from creditrules.policy.formatting.comments import give_out
from creditrules.policy.formatting.layout import Layout
from creditrules.policy.formatting.order import grammar_of
from creditrules.policy.formatting.syntax import Written, check_reader, read_written


def formatted(data: bytes, file: str) -> str:
    """Return a document laid out.

    INVARIANT: the result reads as the same values, holds the same comments, and is laid out already: to
    format it again changes nothing.

    Raises:
        CatalogueError: the file is not sound YAML; it has the findings.
        UsageError: CR581, it is none of the documents this library knows; CR582, it is written in a way that
            cannot be laid out anew without a risk to what it says; CR579, ruamel.yaml is not installed.
    """
    check_reader()
    node = read_yaml(data, file)
    first = next(iter(node.value)) if isinstance(node.value, dict) and node.value else ""
    kind = kind_of(first)
    if kind is None:
        raise UsageError([not_a_document(file, node.key_span(first) if first else node.span)])
    text = (decoded(data, file, Findings()) or "").replace("\r\n", "\n")
    for reorders in (True, False):
        # An alias must not come before its anchor; where the order of keys would do that, it is left alone.
        try:
            first_time, comments = _laid_out(text, kind, reorders=reorders)
            again, kept = _laid_out(first_time, kind, reorders=reorders)
            said = _values(plain(read_yaml(first_time, file)))
        except (ValueError, CreditRulesError):
            continue
        if first_time == again and comments == kept and said == _values(plain(node)):
            return first_time
    raise UsageError([Finding("CR582", Span(file), {"file": file})])


def not_a_document(file: str, span: Span) -> Finding:
    """Return the finding that a file is none of the documents this library knows."""
    return Finding("CR581", span, {"file": file, "known": ", ".join(DOCUMENT_KINDS)})


def _laid_out(text: str, kind: str, *, reorders: bool) -> tuple[str, Counter[str]]:
    """Return a text laid out, and the comments it had."""
    written = read_written(text)
    comments = Counter(_comments(written))
    above = give_out(written)
    lines = Layout(grammar_of(kind), reorders=reorders).lines(written.root, above)
    return "\n".join(lines) + "\n", comments


def _values(value: object) -> str:
    """Return values as one text in which the order of keys counts for nothing, and `1` is not `true`."""
    return repr(_sorted(value))


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return sorted((key, _sorted(inner)) for key, inner in value.items())
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value


def _comments(written: Written) -> Iterator[str]:
    ends = [0, *(end for _, end in written.places)]
    starts = [*(start for start, _ in written.places), len(written.text)]
    for end, start in zip(ends, starts, strict=True):
        for line in written.text[end:start].split("\n"):
            if "#" in line:
                yield line[line.index("#") :].strip()
