"""The commands. Nothing heavy is imported before a command runs, so that `--help` answers at once."""

import errno
import io
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import click

from . import arguments, completion
from .colour import COLOURS, paint
from .formats import Formats
from .group import Commands, examples
from .printable import printable
from .signals import Ended, ignore_all, raise_ended

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What a stream or a temporary folder answers that takes no more."""


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=examples(
        "paperround init",
        "paperround serve digests",
        "paperround build digests -o public --base-url https://example.org/papers",
    ),
)
@click.version_option(package_name="paperround", message="%(prog)s %(version)s")
def paperround() -> None:
    """Publish Markdown daily-papers digests as feeds, EPUB issues, BibTeX and tables.

    A SOURCE is a digest file, a folder that is searched for digests, a papers.jsonl or another file
    that a reader takes, or - for standard input.
    """


@paperround.command(
    short_help="Write a configuration and a workflow.",
    epilog=examples(
        "paperround init",
        'paperround init notes --title "Daily Papers" --base-url https://example.org/papers --yes',
    ),
)
@click.argument("folder", type=arguments.NamedPath(), default=".")
@click.option("--title", metavar="TEXT", help="Title of the series.")
@click.option("--base-url", metavar="URL", help="Address under which it will be published.")
@click.option("--digests", metavar="DIR", help="Where the digests lie, inside FOLDER.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; guess what no flag says.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
def init(folder: Path, title: str | None, base_url: str | None, digests: str | None, yes: bool, force: bool) -> None:
    """Write paperround.toml and a workflow that publishes on GitHub Pages every day.

    Asks for a title, an address and where the digests lie, with what FOLDER tells as a guess. Where there is no
    terminal to ask on, the guesses are taken.
    """
    from . import starting

    starting.init(folder, title, base_url, digests, yes, force)


@paperround.command(
    short_help="Publish digests into a folder.",
    epilog=examples(
        "paperround build digests -o public --base-url https://example.org/papers",
        "paperround build digests -o public --format atom --format epub",
        "paperround build digests -o public --previous https://example.org/papers",
    ),
)
@arguments.sources
@click.option("-o", "--output", required=True, type=arguments.NamedPath(), help="Folder to publish into.")
@click.option(
    "--format",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=completion.format_of,
    help="Write only this format; may be repeated.",
)
@arguments.how
@arguments.settings
@arguments.style
def build(
    sources: tuple[str, ...],
    output: Path,
    names: tuple[str, ...],
    how: arguments.How,
    settings: arguments.Settings,
    style: arguments.Style,
) -> None:
    """Publish digests into a folder, in every installed format.

    Options come from paperround.toml in the working folder, or from the file that --config names. A build makes only
    what has changed since the last one. If there is much to do, it uses all cores.
    """
    from . import commands

    if settings.config is None and style.diagnostics == "text" and not style.quiet:
        commands.tell_unread_config()
    commands.build(sources, output, names, how, settings, style)


@paperround.group(
    cls=Formats,
    subcommand_metavar="FORMAT SOURCE... [OPTIONS]",
    short_help="Write one format.",
    epilog=examples("paperround export bibtex digests > papers.bib", "paperround export epub digests -o books/"),
)
def export() -> None:
    """Write one format: to standard output, a file or a folder."""


@paperround.command(
    short_help="Collect arXiv's own records of the papers.",
    epilog=examples(
        "paperround metadata digests -o arxiv.jsonl",
        "paperround build digests --metadata arxiv.jsonl -o public",
    ),
)
@arguments.sources
@click.option(
    "-o",
    "--output",
    required=True,
    type=arguments.NamedPath(),
    metavar="FILE",
    help="File to complete.",
)
@click.option(
    "--snapshot", type=arguments.NamedPath(), metavar="FILE", help="Read Kaggle's arXiv snapshot and ask nobody."
)
@arguments.style
def metadata(sources: tuple[str, ...], output: Path, snapshot: Path | None, style: arguments.Style) -> None:
    """Collect arXiv's own records of the papers, which know the true order of authors.

    It asks arXiv for a hundred papers every three seconds, and only for papers that the file lacks. After an
    interruption, the next run goes on from there. Commit the file beside the digests.
    """
    from . import commands

    commands.metadata(sources, output, snapshot, style)


@paperround.command(
    short_help="Print what is odd about digests.",
    epilog=examples(
        "paperround check digests",
        "paperround check digests --since 2024-05-01 --strict",
        "paperround check --explain digests/2024-05-03.md",
    ),
)
@arguments.sources
@click.option("--explain", is_flag=True, help="Print how each file is read: which headings, dates and columns.")
@arguments.span
@arguments.style
def check(sources: tuple[str, ...], explain: bool, span: arguments.Dates, style: arguments.Style) -> None:
    """Read digests, and print counts and what is odd. Writes nothing."""
    from . import commands

    commands.check(sources, span, style, explain)


@paperround.command(
    short_help="Show a build on this machine, and renew it.",
    epilog=examples("paperround serve digests", "paperround serve digests -o preview --port 8080"),
)
@arguments.sources
@click.option("-o", "--output", type=arguments.NamedPath(), metavar="DIR", help="Build into this folder and keep it.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to serve on; 0 for any."
)
@arguments.settings
@arguments.verbose
@arguments.quiet
def serve(
    sources: tuple[str, ...],
    output: Path | None,
    port: int,
    settings: arguments.Settings,
    verbose: bool,
    quiet: bool,
) -> None:
    """Show what a build publishes at http://127.0.0.1:8000/, and build again when a digest changes.

    Only programs on this machine can see it, such as feed readers and e-reader software. Links lead to that address,
    and not to the base_url of the configuration. Ctrl-C ends it.
    """
    from . import commands, serving

    style = arguments.Style(strict=False, diagnostics="text", verbose=verbose, quiet=quiet)

    def run(root: Path, address: str, watch: Callable[[int, int], None]) -> None:
        there = replace(settings, base_url=address)
        commands.build(sources, root, (), arguments.How(), there, style, watch)

    serving.serve(sources, output, port, settings, run)


@paperround.command(short_help="Tell the WebSub hub what has changed.", epilog=examples("paperround ping public"))
@click.argument("folder", type=arguments.NamedPath())
@arguments.config
@arguments.base_url
def ping(folder: Path, config: Path | None, base_url: str | None) -> None:
    """Tell the WebSub hub which feeds of a published FOLDER have changed since the last ping.

    Run it after you upload the folder. hub and base_url come from the table [series].
    """
    from . import commands

    commands.ping(folder, config, base_url)


@paperround.command(short_help="List the installed formats.", epilog=examples("paperround formats"))
def formats() -> None:
    """List the installed formats: name, one sentence, the files they write."""
    from . import commands

    commands.formats()


@paperround.command(
    short_help="Print the JSON Schema of papers.jsonl.", epilog=examples("paperround schema > papers.schema.json")
)
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) of a line of papers.jsonl."""
    from ..model.schema import json_schema

    click.echo(json_schema(), nl=False)


