"""Taking over what an earlier run has published elsewhere: a scheduled job starts in an empty folder.

What is taken over is what the other folder's manifest names, and only if it is still what the manifest says. So the
build that follows skips what it would skip there, and nothing that was published is lost.
"""

import hashlib
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from ...model import Code, Diagnostic, OutputError, Report
from . import manifest
from .folder import Folder
from .manifest import PublishedFile

if TYPE_CHECKING:
    import httpx

_AT_A_TIME = 8
_TRIES = 4
_NO_SUCH_HOST = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_TIMEOUT = 30
"""Seconds to wait for a server's next bytes."""
_LARGEST_OWN = 256 * 1024 * 1024
_PIECE = 64 * 1024


class _Published(Protocol):
    """Where an earlier run has published."""

    def read(self, name: str, most: int) -> bytes | None:
        """Return a file, None where there is none or it is longer; raises OutputError where nobody can tell."""


def restore(where: str, root: Path, report: Report, adopt: bool) -> None:
    """Fill a folder that no run has written yet from another one, or from the address at which it is published.

    A folder with a manifest is left as it is. Raises OutputError where what is published cannot be had, for a site
    that is built without it and uploaded in its place would lose files.
    """
    if (root / manifest.NAME).exists():
        return
    with _opened(where) as place:
        data = place.read(manifest.NAME, _LARGEST_OWN)
        if data is None:
            report(Diagnostic("", 0, Code.NOTHING_PREVIOUS, f"nothing is published in {where} yet; everything is made"))
            return
        found = manifest.parse(data)
        there = frozenset(name for name in found.files if os.path.lexists(root / name))
        folder = Folder(root, strangers=frozenset() if adopt else there)
        writing = Lock()
        with folder.replacing(), ThreadPoolExecutor(_AT_A_TIME) as pool:
            taken = pool.map(lambda item: _take(place, folder, writing, *item), found.files.items())
            lost = [name for name, there in zip(list(found.files), taken, strict=True) if not there]
        state = place.read(manifest.PING, _LARGEST_OWN)
    if lost or not found.files:
        report(Diagnostic("", 0, Code.NOT_TAKEN_OVER, _said(where, lost)))
    for name in lost:
        del found.files[name]
    if state is not None:
        with folder.manifest(manifest.PING) as file:
            file.write(state)
    manifest.save(folder, found)


def _take(place: _Published, folder: Folder, writing: Lock, name: str, entry: PublishedFile) -> bool:
    """Copy a file, and tell whether it is what the manifest says; reading takes long, but one writes at a time."""
    data = place.read(name, entry.size)
    if data is None or len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
        return False
    with writing, folder.binary(name) as file:
        file.write(data)
    return True


def _said(where: str, lost: list[str]) -> str:
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
    def __init__(self, address: str, client: "httpx.Client") -> None:
        self._address = address.rstrip("/")
        self._client = client

    def read(self, name: str, most: int) -> bytes | None:
        import httpx

        url = f"{self._address}/{quote(name)}"
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(2**attempt / 2)
            try:
                with self._client.stream("GET", url) as response:
                    if response.status_code == 200:
                        return _bounded(response, most)
                    if response.status_code not in _PASSING:
                        break
                    why = f"it answers {response.status_code}"
            except httpx.HTTPError as error:
                if _is_unknown_host(error):
                    return None
                why = str(error) or type(error).__name__
        else:
            raise OutputError(f"cannot read {url}: {why}; run again")
        if response.status_code in (404, 410):
            return None
        raise OutputError(f"cannot read {url}: it answers {response.status_code}")


def _is_unknown_host(error: BaseException | None) -> bool:
    """Tell whether nobody has the host's name: a domain that is still to be set up, where nothing is published yet.

    A name server that does not answer is another error (EAI_AGAIN), which says nothing about the name.
    """
    while error is not None:
        if isinstance(error, socket.gaierror):
            return error.errno in _NO_SUCH_HOST
        error = error.__cause__ or error.__context__
    return False


def _bounded(response: "httpx.Response", most: int) -> bytes | None:
    pieces: list[bytes] = []
    total = 0
    for piece in response.iter_bytes(_PIECE):
        total += len(piece)
        if total > most:
            return None
        pieces.append(piece)
    return b"".join(pieces)
