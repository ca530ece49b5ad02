"""Files of other people: what stands where a run wants to write, and is not ours.

A file is ours where the manifest says so, or where it holds the very bytes that we would write: a manifest may be
missing or damaged, and a job that nobody watches is not to be stopped by that.
"""

import os
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from os.path import dirname, lexists
from pathlib import Path

from ...exporters.contract.parts import name_pattern
from ...model import UsageError
from .job import Stream
from .parts import Part

_SITE = re.compile(
    r"(?:.*/)?(?:robots\.txt|404\.html|sitemap[0-9A-Za-z_-]*\.xml|(?:favicon|icon|apple-touch-icon)[0-9A-Za-z_-]*\.\w+)"
)


def strangers_in(root: Path, parts: Iterable[Part], streams: Sequence[Stream], ours: Container[str]) -> frozenset[str]:
    """Return the names under which these parts may write, and under which something stands that is not ours."""
    found = {name for part in parts for name in _names(root, part, streams[part.stream]) if name not in ours}
    places = {Path(place) for place in {dirname(name) for name in found}}
    folders = {folder.as_posix() for place in places for folder in (place, *place.parents) if folder.name}
    files = {name for name in found if lexists(f"{root}/{name}")}  # in texts: a Path takes ten times as long
    return frozenset(files | {name for name in folders if lexists(root / name) and not (root / name).is_dir()})


def gives_way(name: str) -> bool:
    """Tell whether ours gives way to somebody else's file: a site that we are only a part of may have one of these."""
    return bool(_SITE.fullmatch(name))


def in_the_way(root: Path, names: Sequence[str]) -> UsageError:
    """Return the error that names what stands in the way."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    is_not = "is not ours" if len(names) == 1 else "are not ours"
    shown = f"{', '.join(names[:3])}{more} in {root} {is_not}, so nothing was written"
    return UsageError(f"{shown}; --adopt replaces {'it' if len(names) == 1 else 'them'}, or choose another folder")


def _names(root: Path, part: Part, stream: Stream) -> Iterator[str]:
    for pattern in part.files:
        yield from _matching(root, pattern.split("/"), stream.place.series.id)


def _matching(root: Path, segments: Sequence[str], series: str) -> list[str]:
    """Return the names that a pattern stands for; where it leaves a format its own names, those that are there."""
    found = [""]
    for segment in segments:
        if "{name}" in segment:
            fits = name_pattern(segment, series).fullmatch
            found = [f"{folder}/{name}" for folder in found for name in _listed(root / folder[1:]) if fits(name)]
        else:
            found = [f"{folder}/{segment.replace('{series}', series)}" for folder in found]
    return [name[1:] for name in found]


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
