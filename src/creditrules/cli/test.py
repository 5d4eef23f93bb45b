"""CLI: `creditrules test`: run policy examples, and say where decisions differ from them."""

from __future__ import annotations

import click
from attrs import evolve

from creditrules.cli import _inputs
from creditrules.cli._command import Command, OneOf, catalogue_option, format_option
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error
from creditrules.errors import UsageError
from creditrules.evaluate.engine_names import NAMES


def _test(
    paths: tuple[str, ...],
    words: str | None,
    watch: bool,
    accept: bool,
    junit: str | None,
    jobs: int | None,
    catalogues: tuple[str, ...],
    engine: str,
    form: str,
) -> None:
    from creditrules.cli._test_run import Asked, Bench

    state = state_of()
    if accept and watch:
        raise _together("--accept", "--watch")
    if form == "json" and (watch or accept):
        raise _together("--format json", "--watch" if watch else "--accept")
    if jobs is not None and jobs < 1:
        raise usage_error("CR555", f"--jobs {jobs}")
    asked = evolve(Asked.of(paths, catalogues, words), engine=engine, jobs=jobs, junit=junit, form=form)
    bench = Bench(asked, state, _inputs.load(catalogues, state))
    bench.gather()
    if watch:
        from creditrules.cli._test_watch import watch as watch_files

        watch_files(bench)
        return
    result = bench.run()
    if accept and not result.passed:
        from creditrules.cli._test_accept import accept_all, read_again

        if accept_all(bench, result):
            bench.files = read_again(bench.files)
            result = bench.run()
        click.echo()
    bench.tell(result)


def _together(one: str, other: str) -> UsageError:
    words = {
        "problem_en": f"`{one}` and `{other}` do not go together",
        "problem_zh": f"`{one}` 和 `{other}` 不能并用",
        "why_en": "each wants to say what the run is for",
        "why_zh": "二者各有所求",
        "fix_en": f"leave `{other}` out",
        "fix_zh": f"请去掉 `{other}`",
    }
    return usage_error("CR592", other.split()[0], **words)


command = Command(
    "test",
    _test,
    [
        click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
        click.Option(["-k", "words"], metavar="WORDS"),
        click.Option(["--watch"], is_flag=True),
        click.Option(["--accept"], is_flag=True),
        click.Option(["--junit"], metavar="FILE"),
        click.Option(["--jobs"], type=int, metavar="N"),
        catalogue_option(),
        click.Option(["--engine"], type=OneOf(*NAMES, code="CR531"), default="indexed"),
        format_option("text", "json"),
    ],
)
