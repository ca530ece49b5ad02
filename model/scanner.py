"""The scan: which issues sources hold, and where, found in one pass before anything is made."""

import datetime
import hashlib
import io
import os
import re
import stat
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from . import limits
from .diagnostics import CODES, Code, Diagnostic, Report, Severity, Tell
from .errors import UsageError, no_such_path
from .folders import documents
from .jsonlines import line as as_json
from .paper import Issue
from .readers import registry
from .readers.contract import Document, Piece, Reader, Slice, TooLarge, anything
from .scans import FileScan, ScanCache, SectionPlace
from .sections import BUFFER, Section, Source

_HEAD = 4096
_DATED_FOLDERS = 3
"""Folders that may say a date between them: year, month, day."""


def scan(sources: Sequence[Source], report: Report, cache: ScanCache | None = None) -> list[Section]:
    """Find every issue of the sources, in date order, those of one date in the sources' order.

    A file that `cache` knows is only hashed.
    """
    scanner = _SourceScanner(report, cache)
    by_source = [(source, list(scanner.source(source))) for source in sources]
    found = [section for _, sections in by_source for section in sections]
    for source, sections in by_source:
        if found and not sections:
            report(Diagnostic(source.label, 0, Code.EMPTY_SOURCE, "this source holds no issue; the others were read"))
    for seeks, passed_over in scanner.passed_over.items():
        say = scanner.again if scanner.known.issuperset(passed_over) else report
        more = f" and {len(passed_over) - 1} more" if len(passed_over) > 1 else ""
        message = f"{printable(passed_over[0])}{more} passed over: no {seeks}"
        say(Diagnostic("", 0, Code.NOT_A_DIGEST, message))
    return sorted(found, key=lambda section: section.date)


def printable(relative: str) -> str:
    """Return a path that the model takes: bytes that are no UTF-8 and control characters become U+FFFD."""
    if relative.isprintable():
        return relative
    text = os.fsencode(relative).decode("utf-8", "replace")
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", "\ufffd", text)


@dataclass
class _ScannedFile:
    """A file that is scanned: where it lies, its path in the source, what the user calls it."""

    file: str
    path: str
    shown: str
    named: bool
    """Whether the user named the file itself, not a folder above it."""
    folders: str = ""
    """Of such a file, the folders that it lies in."""


