"""CLI: whether the packages behind a command are installed, told before it begins."""

from __future__ import annotations

from creditrules.cli._usage import usage_error


def check_population_installed(command: str) -> None:
    """Say so when a package that decides populations is missing.

    Raises:
        UsageError: CR497, with the name of the package.
    """
    for package in ("numpy", "polars", "pyarrow"):
        try:
            __import__(package)
        except ImportError:
            raise usage_error("CR497", command, package=package, extra="population") from None
