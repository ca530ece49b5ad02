"""Taking over what an earlier run has published elsewhere: a scheduled job starts in an empty folder.

What is taken over is what the other folder's manifest names, and only if it is still what the manifest says. So the
build that follows skips what it would skip there, and nothing that was published is lost.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from ...model import Code, Diagnostic, OutputError, Report
from ..foreign import BadAddress, ForeignError, UnknownHost, Unreachable, network_errors
from . import manifest
from .folder import Folder, PublishedFile

if TYPE_CHECKING:
    import httpx

_AT_A_TIME = 8
_TRIES = 4
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_TIMEOUT = 30
"""Seconds to wait for a server's next bytes."""
_LONGEST = 900
"""Seconds for a whole file: a server that goes on drop by drop would hold the run for ever."""
_LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is taken over; a hostile manifest may state any length."""
_LARGE = 16 * 1024 * 1024
"""Above it, one file at a time is in memory."""
_PIECE = 64 * 1024


class _Published(Protocol):
    """Where an earlier run has published."""

    def read(self, name: str, most: int) -> bytes | None:
        """Return a file, None where there is none, more than `most` where it is longer.

        Raises OutputError where nobody can tell.
        """


def restore(where: str, root: Path, report: Report, adopt: bool, hub: bool = False) -> None:
    """Fill a folder that no run has written yet from another one, or from the address at which it is published.

    A folder with a manifest is left as it is. With `hub`, what its hub knows by now is kept. Raises OutputError where
    what is published cannot be had, for a site that is built without it and uploaded in its place would lose files.
    """
    if (root / manifest.NAME).exists():
        return
    with _opened(where) as place:
        data = place.read(manifest.NAME, _LARGEST)
        if data is None:
            report(Diagnostic("", 0, Code.NOTHING_PREVIOUS, f"nothing is published in {where} yet; everything is made"))
            return
        if len(data) > _LARGEST:
            raise OutputError(f"cannot read {where}: its manifest is larger than {_LARGEST / 1024 / 1024:.0f} MB")
        found = manifest.parse(data)
        there = frozenset(name for name in found.files if os.path.lexists(root / name))
        folder = Folder(root, strangers=frozenset() if adopt else there)
        take = _Take(place, folder)
        with folder.replacing(), ThreadPoolExecutor(_AT_A_TIME) as pool:
            taken = pool.map(take, found.files, found.files.values())
            lost = [name for name, there in zip(list(found.files), taken, strict=True) if not there]
        state = place.read(manifest.PING, _LARGE)
    if lost or not found.files:
        report(Diagnostic("", 0, Code.NOT_TAKEN_OVER, _complaint(where, lost)))
    for name in lost:
        del found.files[name]
    if state is not None and len(state) <= _LARGE:
        with folder.manifest(manifest.PING) as file:
            file.write(state)
    elif hub:
        with folder.manifest(manifest.BEFORE) as file:
            file.write(json.dumps(found.subscriptions, indent=1, sort_keys=True).encode() + b"\n")
    manifest.save(folder, found)


class _Take:
    """Copies files: reading takes long, so several are read at once, but one is written at a time."""

    def __init__(self, place: _Published, folder: Folder) -> None:
        self._place = place
        self._folder = folder
        self._writing, self._holding = Lock(), Lock()

    def __call__(self, name: str, entry: PublishedFile) -> bool:
        """Copy a file, and tell whether it is what the manifest says."""
        if entry.size > _LARGEST:
            return False
        with self._holding if entry.size > _LARGE else nullcontext():
            data = self._place.read(name, entry.size)
            if data is None or len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
                return False
            with self._writing, self._folder.binary(name) as file:
                file.write(data)
        return True


def _complaint(where: str, lost: list[str]) -> str:
    if not lost:
        return f"{where} has a manifest that says nothing; everything is made"
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    return f"{lost[0]}{more} in {where} is not what its manifest says; not taken over"


@contextmanager
def _opened(where: str) -> Iterator[_Published]:
    if not where.startswith(("http://", "https://")):
        yield _Disk(Path(where))
        return
    import httpx

    headers = {"User-Agent": f"paperround/{version('paperround')}"}
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers=headers) as client:
        yield _Web(where, client)


class _Disk:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{folder} is no folder")

    def read(self, name: str, most: int) -> bytes | None:
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(most + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError(f"cannot read {self._folder / name}: {error.strerror}") from error


class _Web:
    """A published site. A host without a name has published nothing; one that has answered before must answer again."""

    def __init__(self, address: str, client: "httpx.Client") -> None:
        self._address = address.rstrip("/")
        self._client = client
        self._answered = False

    def read(self, name: str, most: int) -> bytes | None:
        url = f"{self._address}/{quote(name)}"
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(2**attempt / 2)
            try:
                return self._asked(url, most)
            except UnknownHost as error:
                if not self._answered:
                    return None
                why = str(error)
            except BadAddress as error:
                raise OutputError(f"cannot read {url}: {error}") from error
            except ForeignError as error:
                why = str(error)
        raise OutputError(f"cannot read {url}: {why}; run again")

    def _asked(self, url: str, most: int) -> bytes | None:
        with network_errors("the server"), self._client.stream("GET", url) as response:
            self._answered = True
            if response.status_code == 200:
                return _bounded(response, most)
        if response.status_code in (404, 410):
            return None
        answers = f"it answers {response.status_code}"
        raise Unreachable(answers) if response.status_code in _PASSING else BadAddress(answers)


def _bounded(response: "httpx.Response", most: int) -> bytes:
    """Return what a server sends, not all where it is longer; raises Unreachable where it takes too long."""
    data = bytearray()
    end = time.monotonic() + _LONGEST
    for piece in response.iter_bytes(_PIECE):
        data += piece
        if len(data) > most:
            break
        if time.monotonic() > end:
            raise Unreachable("it takes too long")
    return bytes(data)
