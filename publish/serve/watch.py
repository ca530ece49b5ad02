"""Watching what a run reads, to run again when it changes."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

_LOOK = 200
"""Milliseconds between two looks at single files."""
_QUIET = 200
"""Milliseconds without a change that end a burst of them, such as a checkout."""


def changes(folders: Sequence[Path], files: Sequence[Path], output: Path, stop: Event) -> Iterator[None]:
    """Yield once when watching has begun, then whenever something below the folders or one of the files has changed.

    It ends when `stop` is set. Whoever reads after the first time misses nothing that changes from then on.

    Folders are watched by the operating system. Files are looked at: editors put a new file in the place of the old
    one, which a watch on the old one does not see, and the folder around them may be a whole home. What is hidden, as
    a scan does not read it, and the output, should it lie inside a source, are passed over.
    """
    from watchfiles import watch

    inside = _reads(folders, output)
    seen = [_stamp(path) for path in files]
    watched = watch(
        *folders,
        watch_filter=lambda _, path: inside(path),
        stop_event=stop,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    begun = False
    for found in watched:
        now = [_stamp(path) for path in files]
        if found or now != seen or not begun:
            begun, seen = True, now
            yield


def _reads(folders: Iterable[Path], output: Path) -> Callable[[str], bool]:
    """Return what tells of a path whether a scan of the folders would look at it."""
    roots = [folder.resolve() for folder in folders]
    written = output.resolve()

    def inside(path: str) -> bool:
        found = Path(path)
        if found.is_relative_to(written):
            return False
        below = [found.relative_to(root).parts for root in roots if found.is_relative_to(root)]
        return any(not part.startswith(".") for parts in below for part in parts[-1:]) and not any(
            part.startswith(".") for parts in below for part in parts[:-1]
        )

    return inside


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes with a file, None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
