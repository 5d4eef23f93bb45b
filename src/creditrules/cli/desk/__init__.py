"""CLI: `creditrules desk`: the desk of one office, from initiating to closing."""

from __future__ import annotations

from creditrules.cli._command import lang_option
from creditrules.cli._folder import CommandFolder


class DeskFolder(CommandFolder):
    """The commands of the desk."""

    package = "creditrules.cli.desk"
    key = "desk"
    below = "desk."


command = DeskFolder("desk", params=[lang_option()])
