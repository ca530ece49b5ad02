"""What the commands do, once their arguments are read."""

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

import click

from ..exporters import BoundExporter, Series, load, names
from ..exporters.contract.parts import name_pattern
from ..model import HubError, OutputError, Section, Source, UsageError, issues, spool
from ..model.explanation import explain
from ..model.temporary import passing_folder, replacing
from ..model.text import plural
from ..publish import (
    Config,
    Crew,
    Criteria,
    Job,
    Pictures,
    Policy,
    Progress,
    Span,
    check_destination,
    collect,
    find,
    read_config,
    scan_cache,
    shown,
    unread_config,
)
from ..publish import build as run_build
from ..publish import export as run_export
from . import arguments
from .arguments import How, Settings, Style
from .printable import printable
from .show import Diagnostics, progress, tell


def build(
    words: tuple[str, ...],
    output: Path,
    formats: tuple[str, ...],
    how: How,
    settings: Settings,
    style: Style,
    watch: Progress = lambda done, total: None,
) -> None:
    """Publish sources into a folder; exits with the run's status. `watch` gets the progress, too."""
    _check(output, words, how.adopt)
    configuration = read_config(settings.config)
    configuration.check_tables()
    configuration.add_readers()
    series = configuration.series(_given(base_url=settings.base_url))
    exporters = {name: configuration.exporter(name, {}) for name in formats or names()}
    records = _records(settings, configuration, words)
    say = Diagnostics(style, sys.stderr)
    with _sources(words) as sources, progress(sys.stderr, watch=watch) as step, _crew(how) as crew:
        selections = configuration.streams(series, exporters)
        policy = Policy(not formats, how.prune, how.force, how.previous, how.adopt)
        cache = scan_cache(output, say, policy)
        found, pictures = find(sources, Span(), say, cache), _pictures(settings.cache)
        job = Job(
            found, list(exporters.values()), series, say, step,
            selections=selections, pictures=pictures, metadata=records, scans=cache.found,
        )  # fmt: skip
        done = run_build(job, output, policy, crew)
    changed = sum(done.files.values())
    removed = f", {len(done.removed):,} removed" if done.removed else ""
    read = f"{plural(done.papers, 'paper')} in {plural(done.issues, 'issue')}"
    wrote = f"{plural(changed, 'file')} written, {len(done.files) - changed:,} unchanged{removed}"
    say.end(f"{read}: {wrote} in {output}")


def tell_unread_config() -> None:
    """Tell of a configuration that `build` does not read, for it is in a folder above the working folder."""
    if other := unread_config():
        tell(f"{other} is not read, because it is not in the working folder; --config {other} reads it", sys.stderr)


@dataclass(frozen=True)
class Export:
    """Which format is written with which options, of which sources, and where to."""

    name: str
    flags: dict[str, object]
    words: tuple[str, ...]
    output: str | None
    adopt: bool
    span: arguments.Dates
    criteria: Criteria


def export(asked: Export, settings: Settings, style: Style) -> None:
    """Write one format of sources to standard output, a file or a folder; exits with the run's status."""
    path = None if asked.output in (None, "-") else Path(asked.output or "")
    configuration = read_config(settings.config)
    configuration.add_readers()
    series = configuration.series(_given(base_url=settings.base_url))
    exporter = configuration.exporter(asked.name, asked.flags)
    records = _records(settings, configuration, asked.words)
    say = Diagnostics(style, sys.stderr)
    with _sources(asked.words) as sources, progress(sys.stderr) as step:
        found, pictures = find(sources, _span(asked.span), say), _pictures(settings.cache)
        _check_ids(asked, found)
        job = Job(found, [exporter], series, say, step, asked.criteria, pictures=pictures, metadata=records)
        if path is not None and (str(asked.output).endswith(os.sep) or _is_folder(path, exporter)):
            _check(path, asked.words, asked.adopt)
            if not run_export(job, path, adopt=asked.adopt).files and exporter.after:
                raise _alone(exporter)
        else:
            _check_file(path, asked.words)
            _export_one(job, exporter, path)
    say.end()