@paperround.command(
    "completion",
    short_help="Print what makes a shell complete words.",
    epilog=examples('eval "$(paperround completion bash)"'),
)
@click.argument("shell", type=click.Choice(completion.SHELLS))
def complete(shell: str) -> None:
    """Print what makes a shell complete commands, formats and flags when Tab is pressed.

    \b
    Put one of these where your shell starts:
      ~/.bashrc                   eval "$(paperround completion bash)"
      ~/.zshrc                    eval "$(paperround completion zsh)"
      ~/.config/fish/config.fish  paperround completion fish | source
    """
    click.echo(completion.script(shell, paperround), nl=False)


def main() -> None:
    """Run the command line and exit with its status."""
    if sys.stderr is None:  # `2>&-`: what there is to say goes nowhere
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may not know Hangul
    raise_ended()
    try:
        status = run(sys.argv[1:])
    except Ended as error:
        _refuse(str(error))
        status = 128 + error.number
    ignore_all()
    sys.exit(status)


def run(words: list[str]) -> int:
    """Run the words of a command line and return the exit status."""
    try:
        status = int(paperround.main(words, prog_name="paperround", standalone_mode=False) or 0)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except click.Abort:
        _refuse("interrupted")
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.MissingParameter as error:
        command = error.ctx.command_path if error.ctx else "paperround"
        return _refuse(f"{error.format_message()} `{command} --help` shows an example.")
    except click.ClickException as error:
        return _refuse(error.format_message())
    except BrokenPipeError:
        _drop(sys.stdout)  # the reader has had enough
        return 1
    except Exception as error:
        from ..model import PaperroundError

        if isinstance(error, OSError) and error.errno in _FULL:
            _drop(sys.stdout)
            return _refuse(f"cannot write: {error.strerror}")
        if not isinstance(error, PaperroundError):
            raise
        return _refuse(str(error))


def _refuse(message: str) -> int:
    """Say in one line what is wrong."""
    name = paint("paperround:", COLOURS["error"], sys.stderr)
    try:
        click.echo(f"{name} {printable(' '.join(message.split()))}", err=True, color=True)
    except OSError:
        _drop(sys.stderr)
    return 2


def _drop(stream: TextIO) -> None:
    """Send nowhere what a stream still holds, for Python writes that at exit (docs: library/signal, SIGPIPE)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
