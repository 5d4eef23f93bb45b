"""The page of the command line, from the help of every command."""

from __future__ import annotations

from collections.abc import Iterator

from click import Context

from creditrules.cli import main as program
from creditrules.cli._folder import CommandFolder
from creditrules.cli._state import State

WIDTH = 100


def page() -> str:
    """Return the help of the program and of every command, in English."""
    return "\n\n".join(_parts(program, _context(), "creditrules"))


def _parts(folder: CommandFolder, context: Context, title: str) -> Iterator[str]:
    yield f"## {title}"
    yield _block(folder.get_help(context))
    for name in folder.list_commands(context):
        command = folder.get_command(context, name)
        assert command is not None
        inside = Context(
            command, info_name=name, parent=context, terminal_width=WIDTH, max_content_width=WIDTH
        )
        if isinstance(command, CommandFolder):
            yield from _parts(command, inside, f"{title} {name}")
        else:
            yield f"## {title} {name}"
            yield _block(command.get_help(inside))


def _context() -> Context:
    return Context(
        program, info_name="creditrules", obj=State("en"), terminal_width=WIDTH, max_content_width=WIDTH
    )


def _block(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(["```text", *lines, "```"])
