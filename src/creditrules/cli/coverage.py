"""CLI: `creditrules coverage`: what of the documents the examples exercise, and what nobody looks at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from creditrules.cli import _inputs
from creditrules.cli._bench import Number, examples_named, memorandum_meant, near
from creditrules.cli._command import Command, catalogue_option, format_option
from creditrules.cli._state import FINDINGS, State, state_of
from creditrules.cli._usage import usage_error
from creditrules.deliver.progress import counting

if TYPE_CHECKING:
    from creditrules.policy.coverage.model import Coverage


def _coverage(
    paths: tuple[str, ...],
    memoranda: tuple[str, ...],
    form: str,
    out: str | None,
    fail_under: float | None,
    catalogues: tuple[str, ...],
) -> None:
    state = state_of()
    if form == "html":
        _check_pages(out)
    catalogue = _inputs.load(catalogues, state)
    wanted = [memorandum_meant(name, catalogue).key for name in memoranda]
    examples = examples_named(paths, catalogues, state)
    from creditrules.policy.coverage.cover import cover

    with state.timed("cover"), counting(sys.stderr, state.words("coverage.running")) as told:
        found = cover(catalogue, examples, wanted, told=told)
    _write(found, form, out, state)
    if found.failing:
        state.raise_code(FINDINGS)
    if fail_under is not None and found.share < fail_under:
        click.echo(state.words("coverage.below", under=f"{fail_under:g}"), err=True)
        state.raise_code(FINDINGS)


def _check_pages(out: str | None) -> None:
    if out is None:
        raise usage_error("CR594", "html")
    try:
        import jinja2  # noqa: F401
    except ImportError:
        raise usage_error("CR599", "coverage", package="jinja2", extra="policy") from None


def _write(found: Coverage, form: str, out: str | None, state: State) -> None:
    if form == "html":
        _write_pages(found, Path(str(out)), state)
    elif form == "json":
        from creditrules.policy.coverage.data import to_json

        _to(out, "coverage.json", to_json(found, near) + "\n")
    else:
        from creditrules.cli._coverage_page import print_coverage
        from creditrules.deliver.table import console_for

        print_coverage(found, console_for(sys.stdout), state.lang, near)


def _to(out: str | None, name: str, text: str) -> None:
    if out is None:
        click.echo(text.encode("utf-8"), nl=False)
        return
    _files(Path(out), {name: text})


def _write_pages(found: Coverage, folder: Path, state: State) -> None:
    from creditrules.policy.coverage.pages import pages_of

    pages = pages_of(found, state.lang, _text_of, near)
    _files(folder, pages)
    share, door = f"{found.share:.1f}", folder / "index.html"
    click.echo(state.words("coverage.written", file=door, pages=len(pages), share=share))


def _files(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError:
        raise usage_error("CR569", str(folder)) from None


def _text_of(file: str) -> str | None:
    """Return the text of a document; None for one that no file holds."""
    try:
        return Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


command = Command(
    "coverage",
    _coverage,
    [
        click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
        click.Option(["--memorandum", "memoranda"], multiple=True, metavar="NAME"),
        format_option("text", "json", "html"),
        click.Option(["--out"], metavar="DIR"),
        click.Option(["--fail-under"], type=Number(0, 100), metavar="PERCENT"),
        catalogue_option(),
    ],
)
