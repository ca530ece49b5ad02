"""Python imports this at its start when the folder is in PYTHONPATH: it makes the machine a worse one.

PAPERROUND_RECORD names a folder that gets every file about to be renamed, in order, and a line for each change;
PAPERROUND_DIE_AT the change before which the process kills itself, as if the power had failed; PAPERROUND_BREAK_AT how
many bytes of a file called damaged.md can be read; PAPERROUND_CLOCK a seed for what the clocks say.
"""

import builtins
import errno
import io
import os
import random
import shutil
import signal
import sys
import time
from typing import Any

RECORD = os.environ.get("PAPERROUND_RECORD")
DIE_AT = int(os.environ.get("PAPERROUND_DIE_AT", "0"))
BREAK_AT = os.environ.get("PAPERROUND_BREAK_AT")
CLOCK = os.environ.get("PAPERROUND_CLOCK")
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class Hook:
    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, event: str, words: tuple[Any, ...]) -> None:
        if event not in CHANGES:
            return
        self.seen += 1
        if self.seen == DIE_AT:
            os.kill(os.getpid(), signal.SIGKILL)
        if RECORD and event in ("os.rename", "os.remove"):
            self._record(event, *map(os.fspath, words[: 2 if event == "os.rename" else 1]))

    def _record(self, event: str, *paths: str) -> None:
        number = f"{os.getpid()}-{self.seen}"
        if event == "os.rename":
            shutil.copyfile(paths[0], os.path.join(RECORD or "", number))
        with open(os.path.join(RECORD or "", "changes"), "a", encoding="utf-8") as file:
            file.write(f"{event} {number} {paths[-1]}\n")


class Damaged(io.FileIO):
    """A file on a disk that cannot read on from some place."""

    def readinto(self, buffer: Any) -> int:
        left = int(BREAK_AT or "0") - self.tell()
        if left <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().readinto(memoryview(buffer)[:left]) or 0

    def readall(self) -> bytes:
        data = b""
        while piece := self.read(4096):
            data += piece
        return data

    def read(self, size: int | None = -1, /) -> bytes:
        buffer = bytearray(4096 if size is None or size < 0 else size)
        return bytes(buffer[: self.readinto(buffer)])


def damaged_open(file: Any, mode: str = "r", *words: Any, **named: Any) -> Any:
    if isinstance(file, str | os.PathLike) and os.fspath(file).endswith("damaged.md") and mode == "rb":
        return io.BufferedReader(Damaged(os.fspath(file), "rb"))
    return _open(file, mode, *words, **named)


def jumping(clock: Any) -> Any:
    """Return a clock of `time` that goes from a year to any other, when it is not told for which time."""
    draw = random.Random(CLOCK)  # noqa: S311 - a test's

    def read(*given: Any) -> Any:
        if clock.__name__ in ("time", "time_ns"):
            return draw.randrange(0, 4_000_000_000) * (1 if clock.__name__ == "time" else 10**9)
        return clock(*(given or [draw.randrange(0, 4_000_000_000)]))

    return read


if RECORD or DIE_AT:
    sys.addaudithook(Hook())
if BREAK_AT:
    _open = io.open
    io.open = builtins.open = damaged_open  # pathlib calls the first
if CLOCK:
    for name in ("time", "time_ns", "localtime", "gmtime", "ctime"):
        setattr(time, name, jumping(getattr(time, name)))
