"""Where a run may write: beside what it reads, not into it."""

import os
from collections.abc import Iterable
from pathlib import Path

from ...model import UsageError
from . import manifest


def check_destination(root: Path, sources: Iterable[Path], adopt: bool = False) -> None:
    """Raise UsageError for an output that is a source, holds one, or lies in one and may hold files that are read.

    A folder of its own below a source may be published into while it holds nothing but what we wrote.
    """
    if not str(root):
        raise UsageError("'' is no folder to write into")
    here = Path(os.path.realpath(root))
    for source in sources:
        there = Path(os.path.realpath(source))
        if here == there:
            raise UsageError(f"{root} is a source; write into another folder")
        if there.is_relative_to(here):
            raise UsageError(f"{root} holds the source {source}; write into a folder beside it")
        if here.is_relative_to(there) and not adopt and not _is_free(here):
            raise UsageError(f"{root} lies in the source {source} and holds files that are not ours; choose another")


def _is_free(root: Path) -> bool:
    names = os.listdir(root) if root.is_dir() else []
    return manifest.NAME in names or all(name.startswith(".paperround") for name in names)
