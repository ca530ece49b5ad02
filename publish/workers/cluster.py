"""Workers on other machines, by dask.distributed."""

import socket
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from ...model import UsageError
from ..build.work import Crew
from .crew import shared

_PATIENCE = 15
"""Seconds to wait for a scheduler to answer."""
_SCHEMES = ("tcp", "tls")


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """Give a crew of the workers of a dask scheduler, such as tcp://scheduler:8786.

    They need the same paperround, and sources and output under the same names, on a file system that all share. What a
    worker that dies was at is done again by another one. Raises UsageError where no scheduler answers.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise UsageError("--cluster needs dask: pip install 'paperround[cluster]'") from None
    connect: Any = Client
    try:
        _knock(address)
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"{address}: no dask scheduler answers: {' '.join(str(error).split())}") from None
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise UsageError(f"{address}: the scheduler has no workers")
        with client.get_executor(pure=False) as executor:
            yield shared(executor, workers, (KilledWorker, CancelledError))


def _knock(address: str) -> None:
    """Raise OSError or ValueError where nobody listens: a client that finds nobody may wait for its own end."""
    parts = urlsplit(address)
    if parts.scheme not in _SCHEMES or not parts.hostname or not parts.port:
        raise ValueError("its address is like tcp://scheduler:8786")
    socket.create_connection((parts.hostname, parts.port), timeout=_PATIENCE).close()
