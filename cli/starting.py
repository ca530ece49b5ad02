"""`init`: three questions, and the files that their answers make."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from ..model import UsageError
from ..publish import start
from ..publish.start import Answers


def init(folder: Path, title: str | None, base_url: str | None, digests: str | None, yes: bool, force: bool) -> None:
    """Write what starts a series in a folder, asking on a terminal for what no flag says."""
    guessed = start.guess(folder)
    given = Answers(title or guessed.title, base_url or guessed.base_url, digests or guessed.digests)
    if not yes and sys.stdin is not None and sys.stdin.isatty():
        given = _asked(given, title is None, base_url is None, digests is None)
    texts = start.files(folder, given)
    start.write(folder, texts, force)
    for name in texts:
        click.echo(f"wrote {folder / name}")
    _say_what_is_next(folder, given)


def _asked(given: Answers, title: bool, base_url: bool, digests: bool) -> Answers:
    """Ask what no flag has answered, until the answer will do."""
    if title:
        given = _ask("Title of the series", given.title, lambda answer: replace(given, title=answer))
    if base_url:
        # Ours in any case: an empty answer leaves it open.
        given = _ask(
            "Address it will be published at",
            given.base_url or "",
            lambda answer: replace(given, base_url=answer or None),
        )
    if digests:
        given = _ask("Folder of the digests", given.digests, lambda answer: replace(given, digests=answer))
    return given


def _ask(question: str, default: str, answered: Callable[[str], Answers]) -> Answers:
    def take(answer: str) -> Answers:
        found = answered(answer.strip())
        try:
            start.checked(found)
        except UsageError as error:
            raise click.BadParameter(str(error).partition(": ")[2]) from None
        return found

    answer: Answers = click.prompt(question, default=default, value_proc=take, show_default=bool(default), err=True)
    return answer


def _say_what_is_next(folder: Path, given: Answers) -> None:
    here = folder / given.digests
    if start.digests_in(folder) is None:
        click.echo(f"There is no digest yet: put the first into {here}.")
    if given.base_url is None:
        click.echo(
            "Links between files need base_url in paperround.toml; the workflow takes the address of GitHub Pages."
        )
    top = start.top(folder)
    if top and top.resolve() != folder.resolve():
        click.echo(f"GitHub reads workflows at the top of a repository only: move {start.WORKFLOW} to {top}.")
    click.echo(f"Look at it: paperround serve {here}")
    click.echo('Publish it: choose "GitHub Actions" in Settings, Pages, Source; then commit these files and push.')
