"""Sources: which issues they hold and where, told by one scan; then each issue, read when its date has come."""

import datetime
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import IO

from .diagnostics import Code, Diagnostic, Report, Tell
from .digest import issue_language
from .errors import OutputError, SourceChanged, UsageError
from .folders import documents
from .limits import limited
from .merge import Accounts, Merged, distinct
from .paper import Issue
from .quiet import quiet_days
from .readers import registry
from .readers.contract import Document, Piece, Reader, Slice, TooLarge, anything
from .text import plural

LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes that one document, or one line of a papers.jsonl, may have."""

_AT_ONCE = 1024 * 1024
_HEAD = 4096
_BUFFER = 64 * 1024
"""Bytes; without a number, `open` asks whether the file is a terminal."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: a file or a folder, and how the user calls it."""

    path: Path
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """Where one issue stands: a slice of a file, told without holding its contents.

    `path` is relative to the source, `shown` is what the user calls the file, `kind` is its reader's name; `digest` is
    SHA-256 of the slice. `told` says that the scan has told what there is to tell of it.
    """

    date: datetime.date
    file: str
    path: str
    shown: str
    kind: str
    offset: int
    size: int
    line: int
    digest: bytes
    told: bool = False
    papers: int = 0
    """About how many papers it holds, 0 where its reader does not tell."""


def read(sources: Iterable[str | Path], report: Report) -> Iterator[Issue]:
    """Yield the issues of files, folders and papers.jsonl in date order, one a date.

    Raises UsageError for a source that is not there and for sources without any digest.
    """
    found = scan([Source(Path(source), str(source)) for source in sources], report)
    for _, said in quiet_days(found):
        report(said)
    return issues(found, report)


def scan(sources: Sequence[Source], report: Report) -> list[Section]:
    """Find every issue of the sources, in date order, those of one date in the sources' order."""
    scanner = _Scanner(report)
    by_source = [(source, list(scanner.source(source))) for source in sources]
    found = [section for _, sections in by_source for section in sections]
    for source, sections in by_source:
        if found and not sections:
            report(Diagnostic(source.label, 0, Code.EMPTY_SOURCE, "this source holds no issue; the others were read"))
    for seeks, passed_over in scanner.passed_over.items():
        more = f" and {len(passed_over) - 1} more" if len(passed_over) > 1 else ""
        message = f"{_printable(passed_over[0])}{more} passed over: no {seeks}"
        report(Diagnostic("", 0, Code.NOT_A_DIGEST, message))
    return sorted(found, key=lambda section: section.date)


def issues(sections: Iterable[Section], report: Report) -> Iterator[Issue]:
    """Parse the sections of a scan, in date order; those of one date become one issue."""
    for _, same_date in groupby(sections, key=lambda section: section.date):
        if (issue := _issue(list(same_date), report)) is not None:
            yield issue


def spool(stream: IO[bytes]) -> Path:
    """Copy a stream, such as standard input, to a temporary file that the caller removes; raises OutputError."""
    copy: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(prefix="paperround-", delete=False) as file:
            copy = Path(file.name)
            while piece := stream.read(_AT_ONCE):
                file.write(piece)
    except BaseException as error:
        if copy:
            copy.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(f"cannot copy a stream to a temporary file: {error.strerror or error}") from error
        raise
    return copy


def _issue(sections: list[Section], report: Report) -> Issue | None:
    if len(sections) > 1:
        sections = sorted(sections, key=_is_supplement)
    given = [(section, issue) for section in sections for issue in _parse(section, report)]
    return _joined(given, report) if len(given) > 1 else given[0][1] if given else None


def _is_supplement(section: Section) -> bool:
    return registry.load(section.kind).supplement


def _joined(given: list[tuple[Section, Issue]], report: Report) -> Issue:
    """Join several accounts of one day, those that only complete it last."""
    accounts, first = Accounts(), given[0][1]
    for section, issue in given:
        if issue is not first and accounts.knows(issue):
            message = f"{issue.date} stands here again ({plural(len(issue.papers), 'paper')}); nothing was added"
            report(Diagnostic(section.shown, section.line, Code.REPEATED_ISSUE, message))
        elif issue is not first and _is_supplement(section):
            known = accounts.complete(issue.papers)
            if section.file != given[0][0].file:
                message = f"papers of {issue.date}: {known} completed, {len(issue.papers) - known} added"
                report(Diagnostic(section.shown, section.line, Code.COMPLETED_ISSUE, message))
        else:
            accounts.add(issue.papers, _merged(section, issue, report))
    papers = accounts.papers()
    return first.model_copy(update={"papers": papers, "language": issue_language(papers)})


def _merged(section: Section, issue: Issue, report: Report) -> Merged:
    """Return what tells of a merged paper; a line of a papers.jsonl holds papers whose own lines are another file's."""

    def merged(line: int, message: str) -> None:
        own = all(paper.path == section.path for paper in issue.papers)
        report(Diagnostic(section.shown, line if own else section.line, Code.MERGED_PAPER, message))

    return merged


# ------------------------------------------------------------------------------------------------ reading a section


def _parse(section: Section, report: Report) -> Iterator[Issue]:
    data, tell = contents(section), _tell(section.shown, report)
    if section.told:
        given = _read_once(section.kind, data, section.path, section.line)
    else:
        given = registry.load(section.kind).read(Piece(data, section.path, section.line, tell))
    for issue in given:
        if issue.date == section.date and issue.papers:
            issue = limited(issue, section.line, tell)
            papers = distinct(issue.papers, _merged(section, issue, report))
            yield issue if papers is issue.papers else issue.model_copy(update={"papers": papers})


@lru_cache(maxsize=1)  # a document that nobody cuts holds many days, each a section
def _read_once(kind: str, data: bytes, path: str, line: int) -> Iterable[Issue]:
    return tuple(registry.load(kind).read(Piece(data, path, line, _say_nothing)))


