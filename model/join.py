"""arXiv's records joined to the papers of digests, each only where title or authors say that it belongs there."""

import re
from collections.abc import Iterable

from .diagnostics import Code, Diagnostic, Report
from .fields import excerpt
from .paper import Issue, Paper, Record
from .records import Records
from .text import words

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_JOINTS = re.compile("[-‐‑'’ʼ]")


def join(issue: Issue, records: Records, report: Report) -> Issue:
    """Give each paper of an issue its record, and say which were doubtful or left out.

    A record that a paper already carries gives way to the one in `records`.
    """
    return issue.model_copy(update={"papers": tuple(_joined(paper, records, report) for paper in issue.papers)})


def _joined(paper: Paper, records: Records, report: Report) -> Paper:
    if paper.arxiv_id is None or paper.arxiv_id not in records:
        return paper
    record = records[paper.arxiv_id]
    if record is None:
        report(Diagnostic(paper.path, paper.line, Code.UNKNOWN_ID, f"arXiv does not know {paper.arxiv_id}"))
        return paper
    doubt = _doubt(paper, record)
    if doubt is not None:
        report(Diagnostic(paper.path, paper.line, *doubt))
    if doubt is not None and doubt[0] is Code.RECORD_SHARES_NO_AUTHOR:
        return paper
    return paper.model_copy(update={"record": record})


def _doubt(paper: Paper, record: Record) -> tuple[Code, str] | None:
    """Return why a record may be another paper's.

    Papers are renamed between versions, so another title is only told as long as an author of the digest is in the
    record, or, where the digest names none, half of the words are the same.
    """
    told, known = words(paper.title), words(record.title)
    renamed = "".join(told) != "".join(known)
    agrees = _share_author(paper, record, sure=renamed) if paper.authors else _are_alike(told, known)
    if not agrees:
        return Code.RECORD_SHARES_NO_AUTHOR, f"{_named(paper, record)} shares no author with the digest; left out"
    if renamed:
        return Code.RECORD_TITLE_DIFFERS, f"{_named(paper, record)} has another title; taken, for the rest agrees"
    return None


def _named(paper: Paper, record: Record) -> str:
    first = f" by {record.authors[0].name}" if record.authors else ""
    more = " and others" if len(record.authors) > 1 else ""
    return f"arXiv's record of {paper.arxiv_id}, {excerpt(record.title)}{first}{more},"


def _are_alike(told: list[str], known: list[str]) -> bool:
    return 2 * len({*told} & {*known}) >= max(len({*told}), len({*known}))


def _share_author(paper: Paper, record: Record, *, sure: bool) -> bool:
    """Tell whether any author is in both; `sure` asks for more than one word of a name."""
    theirs = [author.name for author in record.authors]
    if not {*paper.authors}.isdisjoint(theirs):
        return True
    return _Names(paper.authors).share(_Names(theirs), sure)


class _Names:
    """Names in the forms they may take elsewhere: turned round, without middle names, abbreviated, split."""

    def __init__(self, names: Iterable[str]) -> None:
        self.whole: set[str] = set()
        self.ends: set[frozenset[str]] = set()
        self.initials: set[tuple[str, str]] = set()
        self.short: set[tuple[str, str]] = set()
        self.lone: set[str] = set()
        self.parts: set[str] = set()
        for name in names:
            self._add([word for word in words(_JOINTS.sub("", name)) if word not in _SUFFIXES])

    def share(self, other: "_Names", sure: bool) -> bool:
        """Tell whether one name of each may be the same person's or group's."""
        return bool(
            self.whole & other.whole
            or self.ends & other.ends
            or self.short & other.initials
            or other.short & self.initials
            or (not sure and (self.lone & other.parts or other.lone & self.parts))
        )

    def _add(self, name: list[str]) -> None:
        if not name:
            return
        first, last = name[0], name[-1]
        self.whole.add("".join(name))
        self.parts.update(name)
        if len(name) == 1:
            self.lone.add(first)
            return
        self.initials |= {(last, first[0]), (first, last[0])}
        if len(first) == 1:
            self.short.add((last, first))
        elif len(last) == 1:
            self.short.add((first, last))
        else:
            self.ends.add(frozenset((first, last)))
