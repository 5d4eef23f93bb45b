"""CLI: `creditrules example propose`: boundary cases, each with a question to be said yes or no to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from creditrules.cli import _inputs
from creditrules.cli._example_sheets import is_sheet, memorandum_named, read_file, write, write_doc
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error

if TYPE_CHECKING:
    from creditrules.cli.example import Asked
    from creditrules.load.example_docs import ExampleDoc
    from creditrules.policy.proposals import Proposal

_ANSWERS = ("y", "n", "q", "是", "否", "yes", "no")


def propose(asked: Asked) -> None:
    """Propose boundary cases; write those that are answered yes, list those that are answered no."""
    from creditrules.policy.examples import examples_of
    from creditrules.policy.proposals import proposals

    words = state_of().words
    (path,) = asked.files
    source = read_file(path)
    if is_sheet(path) and asked.out is None and (asked.answer == "yes" or _can_ask()):
        # What somebody has laid out in a workbook is not written anew.
        raise usage_error("CR552", "--out")
    catalogue = _inputs.load(asked.catalogues, state_of())
    memorandum = memorandum_named(asked.memorandum or source.doc.examples, catalogue)
    made = proposals(examples_of(source, path), memorandum, catalogue, state_of().lang)
    found = list(islice(made, asked.limit + 1))
    if not found:
        click.echo(words("example.propose.none"))
        return
    if len(found) > asked.limit:
        found.pop()
        click.echo(words("example.propose.limited", n=asked.limit), err=True)
    if asked.answer is None and not _can_ask():
        _print(found, source.doc, asked.out, asked.force)
        return
    answers = _asked(found) if asked.answer is None else [(p, asked.answer == "yes") for p in found]
    answered = list(answers)
    accepted = [dict(proposal.case) for proposal, is_right in answered if is_right]
    if accepted:
        _add(accepted, source.doc, asked)
    rejected = [proposal for proposal, is_right in answered if not is_right]
    if rejected:
        click.echo(words("example.propose.unclear"))
        for proposal in rejected:
            click.echo(f"  - {proposal.question}")
            click.echo(f"    {words('example.propose.case_of', name=proposal.example.name)}")


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(found: Sequence[Proposal]) -> Iterator[tuple[Proposal, bool]]:
    """Yield the proposals that somebody answers, until they stop."""
    words = state_of().words
    for number, proposal in enumerate(found, 1):
        click.echo(f"[{number}/{len(found)}] {proposal.question}")
        click.echo(f"  {words('example.propose.case_of', name=proposal.example.name)}")
        answer = ""
        while answer not in _ANSWERS:
            answer = click.prompt(words("example.propose.prompt"), prompt_suffix=" ").strip().lower()
        if answer == "q":
            return
        yield proposal, answer in ("y", "yes", "是")


def _add(cases: list[dict[str, Any]], doc: ExampleDoc, asked: Asked) -> None:
    """Write accepted cases: behind those of the file, or to a file of their own."""
    from creditrules.policy.adding import only_cases, with_cases_added

    words = state_of().words
    (path,), out = asked.files, asked.out
    if out is None:
        text = with_cases_added(Path(path).read_text("utf-8-sig"), cases, path)
        if text is None:
            raise usage_error("CR552", "--out")
        write(path, text.encode("utf-8"), force=True)
    else:
        moved = only_cases(_moved(doc, path, out), _moved_cases(cases, path, out))
        write_doc(out, moved, sheet=is_sheet(out), force=asked.force)
    click.echo(words("example.propose.added", file=out or path, n=len(cases)))


def _moved(doc: ExampleDoc, path: str, out: str) -> ExampleDoc:
    """Return a file of examples whose dossier is found from where it is written to."""
    from creditrules.load.example_docs import ExampleDoc
    from creditrules.policy.sheet_rows import tree_of

    tree = tree_of(doc)
    return ExampleDoc.model_validate({**tree, **_found_from(tree, path, out)})


def _moved_cases(cases: list[dict[str, Any]], path: str, out: str) -> list[dict[str, Any]]:
    return [{**case, **_found_from(case, path, out)} for case in cases]


def _found_from(tree: dict[str, Any], path: str, out: str) -> dict[str, str]:
    given = tree.get("given")
    if not isinstance(given, str):
        return {}
    return {"given": Path(os.path.relpath(Path(path).parent / given, Path(out).parent)).as_posix()}


def _print(found: Sequence[Proposal], doc: ExampleDoc, out: str | None, force: bool) -> None:
    """Write proposals as YAML that can be run, each below its question."""
    from creditrules.policy.adding import only_cases
    from creditrules.policy.sheet_yaml import case_lines, to_yaml

    words = state_of().words
    whole = to_yaml(only_cases(doc, [found[0].case]), (words("example.propose.head"),))
    lines = [*whole[: whole.index("\ncases:\n")].splitlines(), "", "cases:"]
    for proposal in found:
        lines += ["", f"  # {words('example.propose.mark', question=proposal.question)}"]
        lines += [line.rstrip() for line in case_lines(dict(proposal.case))]
    text = "\n".join(lines) + "\n"
    if out is None:
        click.echo(text.encode("utf-8"), nl=False)
    else:
        write(out, text.encode("utf-8"), force)
