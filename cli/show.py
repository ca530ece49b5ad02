"""What the command line prints: diagnostics in three styles, and progress on a terminal."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

import click

from ..model import Code, Diagnostic, Severity
from ..model.text import plural
from ..publish import DistinctReport, Progress
from .arguments import Style
from .colour import COLOURS, paint
from .printable import printable

_above: dict[TextIO, Callable[[str], None]] = {}
"""How to print a line on a stream that a bar is drawn on at the moment."""

_last_run: list[set[int]] = []
"""What the last run reported, where only what is new in the next one shall be printed; else nothing."""

_GITHUB = {Severity.NOTE: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


class Diagnostics(DistinctReport):
    """Prints each diagnostic once, errors as they come and of each other kind one, and remembers how bad it was.

    A person reads the first of a kind and its count; a program, and whom the others matter, asks for all.
    """

    def __init__(self, style: Style, stream: TextIO) -> None:
        super().__init__(self._print)
        self.counts: Counter[Severity] = Counter()
        self._strict, self._quiet = style.strict, style.quiet
        self._all = style.verbose or style.strict or style.diagnostics != "text"
        self._write = {"text": self._text, "json": as_json, "github": github}[style.diagnostics]
        self._stream = stream
        self._first: dict[Code, Diagnostic] = {}
        self._kinds: Counter[Code] = Counter()
        self._before: set[int] = set()
        if _last_run:
            self._before, _last_run[0] = _last_run[0], self.hashes

    def end(self, counts: str = "", stream: TextIO | None = None) -> NoReturn:
        """Print what was held back, then the last line; exit with 1 for an error, or for a warning if strict."""
        for code, diagnostic in sorted(self._first.items(), key=lambda item: list(Severity).index(item[0].severity)):
            others = self._kinds[code] - 1
            tell(f"{self._text(diagnostic)}{f' (and {others:,} more)' if others else ''}", self._stream)
        if counts:
            print("; ".join(filter(None, [counts, self._summary()])), file=stream or sys.stderr)
        raise click.exceptions.Exit(
            int(bool(self.counts[Severity.ERROR] or (self._strict and self.counts[Severity.WARNING])))
        )

    def again(self, diagnostic: Diagnostic) -> None:
        """Print what an earlier run has reported: a note about what has not changed is only for whom all matters."""
        if self._all or diagnostic.code.severity is not Severity.NOTE:
            self(diagnostic)
        else:
            self.hashes.add(hash(diagnostic))

    def _summary(self) -> str:
        """Return how many there were of each severity that is printed, '' for none."""
        severities = [Severity.ERROR] if self._quiet else reversed(Severity)
        counted = [(self.counts[severity], severity.value) for severity in severities]
        hint = " (--verbose shows all)" if self._kinds.total() > len(self._kinds) else ""
        return ", ".join(plural(count, word) for count, word in counted if count) + hint

    def _print(self, diagnostic: Diagnostic) -> None:
        self.counts[diagnostic.code.severity] += 1
        if hash(diagnostic) in self._before:
            return
        if diagnostic.code.severity is Severity.ERROR or (self._all and not self._quiet):
            tell(self._write(diagnostic), self._stream)
        elif not self._quiet:
            self._first.setdefault(diagnostic.code, diagnostic)
            self._kinds[diagnostic.code] += 1

    def _text(self, diagnostic: Diagnostic) -> str:
        return text(diagnostic, paint(diagnostic.code.word, COLOURS[diagnostic.code.severity.value], self._stream))


def tell(line: str, stream: TextIO) -> None:
    """Print a line, above the bar where one is drawn."""
    if write := _above.get(stream):
        write(line)
    else:
        print(line, file=stream, flush=True)


@contextmanager
def only_new() -> Iterator[None]:
    """Print of each run but the first only what the run before it did not say."""
    _last_run.append(set())
    try:
        yield
    finally:
        _last_run.clear()


def text(diagnostic: Diagnostic, code: str = "") -> str:
    """Return `path:line: CODE message`, for eyes and editors; `code` is its code as it shall look."""
    path, line = printable(diagnostic.path), diagnostic.line
    place = f"{path}:{line}: " if line else f"{path}: " if path else ""
    return f"{place}{code or diagnostic.code.word} {printable(diagnostic.message)}"


def as_json(diagnostic: Diagnostic) -> str:
    """Return a JSON object on one line."""
    values = {
        "path": printable(diagnostic.path),
        "line": diagnostic.line,
        "code": diagnostic.code.word,
        "severity": diagnostic.code.severity.value,
        "message": printable(diagnostic.message),
    }
    return json.dumps(values, ensure_ascii=False)


def github(diagnostic: Diagnostic) -> str:
    """Return a GitHub Actions workflow command, which annotates the line."""
    place = "".join(
        [
            f" file={_property(diagnostic.path)}" * bool(diagnostic.path),
            f",line={diagnostic.line}" * bool(diagnostic.path and diagnostic.line),
            f"{',' if diagnostic.path else ' '}title={diagnostic.code.word}",
        ]
    )
    return f"::{_GITHUB[diagnostic.code.severity]}{place}::{_data(diagnostic.message)}"


@contextmanager
def progress(stream: TextIO, what: str = "issues", watch: Progress = lambda done, total: None) -> Iterator[Progress]:
    """Give a callback that draws a bar of what is counted on a terminal, and hands it on to `watch`.

    The bar is gone when all is done, for what comes then may be data for the same terminal.
    """
    if not stream.isatty():
        yield watch
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.text import Text

    console = Console(file=stream)
    with Bar(console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int) -> None:
            watch(done, total)
            bar.update(task, completed=done, total=total)
            if done >= total:
                bar.stop()

        _above[stream] = lambda line: console.print(Text.from_ansi(line), soft_wrap=True, highlight=False)
        try:
            yield step
        finally:
            del _above[stream]


def _data(message: str) -> str:
    return printable(message).replace("%", "%25")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
