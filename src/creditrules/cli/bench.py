"""CLI: `creditrules bench`: how fast a decision is, beside other rule engines that give the same answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from creditrules.cli._bench import Number
from creditrules.cli._command import Command, OneOf, format_option
from creditrules.cli._packages import check_population_installed
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.deliver.progress import Told, counting
from creditrules.testing.bench import Section
from creditrules.testing.peers.known import PEERS

if TYPE_CHECKING:
    from creditrules.testing.bench_population import PopulationSection

    Measures = Mapping[str, Callable[[int, list[str], Told], Section | PopulationSection]]
WORKLOAD, SHIPPED, BOTH = "workload", "shipped", "both"


def _bench(subjects: int, population: int | None, peers: str | None, which: str, form: str) -> None:
    state = state_of()
    named = _named(peers)
    if population is None:
        measures: Measures = {WORKLOAD: _workload, SHIPPED: _shipped}
    else:
        check_population_installed("bench")
        subjects = population
        measures = {WORKLOAD: _population_workload, SHIPPED: _population_shipped}
    sections = list(_measured(measures, which, subjects, named, state))
    from creditrules.testing import bench_page as page

    if form == "json":
        click.echo(page.to_json(sections))
    elif form == "markdown":
        click.echo(page.to_markdown(sections, state.words))
    else:
        from creditrules.cli._bench_table import tables
        from creditrules.deliver.table import console_for, print_parts

        print_parts(tables(sections, state.words), console_for(sys.stdout))


def _named(peers: str | None) -> list[str]:
    """Return the peers that are asked for.

    Raises:
        UsageError: CR597, there is no adapter for one.
    """
    if peers is None:
        return list(PEERS)
    named = [name.strip() for name in peers.split(",") if name.strip() not in ("", "none")]
    for name in named:
        if name not in PEERS:
            raise usage_error("CR597", name, known=", ".join(PEERS), **nearest(name, PEERS))
    return named


def _measured(
    measures: Measures, which: str, subjects: int, peers: list[str], state: State
) -> Iterator[Section | PopulationSection]:
    for name, measure in measures.items():
        if which in (name, BOTH):
            with (
                state.timed(f"bench {name}"),
                counting(sys.stderr, state.words(f"bench.running.{name}")) as told,
            ):
                yield measure(subjects, peers, told)


def _workload(subjects: int, peers: list[str], told: Told) -> Section:
    from creditrules.testing.bench_workload import bench_workload

    return bench_workload(subjects, peers, told=told)


def _shipped(subjects: int, peers: list[str], told: Told) -> Section:
    from creditrules import load_catalogue
    from creditrules.testing.bench_shipped import bench_shipped

    return bench_shipped(load_catalogue(), subjects, peers, told=told)


def _population_workload(subjects: int, peers: list[str], told: Told) -> PopulationSection:
    from creditrules.testing.bench_population import bench_population_workload

    return bench_population_workload(subjects, peers, told=told)


def _population_shipped(subjects: int, peers: list[str], told: Told) -> PopulationSection:
    from creditrules import load_catalogue
    from creditrules.testing.bench_population import bench_population_shipped

    return bench_population_shipped(load_catalogue(), subjects, told=told)


command = Command(
    "bench",
    _bench,
    [
        click.Option(["--subjects"], type=Number(1, None, whole=True), default=500, metavar="N"),
        click.Option(["--population"], type=Number(1, None, whole=True), metavar="N"),
        click.Option(["--peers"], metavar="NAMES"),
        click.Option(["--catalogue", "which"], type=OneOf(BOTH, WORKLOAD, SHIPPED), default=BOTH),
        format_option("table", "markdown", "json"),
    ],
)
