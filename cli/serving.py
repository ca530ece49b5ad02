"""`serve`: build, show over HTTP, and build again when something changes."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event

import click

from ..model import PaperroundError, UsageError
from ..model.errors import no_such_path
from ..model.temporary import passing_folder
from ..publish import Progress
from ..publish.config import FILE
from ..publish.config import read as read_config
from ..publish.serve.reload import Reload
from ..publish.serve.site import Site
from ..publish.serve.watch import changes
from .arguments import Settings
from .colour import COLOURS, paint
from .printable import printable
from .show import only_new, tell

Build = Callable[[Path, str, Progress], None]
"""Publishes into a folder, as what stands at a base URL, and tells how far it is; raises what `build` raises."""


def serve(words: tuple[str, ...], output: Path | None, port: int, settings: Settings, build: Build) -> None:
    """Publish, serve and watch until interrupted, which is the way to end it and no failure."""
    folders, files = _watched(words, settings)
    with suppress(KeyboardInterrupt), _terminable(), ExitStack() as stack:
        root = output or stack.enter_context(passing_folder())
        root.mkdir(parents=True, exist_ok=True)
        reload = Reload()
        site = Site(root, port, lambda line: tell(printable(line), sys.stderr), reload)
        stack.enter_context(only_new())
        stack.enter_context(site.running())
        address = settings.base_url or site.address
        changed = changes(folders, files, root, Event())
        next(changed)
        tell(f"serving {root} at {site.address}/ until Ctrl-C", sys.stderr)
        make = partial(build, root, address, reload.step)
        _status(make)
        reload.finish()
        for _ in changed:
            _again(make)
            reload.finish()


def _watched(words: tuple[str, ...], given: Settings) -> tuple[list[Path], list[Path]]:
    """Return the folders and files that a build reads; raises UsageError for what it cannot read again and again."""
    for word in words:
        if word != "-" and not os.path.exists(word):
            raise no_such_path(word)
        if word == "-" or not (Path(word).is_dir() or Path(word).is_file()):
            raise UsageError(f"{word} can be read only once, and serve reads again whenever something changes")
    sources = [Path(word) for word in words]
    metadata = given.metadata or read_config(given.config).metadata
    files = [path for path in sources if not path.is_dir()]
    return [path for path in sources if path.is_dir()], [*files, given.config or Path(FILE), *filter(None, [metadata])]


def _status(make: Callable[[], None]) -> None:
    """Build; what could not be kept has been told, and is no reason not to look at the rest."""
    with suppress(click.exceptions.Exit):
        make()


def _again(make: Callable[[], None]) -> None:
    """Build anew; when that fails, say why and go on with what there is."""
    try:
        _status(make)
    except PaperroundError as error:
        name = paint("paperround:", COLOURS["error"], sys.stderr)
        tell(f"{name} {error}; still serving what was built before", sys.stderr)


@contextmanager
def _terminable() -> Iterator[None]:
    """Take a polite request to end (SIGTERM) for Ctrl-C, so that the temporary folder goes, too."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