def contents(section: Section) -> bytes:
    """Return the bytes of a section; raises SourceChanged where they are not those that the scan saw."""
    try:
        with open(section.file, "rb", _BUFFER) as file:
            file.seek(section.offset)
            data = file.read(section.size)
    except OSError as error:
        raise SourceChanged(f"{section.shown} cannot be read any more: {error.strerror}; run again") from error
    if hashlib.sha256(data).digest() != section.digest:
        raise SourceChanged(f"{section.shown} changed while it was read; run again")
    return data


def _tell(shown: str, report: Report) -> Tell:
    return lambda line, code, message: report(Diagnostic(shown, line, code, message))


def _say_nothing(line: int, code: Code, message: str) -> None:
    """Tell nothing."""


# ------------------------------------------------------------------------------------------------ scanning


@dataclass
class _Scanner:
    """Finds the issues of sources, and keeps in `passed_over` the files without any, by what they lack."""

    report: Report
    passed_over: dict[str, list[str]] = field(default_factory=dict)

    def source(self, source: Source) -> Iterator[Section]:
        if _is_folder(source):

            def refuse(relative: str, why: str) -> None:
                tell = _tell(os.path.join(source.label, relative), self.report)
                tell(0, Code.UNREADABLE, f"{why}; left out")

            for relative in documents(source.path, tuple(registry.endings()), refuse):
                shown = os.path.join(source.label, relative)
                yield from self._file(os.path.join(source.path, relative), relative, shown, named=False)
        else:
            yield from self._file(str(source.path), Path(source.label).name, source.label, named=True)

    def _file(self, path: str, relative: str, shown: str, *, named: bool) -> Iterator[Section]:
        tell, what = _tell(shown, self.report), "left out"
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):  # to open a pipe would wait for ever
                tell(0, Code.UNREADABLE, "Not a regular file; left out")
                return
            with open(path, "rb", _BUFFER) as file:
                for section in self._document(file, path, relative, shown, tell, named=named):
                    what = "the rest was left out"
                    yield section
        except TooLarge:
            tell(0, Code.TOO_LARGE, f"more than {LARGEST_DOCUMENT // (1024 * 1024)} MB; {what}")
        except OSError as error:
            tell(0, Code.UNREADABLE, f"{error.strerror or error}; {what}")

    def _document(
        self, file: IO[bytes], path: str, relative: str, shown: str, tell: Tell, *, named: bool
    ) -> Iterator[Section]:
        kind, seeks = _kind(file, os.path.basename(path), named)
        path = shown if shown == path else path  # one string for both, where they are alike
        found = False

        def heard(line: int, code: Code, message: str) -> None:
            nonlocal found
            found = True
            tell(line, code, message)

        if kind is not None:
            reader, relative = registry.load(kind), _printable(relative)
            for part in reader.split(Document(file, LARGEST_DOCUMENT, heard)):
                for date, papers in _days(reader, part, relative, heard).items():
                    found = True
                    place = (part.offset, len(part.data), part.line, hashlib.sha256(part.data).digest())
                    yield Section(date, path, relative, shown, kind, *place, part.date is None, papers)
        if not found and seeks:
            self.passed_over.setdefault(seeks, []).append(shown)


def _kind(file: IO[bytes], name: str, named: bool) -> tuple[str | None, str]:
    """Return the name of a file's reader, None where none takes it, and what the file lacks if it holds nothing.

    Of readers that take anything, the one that the file's ending names comes last of its ending's, and any other only
    for a file that the user has named and nobody else takes.
    """
    ours = [kind for ending, kinds in registry.endings().items() if name.lower().endswith(ending) for kind in kinds]
    choices = [kind for kind in ours if named or registry.load(kind).searched]
    choices.sort(key=_takes_anything)
    if not named and choices and _takes_anything(choices[0]):
        return choices[0], registry.load(choices[0]).seeks
    head = file.read(_HEAD)
    file.seek(0)
    for kind in choices:
        if registry.load(kind).sniff(head):
            return kind, registry.load(kind).seeks
    if not named:
        return None, " or ".join(dict.fromkeys(registry.load(kind).seeks for kind in choices))
    others = [kind for kind in registry.names() if kind not in choices]
    fitting = [kind for kind in others if not _takes_anything(kind) and registry.load(kind).sniff(head)]
    kind = next(iter(fitting or choices or filter(_takes_anything, others)))
    return kind, registry.load(kind).seeks


def _takes_anything(kind: str) -> bool:
    return registry.load(kind).sniff is anything


def _days(reader: Reader, part: Slice, relative: str, tell: Tell) -> dict[datetime.date, int]:
    """Return the days that a slice holds issues of, and how many papers they have."""
    if part.date is not None:
        return {part.date: part.papers}
    given = list(reader.read(Piece(part.data, relative, part.line, tell)))
    days = {issue.date: len(issue.papers) for issue in given if issue.papers}
    for date in sorted({issue.date for issue in given} - days.keys()):
        tell(part.line, Code.NO_PAPERS, f"the issue of {date} has no paper; left out")
    return dict(sorted(days.items()))


def _is_folder(source: Source) -> bool:
    try:
        return stat.S_ISDIR(source.path.stat().st_mode)
    except FileNotFoundError:
        raise UsageError(f"{source.label}: no such file or folder") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise UsageError(f"{source.label}: {getattr(error, 'strerror', None) or error}") from None


def _printable(relative: str) -> str:
    """Return a path that the model takes: bytes that are no UTF-8 and control characters become U+FFFD."""
    if relative.isprintable():
        return relative
    text = os.fsencode(relative).decode("utf-8", "replace")
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", "\ufffd", text)
