"""Sources: which issues they hold and where, told by one scan; then each issue, read when its date has come."""

import datetime
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import IO, Literal

from . import fields
from .diagnostics import Code, Diagnostic, Report
from .digest import holds_paper, issue_language, parse
from .errors import OutputError, SourceChanged, UsageError
from .jsonlines import parse_line
from .merge import Accounts, Merged, distinct
from .paper import Issue
from .repair import clean
from .structure import daily_date, daily_lines, heading_of, is_daily

LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes that one document, or one line of a papers.jsonl, may have."""

_PIECE = 1024 * 1024
_ENDINGS = (".md", ".markdown")
_BEFORE = rb"\n(?:[ \r\x0b\x0c]|\xef\xbb\xbf|\xe2\x80[\xa8\xa9]){0,9}"
"""At least all that a heading may stand behind, before the parser has cleaned its line."""
_TOP_HEADING = re.compile(_BEFORE + rb"#{1,2}[^#\n]")
_HIDING = (b"```", b"~~~", b"<!--")
"""What may hide a heading."""
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
"""How a papers.jsonl starts, and no digest: some tools' Markdown starts with `{%` or `{:`."""
_ANY_HEADING = re.compile(_BEFORE + rb"#+[ \t\[]?")
_OF_PAPER = (b"\n### ", b"\n###\t", b"\n###[")


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: a file or a folder, and how the user calls it."""

    path: Path
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """Where one issue stands: a slice of a file, told without holding its contents.

    `path` is relative to the source, `shown` is what the user calls the file; `digest` is SHA-256 of the slice.
    """

    date: datetime.date
    file: Path
    path: str
    shown: str
    kind: Literal["digest", "json"]
    offset: int
    size: int
    line: int
    digest: bytes


def read(sources: Iterable[str | Path], report: Report) -> Iterator[Issue]:
    """Yield the issues of files, folders and papers.jsonl in date order, one a date.

    Raises UsageError for a source that is not there and for sources without any digest.
    """
    return issues(scan([Source(Path(source), str(source)) for source in sources], report), report)


def scan(sources: Sequence[Source], report: Report) -> list[Section]:
    """Find every issue of the sources, in date order, those of one date in the sources' order."""
    found: list[Section] = []
    passed_over: list[str] = []
    for source in sources:
        sections = list(_scan_source(source, passed_over, report))
        found += sections
    if passed_over:
        more = f" and {len(passed_over) - 1} more" if len(passed_over) > 1 else ""
        message = f"{_printable(passed_over[0])}{more} passed over: no '## Daily Papers (YYYY-MM-DD)' heading"
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
            while piece := stream.read(_PIECE):
                file.write(piece)
    except BaseException as error:
        if copy:
            copy.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(f"cannot copy a stream to a temporary file: {error.strerror or error}") from error
        raise
    return copy


def _issue(sections: list[Section], report: Report) -> Issue | None:
    given = [(section, issue) for section in sections for issue in _parse(section, report)]
    return _joined(given, report) if len(given) > 1 else given[0][1] if given else None


def _joined(given: list[tuple[Section, Issue]], report: Report) -> Issue:
    """Join several accounts of one day."""
    accounts, first = Accounts(), given[0][1]
    for section, issue in given:
        if issue is not first and accounts.knows(issue):
            message = f"{issue.date} stands here again ({len(issue.papers)} papers); nothing was added"
            report(Diagnostic(section.shown, section.line, Code.REPEATED_ISSUE, message))
        else:
            accounts.add(issue.papers, _merged(section, report))
    papers = accounts.papers()
    return first.model_copy(update={"papers": papers, "language": issue_language(papers)})


def _merged(section: Section, report: Report) -> Merged:
    """Return what tells of a merged paper: a line of JSON holds a whole issue, whose own lines are another file's."""
    return lambda line, message: report(
        Diagnostic(section.shown, section.line if section.kind == "json" else line, Code.MERGED_PAPER, message)
    )


# ------------------------------------------------------------------------------------------------ reading a section


def _parse(section: Section, report: Report) -> Iterator[Issue]:
    try:
        with section.file.open("rb") as file:
            file.seek(section.offset)
            data = file.read(section.size)
    except OSError as error:
        raise SourceChanged(f"{section.shown} cannot be read any more: {error.strerror}; run again") from error
    if hashlib.sha256(data).digest() != section.digest:
        raise SourceChanged(f"{section.shown} changed while it was read; run again")
    if section.kind == "json":
        yield _parse_json(data, section, report)
        return
    text = _decode(data, section, report)
    yield from parse(text, section.path, lambda said: report(replace(said, path=section.shown)), section.line)


def _parse_json(data: bytes, section: Section, report: Report) -> Issue:
    issue = parse_line(data)
    return issue.model_copy(update={"papers": distinct(issue.papers, _merged(section, report))})


def _decode(data: bytes, section: Section, report: Report) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = section.line + data.count(b"\n", 0, error.start)
        message = f"byte 0x{data[error.start]:02X} is not UTF-8; replaced by U+FFFD, like any more of them"
        report(Diagnostic(section.shown, line, Code.NOT_UTF8, message))
        return data.decode("utf-8", "replace")


# ------------------------------------------------------------------------------------------------ scanning


def _scan_source(source: Source, passed_over: list[str], report: Report) -> Iterator[Section]:
    if _is_folder(source):
        for path in _documents(source.path, report):
            relative = path.relative_to(source.path).as_posix()
            yield from _scan_file(path, relative, os.path.join(source.label, relative), passed_over, report)
    else:
        yield from _scan_file(source.path, Path(source.label).name, source.label, passed_over, report)


