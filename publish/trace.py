"""What a worker process is at, written down for the one who has to say it when the process is dead."""

import os
from pathlib import Path


class Trace:
    """A file in a folder, named by the process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / str(os.getpid())

    def write(self, part: str) -> None:
        """Tell which part is begun."""
        self._path.write_text(part, encoding="utf-8")


def last_words(folder: Path, process: int) -> str | None:
    """Return the part that a process was at, None if it was at none."""
    try:
        return (folder / str(process)).read_text(encoding="utf-8")
    except OSError:
        return None
