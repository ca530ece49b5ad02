"""Publishing a folder from a program."""

from collections.abc import Sequence
from pathlib import Path

from .digests import warn
from .exporters import names
from .model import Report, Source, UsageError
from .publish import DistinctReport, Job, Pictures, Policy, Result, Span, find, read_config, scan_cache
from .publish import build as run_build
from .publish.build.destination import check_destination


def build(
    sources: str | Path | Sequence[str | Path],
    output: str | Path,
    config: str | Path | None = None,
    base_url: str | None = None,
    formats: Sequence[str] = (),
    policy: Policy | None = None,
    report: Report | None = None,
) -> Result:
    """Publish files and folders into a folder, as the command `build` does, in one process.

    `config` is a paperround.toml, by default the one in the working folder if there is one. `base_url` wins over it.
    `formats` are all, or those that are named. `policy` says what happens to files that are published already: the
    default keeps those whose source is gone. `report` is as with `read`. The result has the names of all files and
    whether each has changed. Raises UsageError and OutputError.
    """
    paths = [Path(source) for source in ([sources] if isinstance(sources, str | Path) else sources)]
    policy = policy or Policy(every_format=not formats)
    check_destination(Path(output), paths, policy.adopt)
    if isinstance(formats, str):
        raise UsageError(f"formats: write it like [{formats!r}]")
    configuration = read_config(Path(config) if config else None)
    configuration.check_tables()
    configuration.add_readers()
    series = configuration.series({"base_url": base_url} if base_url else {})
    exporters = {name: configuration.exporter(name, {}) for name in formats or names()}
    tell = DistinctReport(report or warn)
    cache = scan_cache(Path(output), tell, policy)
    job = Job(
        find([Source(path, str(path)) for path in paths], Span(), tell, cache),
        list(exporters.values()),
        series,
        tell,
        lambda done, total: None,
        selections=configuration.streams(series, exporters),
        pictures=Pictures(),
        metadata=configuration.metadata,
        scans=cache.found,
    )
    return run_build(job, Path(output), policy)
