"""CLI: whether the packages behind a command are installed, told before it begins."""

from __future__ import annotations

from creditrules._interrupts import held
from creditrules.cli._usage import usage_error


def check_population_installed(command: str) -> None:
    """Load the packages that decide populations, or say so when one is missing.

    Raises:
        UsageError: CR497, with the name of the package.
    """
    for package in ("numpy", "polars", "pyarrow.dataset", "pyarrow.parquet"):
        try:
            with held():
                __import__(package)
        except ImportError:
            name = package.partition(".")[0]
            raise usage_error("CR497", command, package=name, extra="population") from None
