"""Pictures of papers: fetched once for the formats that show them, kept in a folder, from then on read from there."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from ...model import Code, Diagnostic, Issue, Report
from .store import Absent, Store
from .verify import complaint

__all__ = ["CACHE", "Absent", "Fetch", "Pictures"]

CACHE = Path(".paperround-cache")
"""Where pictures are kept unless the user says otherwise: in the working folder, beside paperround.toml."""

_AT_A_TIME = 4
"""Pictures of an issue; nearly all are one host's, and browsers open six connections to a host."""
_SILENCES = 4
"""A host that did not answer for so many in a row is not asked till tomorrow: offline, a run would take hours."""
_SECONDS = 3600
"""For all that a run fetches; the next one goes on."""


class Fetch(Protocol):
    """Gets pictures from the network."""

    def __call__(self, url: str) -> bytes | Absent:
        """Return what stands at an address, or why it cannot be had."""

    def stop(self) -> None:
        """Make the calls that other threads wait in fail soon."""

    def close(self) -> None:
        """Close the connections."""


def _connected() -> Fetch:
    from .fetch import Fetcher

    return Fetcher()


class Pictures:
    """The pictures of a run. `connect` is called for the first picture that is not kept, and never without one."""

    def __init__(self, folder: Path = CACHE, connect: Callable[[], Fetch] = _connected) -> None:
        self.folder = folder
        self.absent: dict[str, Absent] = {}
        """What is known not to be had, by address."""
        self._store = Store(folder)
        self._connect = connect
        self._fetch: Fetch | None = None
        self._silent: Counter[str] = Counter()
        self._end = 0.0

    def expect(self, issue: Issue, report: Report) -> bool:
        """Get the pictures of an issue's papers, and report those that cannot be had; raises OutputError.

        Returns whether the next run will find the same: an outage may be over by then.
        """
        wanted = [(paper, paper.media.url) for paper in issue.papers if paper.media and paper.media.kind == "image"]
        self._get([url for url in dict.fromkeys(url for _, url in wanted) if not self._is_settled(url)])
        for paper, url in wanted:
            if absent := self.absent.get(url):
                report(Diagnostic(paper.path, paper.line, absent.code, f"{url}: {absent.why}; left out"))
        return all(absent.lasting for _, url in wanted if (absent := self.absent.get(url)))

    def picture(self, url: str) -> bytes | None:
        """Return a picture that is kept, None where there is none; raises OutputError."""
        return self._store.picture(url)

    def close(self) -> None:
        """Close the connections, if there are any."""
        if self._fetch:
            self._fetch.close()
            self._fetch = None

    def _is_settled(self, url: str) -> bool:
        if url in self.absent or self._store.has(url):
            return True
        if absent := self._store.absent(url):
            self.absent[url] = absent
        return url in self.absent

    def _get(self, urls: list[str]) -> None:
        if not urls:
            return
        fetch = self._fetch = self._fetch or self._connect()
        self._end = self._end or time.monotonic() + _SECONDS
        with ThreadPoolExecutor(_AT_A_TIME) as pool:
            try:
                for url, answer in _finished(pool, partial(self._ask, fetch), urls):
                    self._settle(url, answer)
            except BaseException:
                fetch.stop()
                raise

    def _ask(self, fetch: Fetch, url: str) -> bytes | Absent:
        host = registered_name(url)
        if self._silent[host] >= _SILENCES or self._store.was_silent_today(host):
            return Absent(f"{host} has not answered for others", lasting=False)
        if time.monotonic() > self._end:
            return Absent("the run has fetched for an hour", lasting=False)
        answer = fetch(url)
        # Only silence counts: a host that refuses one picture or sends an odd one answers for the next.
        silent = isinstance(answer, Absent) and not answer.lasting and answer.code is Code.MISSING_PICTURE
        self._silent[host] = self._silent[host] + 1 if silent else 0
        if self._silent[host] == _SILENCES:
            self._store.note_silence(host)
        return answer

    def _settle(self, url: str, answer: bytes | Absent) -> None:
        if isinstance(answer, bytes):
            if (why := complaint(answer)) is None:
                self._store.keep(url, answer)
                return
            answer = Absent(why, Code.ODD_PICTURE)
        self.absent[url] = answer
        if answer.lasting:
            self._store.remember(url, answer)


def registered_name(url: str) -> str:
    """Return about what somebody has registered of an address's host, for the names below it cost nothing.

    Below a country's two letters, a short label is a register's own, as in example.co.uk.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit():
        return host
    shared = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if shared else labels[-2:])


def _finished(
    pool: ThreadPoolExecutor, ask: Callable[[str], bytes | Absent], urls: Iterable[str]
) -> Iterator[tuple[str, bytes | Absent]]:
    """Yield answers as they come, with no more of them in memory than are asked for at a time."""
    asked: dict[Future[bytes | Absent], str] = {}
    for url in urls:
        if len(asked) == _AT_A_TIME:
            yield from _done(asked)
        asked[pool.submit(ask, url)] = url
    while asked:
        yield from _done(asked)


def _done(asked: dict[Future[bytes | Absent], str]) -> Iterator[tuple[str, bytes | Absent]]:
    done, _ = wait(asked, return_when=FIRST_COMPLETED)
    for future in done:
        yield asked.pop(future), future.result()
