"""Arguments and options that several commands share; what belongs together arrives as one value."""

import datetime
import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import click

from . import completion

F = TypeVar("F", bound=Callable[..., Any])
Decorator = Callable[[F], F]
Date = datetime.date | None

STYLES = ("text", "json", "github")


@dataclass(frozen=True)
class Settings:
    """What a run goes by, and what it looks things up in."""

    config: Path | None
    base_url: str | None
    metadata: Path | None
    cache: Path | None


@dataclass(frozen=True)
class Style:
    """How diagnostics are printed, how many of them, and which count as a failure."""

    strict: bool
    diagnostics: str
    verbose: bool
    quiet: bool


@dataclass(frozen=True)
class How:
    """How to build: what to do with what is published already, and who does it."""

    prune: bool = False
    force: bool = False
    previous: str | None = None
    jobs: int | None = None
    cluster: str | None = None
    adopt: bool = False


@dataclass(frozen=True)
class Dates:
    """The first and the last day that are asked for."""

    since: Date
    until: Date


@dataclass(frozen=True)
class Chosen:
    """Which papers are asked for."""

    ids: tuple[str, ...]
    min_votes: int | None


class DateType(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions only
    """A date as digests write it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Return the date; click calls this with the word that was typed."""
        try:
            return datetime.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
        except ValueError:
            self.fail(f"{value!r} is not a date: write it like 2024-05-03", param, ctx)


class CountType(click.IntRange):
    """A whole number from a least one on."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; click calls this with the word that was typed."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"{value!r} is not a whole number from {self.min} on: write it like 30", param, ctx)


class NamedPath(click.Path):
    """A path that has a name: '' is what a variable that is not set gives, and pathlib's working folder."""

    def __init__(self, kind: type[str] | type[Path] = Path) -> None:
        super().__init__(path_type=kind)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; click calls this with the word that was typed."""
        if value == "":
            self.fail("'' names no file or folder", param, ctx)
        return super().convert(value, param, ctx)


def _bare_ids(context: click.Context, parameter: click.Parameter, written: tuple[str, ...]) -> tuple[str, ...]:
    if not written:
        return ()
    from ..publish.build.selection import bare_id

    try:
        return tuple(map(bare_id, written))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def gathered(name: str, kind: type, *options: Decorator[Any]) -> Decorator[F]:
    """Return a decorator that adds options and hands their values over as one, a dataclass with their names."""

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def run(**given: Any) -> Any:
            taken = {field.name: given.pop(field.name) for field in fields(kind)}
            return command(**given, **{name: kind(**taken)})

        added: Any = run
        for option in reversed(options):
            added = option(added)
        return added  # type: ignore[no-any-return]

    return decorate


sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=completion.paths)
config = click.option("--config", type=NamedPath(), metavar="FILE", help="Read options from this file.")
base_url = click.option("--base-url", metavar="URL", help="Address under which the output folder is published.")
cache = click.option(
    "--cache",
    type=NamedPath(),
    metavar="DIR",
    help="Folder that keeps the pictures of papers, once fetched.  [default: .paperround-cache]",
)
metadata = click.option(
    "--metadata",
    type=NamedPath(),
    metavar="FILE",
    help="Take authors and more from this file of arXiv's records, which `paperround metadata` makes.",
)
adopt = click.option("--adopt", is_flag=True, help="Replace files of others that are in the way.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Print every diagnostic, not one of each kind.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Print only errors.")

settings: Decorator[Any] = gathered("settings", Settings, config, base_url, metadata, cache)
style: Decorator[Any] = gathered(
    "style",
    Style,
    click.option("--strict", is_flag=True, help="Exit with status 1 on warnings, too; print every diagnostic."),
    click.option(
        "--diagnostics", type=click.Choice(STYLES), default="text", show_default=True, help="How to print diagnostics."
    ),
    verbose,
    quiet,
)
span: Decorator[Any] = gathered(
    "span",
    Dates,
    click.option(
        "--since", type=DateType(), metavar="DATE", help="Leave out issues before this day, such as 2024-05-03."
    ),
    click.option("--until", type=DateType(), metavar="DATE", help="Leave out issues after this day."),
)
how: Decorator[Any] = gathered(
    "how",
    How,
    click.option("--prune", is_flag=True, help="Remove files of earlier runs that nothing makes any more."),
    click.option("--force", is_flag=True, help="Make everything again."),
    click.option(
        "--previous", metavar="DIR|URL", help="If the output folder is empty, first take over what is published there."
    ),
    adopt,
    click.option("--jobs", type=CountType(1), metavar="N", help="Share the work between N processes."),
    click.option("--cluster", metavar="ADDRESS", help="Share the work between the workers of this dask scheduler."),
)
criteria: Decorator[Any] = gathered(
    "chosen",
    Chosen,
    click.option(
        "--id", "ids", multiple=True, metavar="ID", callback=_bare_ids, help="Only this arXiv id; may be repeated."
    ),
    click.option("--min-votes", type=CountType(0), metavar="N", help="Only papers with at least N votes."),
)
