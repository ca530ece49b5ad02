"""Arguments and options that several commands share."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from . import completion

F = TypeVar("F", bound=Callable[..., Any])
Date = datetime.datetime | None

STYLES = ("text", "json", "github")

sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=completion.paths)
config = click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Read options from this file.")
base_url = click.option("--base-url", metavar="URL", help="Address under which the output folder is published.")
cache = click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder that keeps the pictures of papers, once fetched.  [default: .paperround-cache]",
)
metadata = click.option(
    "--metadata",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take authors and more from this file of arXiv's records, which `paperround metadata` makes.",
)
strict = click.option("--strict", is_flag=True, help="Exit with status 1 on warnings, too.")
diagnostics = click.option(
    "--diagnostics", type=click.Choice(STYLES), default="text", show_default=True, help="How to print diagnostics."
)


def span(command: F) -> F:
    """Add `--since` and `--until`, both dates included."""
    day = click.DateTime(["%Y-%m-%d"])
    command = click.option("--until", type=day, metavar="DATE", help="Leave out issues after this day.")(command)
    return click.option("--since", type=day, metavar="DATE", help="Leave out issues before this day.")(command)


def criteria(command: F) -> F:
    """Add `--id` and `--min-votes`."""
    votes = click.option("--min-votes", type=click.IntRange(0), metavar="N", help="Only papers with at least N votes.")
    ids = click.option(
        "--id", "ids", multiple=True, metavar="ID", callback=_bare_ids, help="Only this arXiv id; may be repeated."
    )
    return ids(votes(command))


def _bare_ids(context: click.Context, parameter: click.Parameter, written: tuple[str, ...]) -> tuple[str, ...]:
    if not written:
        return ()
    from ..publish.build.selection import bare_id

    try:
        return tuple(map(bare_id, written))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
