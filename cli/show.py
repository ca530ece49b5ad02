"""What the command line prints: diagnostics in three styles, and progress on a terminal."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from ..model import Diagnostic, Severity
from ..model.text import plural
from ..publish import Once, Progress
from .colour import COLOURS, paint
from .printable import printable

_above: dict[TextIO, Callable[[str], None]] = {}
"""How to print a line on a stream that a bar is drawn on at the moment."""

_last_run: list[set[int]] = []
"""What the last run said, where only what is new in the next one shall be printed; else nothing."""

_GITHUB = {Severity.NOTE: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


class Diagnostics(Once):
    """Prints each diagnostic once, as it comes, and remembers how bad it was."""

    def __init__(self, style: str, stream: TextIO) -> None:
        super().__init__(self._print)
        self.counts: Counter[Severity] = Counter()
        self._write = {"text": self._text, "json": as_json, "github": github}[style]
        self._stream = stream
        self._before: set[int] = set()
        if _last_run:
            self._before, _last_run[0] = _last_run[0], self.told

    def status(self, strict: bool) -> int:
        """Return the exit status: 1 for an error, and for a warning if strict."""
        return int(bool(self.counts[Severity.ERROR] or (strict and self.counts[Severity.WARNING])))

    def summary(self) -> str:
        """Return how many there were of each severity, '' for none."""
        counted = [(self.counts[severity], severity.value) for severity in reversed(Severity)]
        return ", ".join(plural(count, word) for count, word in counted if count)

    def _print(self, said: Diagnostic) -> None:
        self.counts[said.code.severity] += 1
        if hash(said) not in self._before:
            tell(self._write(said), self._stream)

    def _text(self, said: Diagnostic) -> str:
        return text(said, paint(said.code.word, COLOURS[said.code.severity.value], self._stream))


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


def text(said: Diagnostic, code: str = "") -> str:
    """Return `path:line: CODE message`, for eyes and editors; `code` is its code as it shall look."""
    place = f"{printable(said.path)}:{said.line}: " if said.line else f"{printable(said.path)}: " if said.path else ""
    return f"{place}{code or said.code.word} {printable(said.message)}"


def as_json(said: Diagnostic) -> str:
    """Return a JSON object on one line."""
    values = {
        "path": printable(said.path),
        "line": said.line,
        "code": said.code.word,
        "severity": said.code.severity.value,
        "message": printable(said.message),
    }
    return json.dumps(values, ensure_ascii=False)


def github(said: Diagnostic) -> str:
    """Return a GitHub Actions workflow command, which annotates the line."""
    place = "".join(
        [
            f" file={_property(said.path)}" * bool(said.path),
            f",line={said.line}" * bool(said.path and said.line),
            f"{',' if said.path else ' '}title={said.code.word}",
        ]
    )
    return f"::{_GITHUB[said.code.severity]}{place}::{_data(said.message)}"


@contextmanager
def progress(stream: TextIO, what: str = "issues") -> Iterator[Progress]:
    """Give a callback that draws a bar of what is counted on a terminal and does nothing in a pipe.

    The bar is gone when all is done, for what comes then may be data for the same terminal.
    """
    if not stream.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.text import Text

    console = Console(file=stream)
    with Bar(console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int) -> None:
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
