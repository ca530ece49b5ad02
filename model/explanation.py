"""How sources were read: for each file its reader and its days, and of a digest where its papers were found."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from .sections import Section
from .text import plural


def explain(sections: Iterable[Section]) -> Iterator[str]:
    """Yield lines on how the files of a scan were read, a file after the other."""
    by_file = sorted(sections, key=lambda section: (section.shown, section.date))
    for shown, group in groupby(by_file, key=lambda section: section.shown):
        there = list(group)
        papers = sum(section.papers for section in there)
        span = f"{there[0].date} to {there[-1].date}" if len(there) > 1 else str(there[0].date)
        yield f"{shown}: {there[0].kind}, {plural(len(there), 'issue')}, {plural(papers, 'paper')}, {span}"
        if there[0].kind.startswith("digest."):
            yield from (f"  {line}" for line in _of_digest(there[0]))


def _of_digest(section: Section) -> Iterator[str]:
    from .digest.explanation import explain as explain_digest  # only this asks for it

    try:
        text = Path(section.file).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        yield str(error.strerror)
    else:
        yield from explain_digest(text, f"{section.folders}/{section.path}")
