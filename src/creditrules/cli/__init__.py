"""CLI: one file per command; `main` is what the console script calls.

A module of this package whose name has no leading underscore is a command; it holds it as `command`.
"""

from creditrules.cli._program import Program

main = Program("creditrules")

__all__ = ["main"]
