"""Temporary files and folders: all are made here, so that none follows a link that somebody has laid in its place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .errors import OutputError

_PREFIX = "paperround-"


def new_file(path: str | Path) -> IO[bytes]:
    """Create a file and open it; what is left there from a run that died goes. Raises OSError."""
    try:
        return open(path, "x+b")
    except FileExistsError:
        os.unlink(path)
        return open(path, "x+b")


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes a place when the block ends, whole and on the disk; an error throws it away.

    Raises OSError. Two processes may write the same place: the last one stays.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with new_file(temporary) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Make a folder that goes with the context; raises OutputError where no temporary folder can be written."""
    with _explained():
        made = tempfile.TemporaryDirectory(prefix=_PREFIX)
    with made as name:
        yield Path(name)


def passing_file() -> tuple[IO[bytes], Path]:
    """Create a file, open it, and leave it to the caller to remove it; raises OutputError."""
    with _explained():
        number, name = tempfile.mkstemp(prefix=_PREFIX)
    return open(number, "w+b"), Path(name)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or error
        raise OutputError(f"no temporary folder can be written ({why}); let TMPDIR name one that can") from error
