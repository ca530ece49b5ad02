"""How much a document and an issue may hold: far more than any digest has, and no more than every format can bear."""

import re

from .diagnostics import Code, Tell
from .paper import Issue, Paper

LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes that one document, or one line of a papers.jsonl, may have."""
MOST_DATES = 10_000
"""In one document; each becomes files of its own. A README of every day since arXiv began has as many."""
MOST_PAPERS = 2_000
"""In one issue; the largest digest known has a hundred."""
MOST_PLACES = 2 * MOST_PAPERS
"""In one text of one day, where a paper may stand more than once."""
MOST_AUTHORS = 10_000
"""Of one paper; the longest list known has five thousand."""
MOST_LINES = 130_000
"""In one text that is read at once; a year's digest of ten papers a day has 80,000."""
_CELLS = 3
"""Cells of tables, signs of quotes and brackets of links that cost what a line does.

Measured at 32 MB: 190 to 300 bytes of memory a line, 60 to 230 a cell, a quote or a link. A text of this many takes
less than 200 MB and 20 seconds.
"""
_MARK = re.compile(rb"[\n\r|>[]")


def affordable(data: bytes, first: int, tell: Tell) -> bytes:
    """Return a text up to the line from which on it would cost too much to read, and tell of that.

    Its cost is counted before it is parsed, by lines, cells, quotes and links. `first` is the number of its first line.
    """
    most = MOST_LINES * _CELLS
    lines, cells = data.count(b"\n") + data.count(b"\r"), sum(map(data.count, (b"|", b">", b"[")))
    if lines * _CELLS + cells <= most:
        return data
    cost, end = 0, 0
    for mark in _MARK.finditer(data):
        is_line = mark[0] in (b"\n", b"\r")
        cost += _CELLS if is_line else 1
        if cost > most:
            break
        end = mark.end() if is_line else end
    kept = data[:end]
    line = first + kept.count(b"\n")
    tell(line, Code.TOO_MANY, "more lines, cells or links than can be read at once; cut from here on")
    return kept


def limited(issue: Issue, line: int, tell: Tell) -> Issue:
    """Return an issue without what is over the limits, and tell of that at the line of the issue."""
    if len(issue.papers) > MOST_PAPERS:
        tell(line, Code.TOO_MANY, f"the issue has {len(issue.papers):,} papers; all after {MOST_PAPERS:,} left out")
        issue = issue.model_copy(update={"papers": issue.papers[:MOST_PAPERS]})
    if max([len(paper.authors) for paper in issue.papers], default=0) > MOST_AUTHORS:
        issue = issue.model_copy(update={"papers": tuple(_limited(paper, line, tell) for paper in issue.papers)})
    return issue


def _limited(paper: Paper, line: int, tell: Tell) -> Paper:
    if len(paper.authors) <= MOST_AUTHORS:
        return paper
    message = f"a paper has {len(paper.authors):,} authors; all after {MOST_AUTHORS:,} left out"
    tell(max(paper.line, line), Code.TOO_MANY, message)
    return paper.model_copy(update={"authors": paper.authors[:MOST_AUTHORS], "authors_complete": False})