@dataclass
class _SourceScanner:
    """Finds the issues of sources, and keeps in `passed_over` the files without any, by what they lack."""

    report: Report
    cache: ScanCache | None = None
    passed_over: dict[str, list[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    """What the user calls the files that an earlier run has scanned."""

    @property
    def again(self) -> Report:
        """Takes what an earlier run has told already."""
        return self.cache.again if self.cache else self.report

    def source(self, source: Source) -> Iterator[Section]:
        if not _is_folder(source):
            name, folders = Path(source.label).name, _folders(source)
            yield from self._file(_ScannedFile(str(source.path), name, source.label, named=True, folders=folders))
            return

        def refuse(relative: str, why: str) -> None:
            self._tell(os.path.join(source.label, relative))(0, Code.UNREADABLE, f"{why}; left out")

        for relative in documents(source.path, tuple(registry.endings()), refuse):
            shown, file = os.path.join(source.label, relative), os.path.join(source.path, relative)
            yield from self._file(_ScannedFile(shown if shown == file else file, relative, shown, named=False))

    def _file(self, place: _ScannedFile) -> Iterator[Section]:
        tell, what = self._tell(place.shown), "left out"
        try:
            if not stat.S_ISREG(os.stat(place.file).st_mode):  # to open a pipe would wait for ever
                tell(0, Code.UNREADABLE, "Not a regular file; left out")
                return
            with open(place.file, "rb", BUFFER) as file:
                for section in self._sections(file, place):
                    what = "the rest was left out"
                    yield section
        except TooLarge:
            tell(0, Code.TOO_LARGE, f"more than {limits.LARGEST_DOCUMENT // (1024 * 1024)} MB; {what}")
        except OSError as error:
            tell(0, Code.UNREADABLE, f"{error.strerror or error}; {what}")

    def _sections(self, file: IO[bytes], place: _ScannedFile) -> Iterator[Section]:
        """Yield a file's sections, as an earlier run found them where all that they depend on is as it was."""
        data = _small(file) if self.cache else None
        if self.cache is None or data is None:
            yield from self._document(file, place, self._tell(place.shown))
            return
        kinds, seeks = _kinds(data[:_HEAD], os.path.basename(place.file), place.named)
        key = self.cache.key(data, f"{place.folders}/{place.path}", kinds)
        earlier = self.cache.earlier.get(key)
        sections = _restored(earlier, data, place, kinds) if earlier else None
        if earlier is None or sections is None:
            self.cache.found[key] = yield from self._recorded(data, place)
            return
        self.cache.found[key] = earlier
        self.known.add(place.shown)
        for line, word, message in earlier.diagnostics:
            self.again(Diagnostic(place.shown, line, CODES[word], message))
        if not sections and not earlier.diagnostics and seeks:
            self.passed_over.setdefault(seeks, []).append(place.shown)
        yield from sections

    def _recorded(self, data: bytes, place: _ScannedFile) -> Generator[Section, None, FileScan]:
        """Yield a file's sections, and return all that the scan gives: the bytes are those that were hashed."""
        tell = self._tell(place.shown)
        told: list[tuple[int, str, str]] = []
        places: list[SectionPlace] = []

        def hear(line: int, code: Code, message: str) -> None:
            told.append((line, code.word, message))
            tell(line, code, message)

        for section in self._document(io.BytesIO(data), place, hear):
            content = section.content.hex() if section.is_shared else ""
            where = (section.date, section.kind, section.offset, section.size, section.line, section.papers)
            places.append(SectionPlace(*where, content, section.ids or ()))
            yield section
        return FileScan(tuple(places), tuple(told))

    def _document(self, file: IO[bytes], place: _ScannedFile, tell: Tell) -> Iterator[Section]:
        """Ask one reader after the other until one finds an issue; what the others told of the file is dropped then.

        An error that a reader of the file's ending told stays, when another one makes something of it: a list of papers
        that is no YAML for one letter can look like a digest of one paper.
        """
        name = os.path.basename(place.file)
        kinds, seeks = _kinds(file.read(_HEAD), name, place.named)
        own = _kinds_of(name)
        complaints: list[tuple[int, Code, str]] = []
        too_large = False
        for kind in kinds:
            lasting = () if kind in own else (each for each in complaints if each[1].severity is Severity.ERROR)
            attempt = _Attempt(tell, lasting)
            file.seek(0)
            try:
                yield from attempt.limited(attempt.sections(kind, file, place))
            except TooLarge:
                if attempt.succeeded:
                    raise
                too_large = True
            if attempt.succeeded:
                return
            complaints += attempt.held
        for complaint in dict.fromkeys(complaints):
            tell(*complaint)
        if too_large:
            raise TooLarge
        if not complaints and seeks:
            self.passed_over.setdefault(seeks, []).append(place.shown)

    def _tell(self, shown: str) -> Tell:
        return lambda line, code, message: self.report(Diagnostic(shown, line, code, message))


@dataclass
class _ScannedDay:
    """What is known of a date in a slice; its issues themselves would take far more memory."""

    content: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    papers: int = 0
    ids: list[str] = field(default_factory=list)

    def add(self, issue: Issue) -> None:
        self.content.update(as_json(issue))
        self.papers = max(self.papers, len(issue.papers))
        self.ids += (paper.arxiv_id for paper in issue.papers if paper.arxiv_id)


class _Attempt:
    """One reader's try at a document; what it tells is held back until it has found an issue."""

    def __init__(self, tell: Tell, held: Iterable[tuple[int, Code, str]] = ()) -> None:
        self.held = list(held)
        self.succeeded = False
        self._tell = tell

    def sections(self, kind: str, file: IO[bytes], place: _ScannedFile) -> Iterator[Section]:
        reader, path, module = registry.load(kind), printable(place.path), registry.file_of(kind)
        for part in reader.split(Document(file, limits.LARGEST_DOCUMENT, self._hear, path)):
            digest = hashlib.sha256(part.data).digest()
            where = (place.file, path, place.shown, kind, part.offset, len(part.data), part.line, digest)
            if part.date is not None:
                self._succeed()
                yield Section(part.date, *where, digest, part.papers, None, module, place.folders)
            else:
                for date, day in self._days(reader, part, path, place.folders).items():
                    self._succeed()
                    yield Section(date, *where, day.content.digest(), day.papers, tuple(day.ids), module, place.folders)

    def limited(self, sections: Iterator[Section]) -> Iterator[Section]:
        """Yield the sections of a document up to the limit of dates, each of which costs files; tell where it ends."""
        dates: set[datetime.date] = set()
        for section in sections:
            dates.add(section.date)
            if len(dates) > limits.MOST_DATES:
                message = f"more than {limits.MOST_DATES:,} dates; {section.date} and what follows left out"
                self._tell(section.line, Code.TOO_MANY, message)
                return
            yield section

    def _days(self, reader: Reader, part: Slice, path: str, folders: str) -> dict[datetime.date, "_ScannedDay"]:
        """Return what a slice holds of each date, oldest first; a day without papers is told."""
        found: dict[datetime.date, _ScannedDay] = {}
        for issue in reader.read(Piece(part.data, path, part.line, self._hear, None, folders)):
            found.setdefault(issue.date, _ScannedDay()).add(issue)
        for date in sorted(date for date, day in found.items() if not day.papers):
            self._hear(part.line, Code.NO_PAPERS, f"the issue of {date} has no paper; left out")
        return {date: day for date, day in sorted(found.items()) if day.papers}

    def _succeed(self) -> None:
        if not self.succeeded:
            self.succeeded = True
            for complaint in self.held:
                self._tell(*complaint)

    def _hear(self, line: int, code: Code, message: str) -> None:
        if self.succeeded:
            self._tell(line, code, message)
        else:
            self.held.append((line, code, message))


def _small(file: IO[bytes]) -> bytes | None:
    """Return a file's bytes, None and the file at its start for more than a document may have: lines of JSON may."""
    try:
        return Document(file, limits.LARGEST_DOCUMENT, _unheard).whole()
    except TooLarge:
        file.seek(0)
        return None


def _unheard(line: int, code: Code, message: str) -> None:
    """Tell nothing."""


def _restored(scan: FileScan, data: bytes, place: _ScannedFile, kinds: Sequence[str]) -> list[Section] | None:
    """Return the sections that an earlier run has found; None where what it has kept is damaged.

    Digests are taken anew from the file: what was kept can name no bytes but its own.
    """
    path, found = printable(place.path), []
    for kept in scan.sections:
        end = kept.offset + kept.size
        if kept.kind not in kinds or not 0 <= kept.offset <= end <= len(data) or not 0 < kept.line <= end + 1:
            return None
        digest = hashlib.sha256(data[kept.offset : end]).digest()
        where = (place.file, path, place.shown, kept.kind, kept.offset, kept.size, kept.line, digest)
        content = bytes.fromhex(kept.content) if kept.content else digest
        ids = kept.ids if kept.content else None
        found.append(Section(kept.date, *where, content, kept.papers, ids, registry.file_of(kept.kind), place.folders))
    return found


def _kinds(head: bytes, name: str, named: bool) -> tuple[list[str], str]:
    """Return the names of the readers to ask for a file, in order, and what it lacks if none finds anything.

    Readers of the file's ending come first, those that look at its head before those that take anything. A file that
    the user has named is then offered to all others.
    """
    choices = [kind for kind in _kinds_of(name) if named or registry.load(kind).searched]
    others = [kind for kind in registry.names() if kind not in choices] if named else []
    asked = [*sorted(choices, key=_takes_anything), *sorted(others, key=_takes_anything)]
    taken: dict[int, str] = {}
    for kind in asked:
        if registry.load(kind).sniff(head):
            taken.setdefault(id(registry.load(kind)), kind)
    lacks = dict.fromkeys(registry.load(kind).seeks for kind in choices or taken.values())
    return list(taken.values()), " or ".join(filter(None, lacks))


def _kinds_of(name: str) -> list[str]:
    """Return the names of the readers of a file's ending."""
    return [kind for ending, kinds in registry.endings().items() if name.lower().endswith(ending) for kind in kinds]


def _takes_anything(kind: str) -> bool:
    return registry.load(kind).sniff is anything


def _folders(source: Source) -> str:
    """Return the folders of a file that the user named, as many as say a date; none of standard input's copy."""
    path = os.path.abspath(source.path)
    if path != os.path.abspath(source.label):
        return ""
    return printable("/".join(Path(path).parts[-1 - _DATED_FOLDERS : -1]).strip("/"))


def _is_folder(source: Source) -> bool:
    try:
        return stat.S_ISDIR(source.path.stat().st_mode)
    except FileNotFoundError:
        raise no_such_path(source.label) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise UsageError(f"{source.label}: {getattr(error, 'strerror', None) or error}") from None
