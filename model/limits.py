"""How much a document and an issue may hold: far more than any digest has, and no more than every format can bear."""

from .diagnostics import Code, Tell
from .paper import Issue, Paper

LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes that one document, or one line of a papers.jsonl, may have."""
MOST_DATES = 10_000
"""In one document; each becomes files of its own. A README of every day since arXiv began has as many."""
MOST_PAPERS = 2_000
"""In one issue; the largest digest known has a hundred."""
MOST_AUTHORS = 10_000
"""Of one paper; the longest list known has five thousand."""


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
