"""The group of all commands, and the examples below their help."""

import click


class Commands(click.Group):
    """Lists commands in the order in which people come to need them, and tells the nearest of an unknown one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing:
            from ..model import UsageError, nearest

            raise UsageError(f"there is no command {cmd_name!r}{nearest(cmd_name, self.commands)}")
        return found


def examples(*lines: str) -> str:
    """Return an epilog that shows command lines as they are written."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
