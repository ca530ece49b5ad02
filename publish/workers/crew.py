"""Sharing a work out: to processes of this machine, or to any other executor's workers.

A share is all parts of some months, so that what formats have in common is worked out once. What points at files of
other shares comes in a later round, when these are there. All files appear here, when everything is done.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from os.path import abspath
from pathlib import Path

from ...model import Diagnostic, OutputError, Report, UsageError
from ..build import manifest
from ..build.fingerprint import of_code
from ..build.job import Progress, shown
from ..build.names import Owner
from ..build.parts import Part
from ..build.work import Crew, Work, WorkResult, WorkSetup, opened, parsed, pass_over
from ..pictures import Absent, Fetch, Pictures

_SHARES = 4
"""Shares for each worker: few enough to start quickly, enough that none waits long for the last."""
_MONTH = 31
"""Days."""


def shared(executor: Executor, workers: int, deaths: tuple[type[BaseException], ...] = (BrokenExecutor,)) -> Crew:
    """Return a crew of an executor's workers, which see the same files under the same absolute names.

    `deaths` are what the executor raises for a worker that is no more.
    """

    def crew(work: Work, pictures: Pictures, report: Report, progress: Progress) -> WorkResult:
        work = _anywhere(work, pictures)
        done = WorkResult()
        with opened(work) as folder, folder.replacing():
            for shares in _rounds(work, workers):
                known = {**work.files, **done.files}
                for share_done in _in_parallel(executor, [replace(each, files=known) for each in shares], deaths):
                    done.add(share_done)
                    progress(len(done.parts), len(work.parts))
            folder.written |= done.files
            folder.waiting |= done.changed
        _report_all(work, done, report)
        return done

    return crew


def share(work: Work) -> WorkResult:
    """Do a share of a work in a worker, which fetches nothing, says nothing and lets nothing appear.

    Raises UsageError where the worker's code is not that of the one who asks.
    """
    if work.shared is None or work.shared.code != of_code():
        raise UsageError("a worker has another version of paperround, or of what it is built on")
    pictures = Pictures(work.shared.cache, _unconnected)
    pictures.absent |= work.shared.absent
    # Workers may be threads: drawing with one font in two at once is not safe (Pillow's documentation).
    with _one_at_a_time, opened(work) as folder, folder.waiting_for_others():
        return pass_over(work, folder, pictures, _ignored, lambda done, total: None)


_one_at_a_time = threading.Lock()


def _unconnected() -> Fetch:
    raise RuntimeError("a worker asks for a picture that was not fetched before")


def _anywhere(work: Work, pictures: Pictures) -> Work:
    """Return a work that can be done elsewhere: with absolute paths, and all pictures fetched."""
    absent = _fetched(work, pictures)
    return replace(
        work,
        root=_absolute(work.root),
        sections=tuple(replace(section, file=abspath(section.file)) for section in work.sections),
        metadata=work.metadata and _absolute(work.metadata),
        shared=WorkSetup(of_code(), _absolute(pictures.folder), absent),
    )


def _absolute(path: Path) -> Path:
    return Path(abspath(path))


def _fetched(work: Work, pictures: Pictures) -> dict[str, Absent]:
    """Get all pictures that the parts will show, and return those that cannot be had this time."""
    wanted = [part for part in work.parts if part.exporter.pictures]
    dates = {date for part in wanted for date in part.dates}
    choices = [work.streams[number].choose for number in sorted({part.stream for part in wanted})]
    sections = [section for section in work.sections if section.date in dates]
    with closing(pictures):
        for _, issue, _ in parsed(sections, work.metadata, _ignored):
            for choose in choices:
                if issue and (chosen := choose(issue)):
                    pictures.expect(chosen, _ignored)
    return {url: absent for url, absent in pictures.absent.items() if not absent.lasting}


def _ignored(diagnostic: Diagnostic) -> None:
    """Leave it to the one who makes the part."""


def _rounds(work: Work, workers: int) -> Iterator[list[Work]]:
    """Cut a work into rounds of shares: what a part may know is made in a round before, or before it in its share.

    Nearly all comes in the first round, where each share is some months. Weeks at the turn of two shares come in the
    second. What is longer comes last: whole archives in one share, for to parse all issues takes longer than to make
    most of these; years beside it, where neither may know the other.
    """
    pieces = _cut([part for part in work.parts if not _is_long(part)], workers * _SHARES)
    yield [_share_of(work, [part for part in piece if _is_inside(part, piece)]) for piece in pieces] + _unneeded(work)
    turns = ([part for part in piece if not _is_inside(part, piece)] for piece in pieces)
    yield [_share_of(work, turn) for turn in turns if turn]
    long = [part for part in work.parts if _is_long(part)]
    owners = [work.names.of(part) for part in long]
    related = [not part.name or _is_related(me, owners) for part, me in zip(long, owners, strict=True)]
    single = _cut([part for part, is_ in zip(long, related, strict=True) if not is_], max(1, workers - 1))
    together = [part for part, is_ in zip(long, related, strict=True) if is_]
    yield [_share_of(work, parts) for parts in (together, *single) if parts]


def _is_long(part: Part) -> bool:
    """Tell whether a part points at files of more than a month."""
    return not part.name or (part.exporter.after > 0 and (part.dates[-1] - part.dates[0]).days >= _MONTH)


def _is_inside(part: Part, piece: Sequence[Part]) -> bool:
    """Tell whether all files that a part may know are made with its piece, or before all pieces."""
    return part.exporter.after == 0 or part.dates[0] >= piece[0].dates[-1].replace(day=1)


def _is_related(part: Owner, others: Sequence[Owner]) -> bool:
    return any(part.is_known_to(other) or other.is_known_to(part) for other in others)


def _cut(parts: Iterable[Part], count: int) -> list[list[Part]]:
    """Cut parts between months into at most so many pieces with about as many issues to write.

    A month is not cut, for its feeds, pages and catalogues point at each other. Each issue of a part counts one, be it
    a book's or a feed's: shares of a quarter of a worker's time even that out.
    """
    row = sorted(parts, key=lambda part: part.dates[-1])
    total = sum(len(part.dates) for part in row)
    pieces: list[list[Part]] = []
    weight = 0
    for _, month in groupby(row, key=lambda part: part.dates[-1].replace(day=1)):
        if weight * count >= total * len(pieces):
            pieces.append([])
        pieces[-1] += month
        weight = sum(len(part.dates) for piece in pieces for part in piece)
    return pieces


def _unneeded(work: Work) -> list[Work]:
    """Return a share of the dates that no part needs: their diagnostics have to be known all the same."""
    dates = {section.date for section in work.sections} - {date for part in work.parts for date in part.dates}
    sections = tuple(section for section in work.sections if section.date in dates)
    return [replace(work, parts=(), sections=sections)] if dates else []


def _share_of(work: Work, parts: Sequence[Part]) -> Work:
    dates = {date for part in parts for date in part.dates}
    sections = tuple(section for section in work.sections if section.date in dates)
    return replace(work, parts=tuple(parts), sections=sections)


def _in_parallel(
    executor: Executor, shares: Sequence[Work], deaths: tuple[type[BaseException], ...]
) -> Iterator[WorkResult]:
    named = (replace(work, journal=f"{manifest.JOURNAL}.{number}") for number, work in enumerate(shares))
    futures: list[Future[WorkResult]] = []
    try:
        futures.extend(executor.submit(share, work) for work in named)  # raises, too, when a worker has died
        for future in as_completed(futures):
            yield future.result()
    except deaths as error:
        raise OutputError("a worker died; what is published is whole, run again") from error
    finally:
        for future in futures:
            future.cancel()


def _report_all(work: Work, done: WorkResult, report: Report) -> None:
    """Report all diagnostics in an order that does not depend on who was faster."""
    for date in sorted(done.days):
        for diagnostic in done.days[date].diagnostics:
            report(diagnostic)
    report_paper = shown(work.sections, report)
    for part in work.parts:
        for diagnostic in done.parts[part.id].diagnostics if part.id in done.parts else ():
            report_paper(diagnostic)
