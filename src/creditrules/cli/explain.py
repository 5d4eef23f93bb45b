"""CLI: `creditrules explain`: the page of a code, or the list of all codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import click

from creditrules.cli._command import Command
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.errors import finding_texts

# What is filled only sometimes: a suggestion, a heading.
_SUGGESTION = re.compile(r"\{(near|heading|other_heading)_\w+\}")
_PLACE = re.compile(r"\{\w+\}")


def _explain(code: str | None) -> None:
    state = state_of()
    pages = finding_texts()
    if code is None:
        for known, page in sorted(pages.items()):
            click.echo(f"{known}  {page['title'][state.lang]}")
        return
    wanted = code.upper()
    if wanted not in pages:
        raise usage_error("CR564", code, **nearest(wanted, pages))
    click.echo(_page(wanted, pages[wanted], state))


def _page(code: str, page: Mapping[str, Any], state: State) -> str:
    words, lang = state.words, state.lang
    parts = [f"{code}  {page['title'][lang]}"]
    more = page.get("more") or {}
    for part in ("what", "why", "fix"):
        parts.append(f"{words(f'finding.{part}')}{_unfilled(page[part][lang])}")
        # A check of catalogues explains itself: its page is the docstring of its file.
        parts += [_unfilled(each) for each in more.get(part, {}).get(lang, "").split("\n\n") if each]
    for part, text in (page.get("example") or {}).items():
        indented = "\n".join(f"    {line}" for line in str(text).rstrip().splitlines())
        parts.append(f"{words(f'finding.{part}').rstrip()}\n{indented}")
    return "\n\n".join(parts)


def _unfilled(text: str) -> str:
    """Show a text whose places are not filled: `…` stands for what was found, nothing for a suggestion."""
    return _PLACE.sub("…", _SUGGESTION.sub("", " ".join(text.split())))


command = Command("explain", _explain, [click.Argument(["code"], required=False, metavar="[CODE]")])
