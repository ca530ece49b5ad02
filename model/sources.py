"""Sources as issues: the sections that a scan has found, each read when its date has come."""

import datetime
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import IO

from . import limits
from .diagnostics import Code, Diagnostic, Report, Tell, silence
from .digest import issue_language
from .errors import OutputError
from .fields import excerpt
from .jsonlines import line as as_json
from .jsonlines import parse_line
from .limits import limited
from .merge import Accounts, Merged, distinct
from .outliers import outliers
from .paper import Issue
from .quiet import quiet_days
from .readers import registry
from .readers.contract import Piece, Reader
from .scanner import scan
from .sections import Section, Source, contents
from .temporary import passing_file
from .text import plural

__all__ = ["Section", "Source", "contents", "issues", "read", "scan", "spool"]

_AT_ONCE = 1024 * 1024
_LIKE_ARXIV = re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/.", re.ASCII)


def read(sources: Iterable[str | Path], report: Report) -> Iterator[Issue]:
    """Yield the issues of files, folders and papers.jsonl in date order, one a date.

    Raises UsageError for a source that is not there and for sources without any digest.
    """
    found = scan([Source(Path(source), str(source)) for source in sources], report)
    for _, diagnostic in (*quiet_days(found), *outliers(found)):
        report(diagnostic)
    return issues(found, report)


def issues(sections: Iterable[Section], report: Report) -> Iterator[Issue]:
    """Parse the sections of a scan, in date order; those of one date become one issue."""
    for _, same_date in groupby(sections, key=lambda section: section.date):
        if (issue := _issue(list(same_date), report)) is not None:
            yield issue


def spool(stream: IO[bytes]) -> Path:
    """Copy a stream, such as standard input, to a temporary file that the caller removes; raises OutputError."""
    file, copy = passing_file()
    try:
        with file:
            while piece := stream.read(_AT_ONCE):
                file.write(piece)
    except BaseException as error:
        copy.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(f"cannot copy a stream to a temporary file: {error.strerror or error}") from error
        raise
    return copy


# ------------------------------------------------------------------------------------------------ joining


def _issue(sections: list[Section], report: Report) -> Issue | None:
    if len(sections) > 1:
        sections = sorted(sections, key=_is_supplement)
    given = [(section, issue) for section in sections for issue in _parse(section, report)]
    return _joined(given, report) if len(given) > 1 else given[0][1] if given else None


def _is_supplement(section: Section) -> bool:
    return _reader(section).supplement


def _reader(section: Section) -> Reader:
    """Return a section's reader; another process has to take one that is not installed from its file."""
    if section.module:
        registry.add(Path(section.module))
    return registry.load(section.kind)


def _joined(given: list[tuple[Section, Issue]], report: Report) -> Issue:
    """Join several accounts of one day, those that only complete it last."""
    accounts, (place, first) = Accounts(), given[0]
    for section, issue in given:
        if issue is not first and accounts.knows(issue):
            message = f"{issue.date} is here again ({plural(len(issue.papers), 'paper')}); nothing was added"
            report(Diagnostic(section.shown, section.line, Code.REPEATED_ISSUE, message))
        elif issue is not first and _is_supplement(section):
            known = accounts.complete(issue.papers)
            if section.file != place.file:
                message = f"papers of {issue.date}: {known} completed, {len(issue.papers) - known} added"
                report(Diagnostic(section.shown, section.line, Code.COMPLETED_ISSUE, message))
        else:
            accounts.add(issue.papers, _merged(section, issue, report))
    papers = accounts.papers()
    joined = first.model_copy(update={"papers": papers, "language": issue_language(papers)})
    return limited(joined, place.line, _tell(place.shown, report))


def _merged(section: Section, issue: Issue, report: Report) -> Merged:
    """Return what tells of a merged paper; a line of a papers.jsonl holds papers whose own lines are another file's."""

    def merged(line: int, message: str) -> None:
        own = all(paper.path == section.path for paper in issue.papers)
        report(Diagnostic(section.shown, line if own else section.line, Code.MERGED_PAPER, message))

    return merged


# ------------------------------------------------------------------------------------------------ reading a section


@dataclass
class _SharedSlices:
    """Issues of the slices that hold many days, the last ones read: a growing README is read once, not for each day.

    They are kept as JSON, which takes a fifth of the memory. Together the slices are no larger than one document may
    be, so that memory stays the same however many there are.
    """

    _read: OrderedDict[Section, dict[datetime.date, list[bytes]]] = field(default_factory=OrderedDict)
    _size: int = 0

    def issues(self, section: Section) -> Iterator[Issue]:
        """Yield the issues of a section; the scan has told what there is to tell of them."""
        slice_ = replace(section, date=datetime.date.min, content=b"", papers=0, ids=())
        if slice_ not in self._read:
            self._add(slice_)
        self._read.move_to_end(slice_)
        yield from map(parse_line, self._read[slice_].get(section.date, ()))

    def _add(self, slice_: Section) -> None:
        found: dict[datetime.date, list[bytes]] = {}
        for issue in _reader(slice_).read(
            Piece(contents(slice_), slice_.path, slice_.line, silence, None, slice_.folders)
        ):
            if issue.papers:
                found.setdefault(issue.date, []).append(as_json(issue))
        self._read[slice_] = found
        self._size += slice_.size
        while len(self._read) > 1 and self._size > limits.LARGEST_DOCUMENT:
            self._size -= self._read.popitem(last=False)[0].size


_SHARED = _SharedSlices()


def _parse(section: Section, report: Report) -> Iterator[Issue]:
    tell = _tell(section.shown, report)
    if section.is_shared:
        given: Iterable[Issue] = _SHARED.issues(section)
    else:
        piece = Piece(contents(section), section.path, section.line, tell, section.date, section.folders)
        given = _reader(section).read(piece)
    for issue in given:
        if issue.date == section.date and issue.papers:
            _tell_odd_ids(issue, tell)
            issue = limited(issue, section.line, tell)
            papers = distinct(issue.papers, _merged(section, issue, report))
            yield issue if papers is issue.papers else issue.model_copy(update={"papers": papers})


def _tell_odd_ids(issue: Issue, tell: Tell) -> None:
    """Tell of papers whose link or id is arXiv's in form only: a letter of another script, a thirteenth month."""
    for paper in issue.papers:
        if paper.arxiv_id is None and paper.url and _LIKE_ARXIV.match(paper.url):
            tell(paper.line, Code.ODD_ID, f"{excerpt(paper.url)} names no paper on arXiv; kept as a link")
        elif paper.arxiv_id and paper.arxiv_id[0].isdecimal() and not "01" <= paper.arxiv_id[2:4] <= "12":
            tell(paper.line, Code.ODD_ID, f"{paper.arxiv_id} has no real month; arXiv has no such paper")


def _tell(shown: str, report: Report) -> Tell:
    return lambda line, code, message: report(Diagnostic(shown, line, code, message))
