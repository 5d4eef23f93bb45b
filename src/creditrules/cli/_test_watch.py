"""CLI, part of `test --watch`: run what a change concerns again, until somebody stops it."""

from __future__ import annotations

from pathlib import Path

import click

from creditrules.cli._output import near_here, span_near
from creditrules.cli._state import FINDINGS
from creditrules.cli._test_run import Bench, folders_of
from creditrules.deliver.plain import shown
from creditrules.errors import CatalogueError, CreditRulesError, Span, UsageError
from creditrules.load.example_files import is_example_file
from creditrules.policy.affected import concerned
from creditrules.policy.gathering import Gathered, chosen, gathered
from creditrules.policy.watching import changes_in, watched_places


def watch(bench: Bench) -> None:
    """Run everything once, then what each change concerns; an interrupt ends it.

    Raises:
        UsageError: CR592, the package that watches is not installed.
    """
    words = bench.state.words
    places = watched_places(bench.asked.paths, bench.files, folders_of(bench.asked.catalogues))
    try:
        changes = changes_in(places)
        next(changes)
        waiting: set[Path] = set()
        bench.tell(bench.run())
        _waiting(bench, places)
        for changed in changes:
            if changed:
                waiting = _again(bench, changed | waiting)
                _waiting(bench, places)
    except KeyboardInterrupt:
        click.echo("\n" + words("test.page.ended"))


def _waiting(bench: Bench, places: list[Path]) -> None:
    named = bench.state.words.joined(_near(place) for place in places)
    click.echo("\n" + bench.state.words("test.page.watching", folders=named), err=True)


def _near(path: Path) -> str:
    return shown(span_near(Span(str(path))).file)


def _again(bench: Bench, changed: set[Path]) -> set[Path]:
    """Run what changes concern; return those that have to wait until the documents can be read."""
    words = bench.state.words
    click.echo("\n" + words("test.page.changed", files=words.joined(map(_near, sorted(changed)))))
    before, failure = bench.catalogue, None
    if any(not is_example_file(path) for path in changed):
        try:
            bench.load()
        except CatalogueError as error:
            failure = error
    found = gathered(bench.asked.paths)
    paths = concerned([*bench.files, *found], changed, (before, bench.catalogue))
    bench.files = chosen(found, bench.asked.words)
    there = {str(file.path) for file in bench.files}
    bench.passed = {file: passed for file, passed in bench.passed.items() if file in there}
    if failure is not None:
        _show(bench, failure)
        return changed
    files = [file for file in bench.files if file.path.resolve() in paths]
    if not files:
        click.echo(words("test.page.unconcerned"))
        return set()
    click.echo(words("test.page.again", n=len(files)))
    _run(bench, files)
    return set()


def _run(bench: Bench, files: list[Gathered]) -> None:
    try:
        bench.tell(bench.run(files))
    except UsageError:
        raise
    except CreditRulesError as error:
        _show(bench, error)


def _show(bench: Bench, error: CreditRulesError) -> None:
    from creditrules.deliver import findings

    errors = [finding for finding in error.findings if finding.severity == "error"]
    click.echo(findings.for_people(near_here(errors), bench.state.lang))
    bench.state.code = FINDINGS
