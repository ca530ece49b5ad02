"""Workers on other machines, by dask.distributed."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from ..model import UsageError
from .crew import shared
from .work import Crew

_PATIENCE = 15
"""Seconds to wait for a scheduler to answer."""


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
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:  # no name, no port, nobody there
        raise UsageError(f"{address}: no dask scheduler answers: {' '.join(str(error).split())}") from None
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise UsageError(f"{address}: the scheduler has no workers")
        with client.get_executor(pure=False) as executor:
            yield shared(executor, workers, deaths=(KilledWorker, CancelledError))
