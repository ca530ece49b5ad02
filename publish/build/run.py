"""A run: what has changed since the last one is made, what has not is left as it is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ...exporters.contract.parts import name_pattern
from ...model import OutputError, read_records
from ...model.scans import ScanCache
from . import manifest, stale
from .fingerprint import of_reader
from .folder import Folder, remove_leftovers
from .job import DistinctReport, Job, Result
from .manifest import Manifest
from .names import Names
from .parts import parts_of
from .plan import dates_of, make_plan
from .policy import Policy
from .previous import restore
from .strangers import strangers_in
from .update import Update
from .work import Crew, Work, alone

LOCK = ".paperround.lock"
_EARLIER = ".paperround.memory"
"""What versions before 0.2 kept beside the manifest."""


def build(job: Job, root: Path, policy: Policy | None = None, crew: Crew = alone) -> Result:
    """Publish into a folder, with a manifest, what is not there yet as it should be.

    Raises OutputError, and UsageError where files of other people stand in the way; whatever is raised, every published
    file is whole.
    """
    policy = policy or Policy()
    report = job.report if isinstance(job.report, DistinctReport) else DistinctReport(job.report)
    job = replace(job, report=report)
    records = read_records(job.metadata, report) if job.metadata else None  # first, for it may fail
    with _locked(root):
        folder = Folder(root)
        remove_leftovers(root, [*_allowed(job), manifest.PATTERN])
        if policy.previous:
            restore(policy.previous, root, report, policy.adopt, job.series.hub is not None)
        earlier = manifest.load(root)
        update = Update(make_plan(job, folder, records, earlier, policy), folder, earlier)
        try:
            update.make(crew, policy.adopt)
        except BaseException:
            remove_leftovers(root, _allowed(job))  # of workers that were ended
            raise
        return _finish(job, folder, update, earlier, policy)


def scan_cache(root: Path, report: DistinctReport, policy: Policy) -> ScanCache:
    """Return what the last run into a folder found in its sources, for `find`."""
    return ScanCache(of_reader, report.again, {} if policy.force else manifest.load_scans(root))


def export(job: Job, root: Path, only: str | None = None, adopt: bool = False) -> Result:
    """Write formats into a folder, or only one part of them, without a manifest.

    Raises OutputError, and UsageError where files stand in the way that no build has written, unless they are to be
    adopted.
    """
    parts = tuple(
        part
        for number, (stream, dates) in enumerate(zip(job.streams, dates_of(job), strict=True))
        for part in parts_of(number, stream, dates, only)
    )
    strangers = frozenset[str]() if adopt else strangers_in(root, parts, job.streams, manifest.load(root).files)
    names, sections = Names(job.streams, parts), tuple(job.sections)
    work = Work(root, job.streams, names, sections, parts, metadata=job.metadata, strangers=strangers)
    done = alone(work, job.pictures, job.report, job.progress)
    files = {name: name in done.changed for name in sorted(done.files)}
    return Result(len(done.days), sum(day.papers for day in done.days.values()), files)


def _finish(job: Job, folder: Folder, update: Update, earlier: Manifest, policy: Policy) -> Result:
    """Write down what is published, then remove what nothing makes any more."""
    present = dict(update.files)
    for name, entry in earlier.files.items():
        if name not in present and folder.size(name) is not None:
            present[name] = entry
    formats = None if policy.every_format else {exporter.name for exporter in job.exporters}
    unwritten = stale.not_written(present, update.files, formats)
    gone = stale.to_remove(unwritten, present, folder, job.exporters, policy.prune, job.report)
    # With what will be removed: a run that dies while it removes must know the rest again.
    manifest.save(folder, update.manifest(present), earlier)
    after = {exporter.name: exporter.after for exporter in job.exporters}
    for name in sorted(gone, key=lambda name: -after.get(present[name].format, 0)):  # before what they point at
        folder.remove(name)
    (folder.root / _EARLIER).unlink(missing_ok=True)
    if gone:
        for name in gone:
            del present[name]
        manifest.save(folder, update.manifest(present))
    return update.result(gone)


def _allowed(job: Job) -> Iterator[re.Pattern[str]]:
    """Yield what the names of all files match that a job may write."""
    for stream in job.streams:
        for exporter in stream.exporters:
            for pattern in exporter.files:
                yield name_pattern(stream.place.folder + pattern, stream.place.series.id)


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / LOCK, blocking=False)
        lock.acquire()
    except Timeout:
        raise OutputError(f"another run is writing {root}; wait for it or choose another folder") from None
    except FileExistsError:
        raise OutputError(f"cannot write {root}: it is no folder") from None
    except OSError as error:
        raise OutputError(f"cannot write {root}: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