def _is_folder(source: Source) -> bool:
    try:
        return stat.S_ISDIR(source.path.stat().st_mode)
    except FileNotFoundError:
        raise UsageError(f"{source.label}: no such file or folder") from None
    except OSError as error:
        raise UsageError(f"{source.label}: {error.strerror}") from None


def _documents(folder: Path, report: Report) -> list[Path]:
    """Find the Markdown files of a folder; hidden folders and links to folders are not entered.

    Sorted by path, but a README last: it repeats the newest digest, and the issue's place is the digest's own file.
    """

    def unreadable(error: OSError) -> None:
        report(Diagnostic(str(error.filename), 0, Code.UNREADABLE, f"{error.strerror}; left out"))

    found: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in files if name.lower().endswith(_ENDINGS) and not name.startswith(".")]
    return sorted(found, key=lambda path: (path.name.lower().startswith("readme."), path.as_posix()))


def _scan_file(path: Path, relative: str, shown: str, passed_over: list[str], report: Report) -> Iterator[Section]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe would wait for ever
            report(Diagnostic(shown, 0, Code.UNREADABLE, "Not a regular file; left out"))
            return
        with path.open("rb") as file:
            if _is_json(file, path.name):
                yield from _scan_json(file, path, shown, report)
            else:
                yield from _scan_digest(_bounded(file), path, _printable(relative), shown, passed_over, report)
    except _TooLarge:
        size = LARGEST_DOCUMENT // (1024 * 1024)
        report(Diagnostic(shown, 0, Code.TOO_LARGE, f"more than {size} MB; left out"))
    except OSError as error:
        report(Diagnostic(shown, 0, Code.UNREADABLE, f"{error.strerror}; left out"))


class _TooLarge(Exception):
    pass


def _bounded(file: IO[bytes]) -> bytes:
    """Read a document in pieces, giving up as soon as it is over the limit, whatever its size claims to be."""
    pieces: list[bytes] = []
    total = 0
    while piece := file.read(_PIECE):
        total += len(piece)
        if total > LARGEST_DOCUMENT:
            raise _TooLarge
        pieces.append(piece)
    return b"".join(pieces)


def _printable(relative: str) -> str:
    """Return a path that the model takes: bytes that are no UTF-8 and control characters become U+FFFD."""
    text = os.fsencode(relative).decode("utf-8", "replace")
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", "\ufffd", text)


def _is_json(file: IO[bytes], name: str) -> bool:
    if name.lower().endswith((*_ENDINGS, ".jsonl")):
        return name.lower().endswith(".jsonl")
    start = file.read(512)
    file.seek(0)
    return bool(_JSON.match(start))


def _scan_json(file: IO[bytes], path: Path, shown: str, report: Report) -> Iterator[Section]:
    offset, number = 0, 0
    while line := file.readline(LARGEST_DOCUMENT + 1):
        number += 1
        if len(line) > LARGEST_DOCUMENT:
            raise _TooLarge
        if line.strip():
            try:
                issue = parse_line(line)
            except ValueError as error:
                report(Diagnostic(shown, number, Code.BAD_JSON, f"{error}; left out"))
            else:
                section = Section(issue.date, path, "", shown, "json", offset, len(line), number, _hash(line))
                if _has_papers(bool(issue.papers), section, report):
                    yield section
        offset += len(line)


def _scan_digest(
    data: bytes, path: Path, relative: str, shown: str, passed_over: list[str], report: Report
) -> Iterator[Section]:
    raw = data
    if b"\n" not in data:
        data = raw.replace(b"\r", b"\n")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report(Diagnostic(shown, 1, Code.NOT_UTF8, "the document is UTF-16, not UTF-8; left out"))
        return
    hiding = any(mark in data for mark in _HIDING)
    starts = _starts(data, hiding)
    if not starts:
        passed_over.append(shown)
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for (start, line), end in zip(starts, ends, strict=False):
        title = heading_of(_first_line(data, start)) or (0, "")
        date = fields.date(daily_date(*title) or "")
        if date is None:
            message = f"{fields.excerpt(title[1])} names no real date; left out"
            report(Diagnostic(shown, line, Code.BAD_DATE, message))
        else:
            section = Section(date, path, relative, shown, "digest", start, end - start, line, _hash(raw[start:end]))
            if _has_papers(_holds_paper(data[start:end], hiding), section, report):
                yield section


def _has_papers(has: bool, section: Section, report: Report) -> bool:
    if not has:
        message = f"the issue of {section.date} has no paper; left out"
        report(Diagnostic(section.shown, section.line, Code.NO_PAPERS, message))
    return has


def _holds_paper(data: bytes, hiding: bool) -> bool:
    """Know before parsing which issues there are, so that the neighbours of parts are true."""
    heading = _ANY_HEADING.search(data)
    plain = heading is not None and heading[0] in _OF_PAPER and not hiding
    return plain or holds_paper(data.decode("utf-8", "replace"))


def _starts(data: bytes, hiding: bool) -> list[tuple[int, int]]:
    """Return the offset and the line of each Daily Papers heading; most documents only need the bytes looked at."""
    tops = [match.start() for match in _TOP_HEADING.finditer(b"\n" + data)]
    found = [start for start in tops if is_daily(_first_line(data, start))]
    if not found:
        return []
    wanted: set[int] | None = None
    if hiding:
        lines = data.decode("utf-8", "replace").split("\n")
        wanted = daily_lines([clean(line.strip("\ufeff\r"))[0] for line in lines])
    line = 0
    starts = []
    for before, start in zip([0, *found], found, strict=False):
        line += data.count(b"\n", before, start)
        if wanted is None or line in wanted:
            starts.append((start, line + 1))
    return starts


def _first_line(data: bytes, start: int) -> str:
    end = data.find(b"\n", start)
    line = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace").strip("\ufeff\r")
    return clean(line)[0]


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
