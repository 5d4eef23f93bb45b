"""Run every benchmark and print medians against their targets; `--write` keeps them in RESULTS.md."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.measuring import Result, table

NAMES = (
    *("load", "decide", "match", "peers", "procedure", "growth", "cli", "desk"),
    *("policy", "policy_mutation", "site", "population", "impact", "spark"),
)
KEPT = Path(__file__).with_name("RESULTS.md")


def main(arguments: list[str]) -> int:
    """Run the benchmarks that are named, all of them by default."""
    wanted = [name for name in arguments if not name.startswith("-")] or list(NAMES)
    found: list[Result] = []
    for name in wanted:
        print(f"measuring {name} …", file=sys.stderr)
        found += import_module(f"benchmarks.bench_{name}").results()
    print(table(found))
    if "--write" in arguments:
        KEPT.write_text(_page(found), "utf-8")
    missed = [r.what for r in found if not r.is_met]
    print(f"\n{len(missed)} of {sum(r.target is not None for r in found)} targets missed")
    return 0


def _page(found: list[Result]) -> str:
    python, machine = platform.python_version(), platform.machine()
    return (
        "# Benchmark results\n\n"
        "Medians of processor time, written by `python -m benchmarks.run --write`.\n"
        "Machines differ, so read ratios, not digits.\n"
        f"CPython {python}, {platform.system()} {machine}.\n"
        "The dossier is `examples/dossiers/fengyuan-two-listings.yaml`"
        " (one enterprise, two listings, four role holders), the day 2018-12-20.\n\n"
        f"{table(found)}\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