def check(words: tuple[str, ...], span: arguments.Dates, style: Style, explained: bool = False) -> None:
    """Print diagnostics and counts; exits with the status that a build would have."""
    read_config(None).add_readers()
    say = Diagnostics(replace(style, verbose=not style.quiet), sys.stdout)
    with _sources(words) as sources:
        found = find(sources, _span(span), say)
        for line in explain(found) if explained else ():
            click.echo(printable(line))
        papers = [len(issue.papers) for issue in issues(found, say)]
    counts = f"{plural(len(papers), 'issue')}, {plural(sum(papers), 'paper')}, {found[0].date} to {found[-1].date}"
    say.end(counts, sys.stdout if style.diagnostics == "text" else sys.stderr)


def metadata(words: tuple[str, ...], output: Path, snapshot: Path | None, style: Style) -> None:
    """Complete a file of arXiv's records; exits with the run's status."""
    _check_file(output, words)
    read_config(None).add_readers()
    from ..publish.records import arxiv
    from ..publish.records import snapshot as kaggle

    say = Diagnostics(style, sys.stderr)
    tell = partial(click.echo, err=True)
    gather = partial(kaggle.gather, snapshot, report=say) if snapshot else partial(arxiv.gather, tell=tell)
    with _sources(words) as sources, progress(sys.stderr, "records") as step:
        found = find(sources, Span(), say)
        done = collect(output, issues(found, say), gather, shown(found, say), step)
    missing = [(done.unknown, "unknown to arXiv"), (done.lacking, "without a record")]
    counts = "".join(f", {count:,} {what}" for count, what in missing if count)
    say.end(f"{plural(done.papers, 'paper')}: {plural(done.new, 'new record')}{counts} in {output}")


def ping(folder: Path, config: Path | None, base_url: str | None) -> None:
    """Tell the hub of the changed feeds, and the user which those are."""
    from ..publish import websub

    done = websub.ping(folder, read_config(config).series(_given(base_url=base_url)), websub.over_http)
    for address in done.accepted:
        click.echo(address)
    if done.refused:
        raise HubError("; ".join(map(str, done.refused)))


def formats() -> None:
    """Print a line for each installed format and one for the files it writes."""
    width = max(map(len, names()))
    for name in names():
        exporter = load(name)
        click.echo(f"{name:{width}}  {exporter.help.partition(chr(10))[0]}")
        click.echo(f"{'':{width}}  {' '.join(exporter.files)}")


def _records(settings: Settings, configuration: Config, words: tuple[str, ...]) -> Path | None:
    """Return the file of arXiv's records to use; raises UsageError, which says how it is made, when it is not there."""
    path = settings.metadata or configuration.metadata
    if path is not None and not path.exists():
        command = f"paperround metadata {' '.join(words)} -o {path}"
        raise UsageError(f"{path}: there is no such file of arXiv's records; `{command}` makes it")
    return path


def _check_ids(asked: Export, found: Sequence[Section]) -> None:
    """Raise UsageError for ids that no paper has; the digests are parsed once more for them."""
    if missing := set(asked.criteria.ids):
        for issue in issues(found, lambda diagnostic: None):
            missing -= {paper.arxiv_id for paper in issue.papers if paper.arxiv_id}
    if missing:
        raise UsageError(f"there is no paper {', '.join(sorted(missing))} in {', '.join(asked.words)}")


def _crew(how: How) -> AbstractContextManager[Crew]:
    if how.cluster is None:
        from ..publish.workers.processes import processes

        return processes(how.jobs)
    if how.jobs is not None:
        raise UsageError("--jobs and --cluster both say who does the work: give one")
    from ..publish.workers.cluster import cluster

    return cluster(how.cluster)


def _given(**flags: object) -> dict[str, object]:
    return {name: value for name, value in flags.items() if value is not None}


def _pictures(cache: Path | None) -> Pictures:
    return Pictures(cache) if cache else Pictures()


