"""The page of the command line, from the help of every command."""

from __future__ import annotations

from click import Context

from creditrules.cli import main as program
from creditrules.cli._state import State

WIDTH = 100


def page() -> str:
    """Return the help of the program and of every command, in English."""
    root = _context()
    parts = ["## creditrules", _block(program.get_help(root))]
    for name in program.list_commands(root):
        command = program.get_command(root, name)
        assert command is not None
        context = Context(command, info_name=name, parent=root, terminal_width=WIDTH, max_content_width=WIDTH)
        parts += [f"## creditrules {name}", _block(command.get_help(context))]
    return "\n\n".join(parts)


def _context() -> Context:
    return Context(
        program, info_name="creditrules", obj=State("en"), terminal_width=WIDTH, max_content_width=WIDTH
    )


def _block(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(["```text", *lines, "```"])
