"""What a worker process is at, written down for the one who has to say it when the process is dead."""

import os
from pathlib import Path


class Trace:
    """A file in a folder, named by the process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / str(os.getpid())
        self._path.touch()

    def write(self, part: str) -> None:
        """Tell which part is begun; the line is never half there, for a kill may come at any time."""
        with self._path.open("r+b", buffering=0) as file:
            file.write(f"{part}\n".encode())


def last_words(folder: Path, process: int) -> str | None:
    """Return the part that a process was at, None if it was at none."""
    try:
        line = (folder / str(process)).read_text(encoding="utf-8").partition("\n")[0]
    except OSError:
        return None
    return line or None
