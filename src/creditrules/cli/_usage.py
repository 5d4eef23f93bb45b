"""CLI: findings about the command line itself, with carets under the word that is meant."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

import click
from attrs import evolve

from creditrules.errors import Finding, Span, UsageError

PROGRAM = "creditrules"


def usage_error(code: str, given: str, **words: str) -> UsageError:
    """Return an error about a word of the command line."""
    return UsageError([Finding(code, Span(""), {"given": given, **words})])


def nearest(given: str, known: Iterable[str]) -> dict[str, str]:
    """Return the words that suggest what was meant, in both languages; empty when nothing is near."""
    from difflib import get_close_matches

    candidates = list(dict.fromkeys(known))
    inside = [name for name in candidates if len(given) > 1 and given in name]
    near = list(dict.fromkeys([*get_close_matches(given, candidates, n=3, cutoff=0.6), *inside]))[:3]
    ticked = [f"`{name}`" for name in near]
    return {
        "near_en": f"did you mean {' or '.join(ticked)}? " if near else "",
        "near_zh": f"是不是 {'、'.join(ticked)}？" if near else "",
    }


def of_click(error: click.UsageError) -> UsageError:
    """Turn what click found about a command line into a finding of ours."""
    match error:
        case click.NoSuchOption():
            return usage_error("CR550", error.option_name, **nearest(error.option_name, _options(error.ctx)))
        case click.MissingParameter():
            parameter = error.param
            return usage_error("CR552", _name(parameter, error.ctx))
        case click.BadOptionUsage():
            return usage_error("CR553", error.option_name)
        case _:
            return usage_error("CR555", error.format_message())


def _name(parameter: click.Parameter | None, context: click.Context | None) -> str:
    if isinstance(parameter, click.Argument) and context is not None:
        return parameter.make_metavar(context)
    return parameter.opts[0] if parameter is not None else ""


def _options(context: click.Context | None) -> list[str]:
    parameters = context.command.get_params(context) if context is not None else []
    return [
        name for parameter in parameters if isinstance(parameter, click.Option) for name in parameter.opts
    ]


def placed(finding: Finding, arguments: tuple[str, ...]) -> Finding:
    """Show a finding about the command line in the command line, when the word it is about stands there."""
    given = finding.words.get("given") or finding.words.get("name", "")
    line, start, end = PROGRAM, 0, 0
    for argument in arguments:
        line += " "
        quoted = shlex.quote(argument)
        at = quoted.find(given) if given and not end else -1
        if at >= 0:
            start, end = len(line) + at, len(line) + at + len(given)
        line += quoted
    span = Span("", 1, start + 1, end + 1)
    return evolve(finding, span=span, excerpt=line if end else "")
