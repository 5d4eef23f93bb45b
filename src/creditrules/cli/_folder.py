"""CLI: a folder of commands: each module in it that has no underscore before its name is a command."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import click

from creditrules.cli import _usage
from creditrules.cli._command import write_help
from creditrules.cli._state import USAGE, state_of


class CommandFolder(click.Group):
    """A command whose commands are the modules of a package; each is imported when it is needed."""

    package = "creditrules.cli"
    # Where the words of its help stand, and what stands before those of its commands.
    key = "program"
    below = ""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        modules = pkgutil.iter_modules(import_module(self.package).__path__)
        return sorted(m.name.replace("_", "-") for m in modules if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command when it is needed."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"{self.package}.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; a folder without a command shows what is in it."""
        if not args and not self.invoke_without_command:
            click.echo(ctx.get_help())
            ctx.exit(USAGE)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command a command line names.

        Raises:
            UsageError: CR551, there is none of that name.
        """
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            near = _usage.nearest(args[0], self.list_commands(ctx))
            raise _usage.usage_error("CR551", args[0], program=ctx.command_path, **near)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the run."""
        words = state_of(ctx).words
        shorts = [(name, words(f"cli.{self.below}{name}.short")) for name in self.list_commands(ctx)]
        write_help(self, ctx, formatter, self.key, shorts)
