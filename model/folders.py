"""The files of a folder that may be sources; a folder's contents are nobody's we trust."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

PUBLISHED = ".paperround.json"
"""The manifest of a folder that a build has written: what it holds was made from sources and is none."""

Refuse = Callable[[str, str], None]
"""Takes a path relative to the folder, with `/`, and why it was left out."""


def documents(folder: Path, endings: tuple[str, ...], refuse: Refuse) -> list[str]:
    """Return the relative paths of the files whose names have one of the endings, at any depth.

    Hidden ones, links to folders, and what a build has published below the folder are not entered; a link out of the
    folder would publish what lies elsewhere.
    Sorted, but a README last: it repeats the newest digest, and the issue's place is the digest's own file.
    """
    found = list(_files(folder, endings, refuse))
    return sorted(found, key=lambda path: (path.rpartition("/")[2].lower().startswith("readme."), path))


def _files(folder: Path, endings: tuple[str, ...], refuse: Refuse) -> Iterator[str]:
    real = os.path.realpath(folder)
    waiting = [""]
    while waiting:  # os.walk runs out of stack at a thousand levels before Python 3.12
        inside = waiting.pop()
        try:
            with os.scandir(os.path.join(folder, inside)) as scanned:
                entries = sorted(scanned, key=_name)
                if inside and any(entry.name == PUBLISHED for entry in entries):
                    continue
                for entry in entries:
                    path = f"{inside}{entry.name}"
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{path}/")
                    elif entry.name.lower().endswith(endings) and _is_inside(entry, real, path, refuse):
                        yield path
        except OSError as error:
            refuse(inside or ".", error.strerror or str(error))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_inside(entry: os.DirEntry[str], real: str, path: str, refuse: Refuse) -> bool:
    """Tell whether a file stands in the folder, or is a link to something that does."""
    if not entry.is_symlink():
        return True
    try:
        target = os.path.realpath(entry.path, strict=True)
    except OSError as error:
        refuse(path, error.strerror or str(error))
        return False
    if os.path.isdir(target):
        return False
    if os.path.commonpath([target, real]) != real:
        refuse(path, "A link that leads out of the folder")
        return False
    return True