def _span(asked: arguments.Dates) -> Span:
    """Return the dates to read; raises UsageError where they end before they begin."""
    if asked.since and asked.until and asked.until < asked.since:
        raise UsageError(f"--until {asked.until} is before --since {asked.since}")
    return Span(asked.since, asked.until)


def _check(output: Path, words: Iterable[str], adopt: bool) -> None:
    """Raise UsageError for an output that may not be written because it is read."""
    check_destination(output, [Path(word) for word in words if word != "-" and not _is_pipe(word)], adopt)


@contextmanager
def _sources(words: tuple[str, ...]) -> Iterator[list[Source]]:
    """Turn the words into sources; what can be read only once is spooled to files that live as long as the context."""
    with ExitStack() as stack:
        yield [Source(_spooled(word, stack) or Path(word), word) for word in words]


def _spooled(word: str, stack: ExitStack) -> Path | None:
    """Copy standard input, or the pipe that a shell gives for `<(command)`; return None for anything else."""
    if not word:
        raise UsageError("'' is no file or folder")
    if word == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed")
        path = spool(sys.stdin.buffer)
    elif _is_pipe(word):
        with _readable(word) as pipe:
            path = spool(pipe)
    else:
        return None
    stack.callback(path.unlink, missing_ok=True)
    return path


def _is_pipe(word: str) -> bool:
    try:
        return stat.S_ISFIFO(os.stat(word).st_mode)
    except OSError:
        return False


def _readable(word: str) -> IO[bytes]:
    try:
        return open(word, "rb")
    except OSError as error:
        raise UsageError(f"{word}: {error.strerror}") from None


def _is_folder(output: Path, exporter: BoundExporter) -> bool:
    """A folder is one that is there, and for a format of many files any name that does not look like a file's."""
    if output.is_dir():
        return True
    return not output.suffix and not output.exists() and (len(exporter.files) > 1 or "{part}" in exporter.files[0])


def _export_one(job: Job, exporter: BoundExporter, output: Path | None) -> None:
    """Write a format's main file, the first it declares, to a file or standard output."""
    main = exporter.files[0]
    if main.endswith(".html") and len(exporter.files) > 1:  # a page without its style sheet and its other pages
        raise UsageError(f"{exporter.name} writes pages and what they need: name a folder, like -o pages/")
    only = None if "{part}" in main else ""
    if output is None and only is None:
        raise UsageError(f"{exporter.name} writes {main}: name a folder, like -o books/")
    if output is None and sys.stdout is None:
        raise OutputError("standard output is closed")
    with passing_folder() as folder:
        done = run_export(job, folder, only)
        path = Path(folder, _main_file(main, list(done.files), job.series, exporter))
        if output is None:
            with path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
        else:
            _replace(path, output)


def _check_file(output: Path | None, words: Iterable[str]) -> None:
    """Raise UsageError for a file to write that is one of those to read."""
    for word in words if output and output.exists() else ():
        if word != "-" and Path(word).is_file() and Path(word).samefile(output or ""):
            raise UsageError(f"{output} is a source; write another file")


def _main_file(pattern: str, written: list[str], series: Series, exporter: BoundExporter) -> str:
    """Return the one written file that a format's first pattern names."""
    names = [name for name in written if name_pattern(pattern, series.id).fullmatch(name)]
    if not written and exporter.after:
        raise _alone(exporter)
    if len(names) != 1:
        raise UsageError(
            f"{exporter.name} writes {len(names)} files like {pattern} here: name a folder, like -o books/"
        )
    return names[0]


def _alone(exporter: BoundExporter) -> UsageError:
    return UsageError(f"{exporter.name} has nothing to list: it names files of other formats, which `build` publishes")


def _replace(path: Path, output: Path) -> None:
    """Copy a finished file to where the user wants it, whole or not at all."""
    if output.exists() and not output.is_file():
        with _explained(output), path.open("rb") as source, output.open("wb") as target:
            shutil.copyfileobj(source, target)
        return
    with _explained(output), path.open("rb") as source, replacing(output) as target:
        shutil.copyfileobj(source, target)


@contextmanager
def _explained(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {output}: {error.strerror}") from None
