"""What a shell offers when Tab is pressed, and the scripts that make it ask us."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE = "_PAPERROUND_COMPLETE"
"""The environment variable by which a shell asks; click makes its name from the command's."""
SHELLS = ("bash", "zsh", "fish")


def script(shell: str, cli: click.Command) -> str:
    """Return the script that a shell reads at its start."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found  # noqa: S101 - click has one for each of ours
    return found(cli, {}, "paperround", VARIABLE).source()


def format_of(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Offer the names of formats for a flag."""
    return formats(incomplete)


def formats(incomplete: str) -> "list[CompletionItem]":
    """Offer the names of formats, importing none: a shell waits for the answer."""
    from click.shell_completion import CompletionItem

    from ..exporters import names

    return [CompletionItem(name) for name in names() if name.startswith(incomplete)]


def paths(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Leave it to the shell to offer files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]
