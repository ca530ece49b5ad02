"""Workers that are processes of this machine; what starts them is imported when the first is needed."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...model import Report
from ..build.job import Progress
from ..build.work import Crew, Work, WorkResult, alone
from ..pictures import Pictures
from .crew import shared

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_WORTH_IT = 400
"""Issues to write into dated parts from which on it pays to start processes, each of which takes half a second."""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(count: int | None = None) -> Iterator[Crew]:
    """Give a crew of so many processes; for None, of as many as there are cores as soon as there is enough to do."""
    hired: list[_Pool] = []
    number = cores() if count is None else count

    def crew(work: Work, pictures: Pictures, report: Report, progress: Progress) -> WorkResult:
        if number < 2 or (count is None and _weight(work) < _WORTH_IT):
            return alone(work, pictures, report, progress)
        if not hired:
            hired.append(_Pool(number))
        try:
            return hired[0].crew(work, pictures, report, progress)
        except BaseException:
            hired.pop().kill()
            raise

    try:
        yield crew
    finally:
        for pool in hired:
            pool.close()


class _Pool:
    """An executor and its processes."""

    def __init__(self, count: int) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import active_children, get_context

        known = {process.pid for process in active_children()}
        with _undisturbed():
            self._executor: Executor = ProcessPoolExecutor(count, get_context("spawn"), _begin)
            futures = [self._executor.submit(os.getpid) for _ in range(count)]
            self._processes: list[BaseProcess] = [child for child in active_children() if child.pid not in known]
        try:
            for future in futures:
                future.result()
        except BaseException:
            self.kill()
            raise
        self.crew = shared(self._executor, count)

    def close(self) -> None:
        self._executor.shutdown()

    def kill(self) -> None:
        """End the processes at once, whatever they are at."""
        for process in self._processes:
            process.terminate()
        self._executor.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C and requests to end while processes start.

    A new process has the mask of the one that starts it: Ctrl-C is blocked there, too, until it is told to ignore it.
    So a process that is still importing does not die with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    hang_up, all_of_them = {signal.SIGHUP}, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, hang_up)
    try:
        resource_tracker.ensure_running()  # by itself, for it would let the others through again
        signal.pthread_sigmask(signal.SIG_BLOCK, all_of_them)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end when there is no parent any more, or when it says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _weight(work: Work) -> int:
    return sum(len(part.dates) for part in work.parts if part.name)
