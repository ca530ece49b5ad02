"""A file of arXiv's records, completed for the papers of digests."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...model import Code, Diagnostic, Issue, Record, Records, Report
from ...model import records as file
from ..build.job import Progress

Gather = Callable[[Sequence[str]], Iterator[Records]]
"""Takes arXiv ids; yields what it learns of them piece by piece, None for an id that arXiv does not know."""


@dataclass(frozen=True)
class Collected:
    """What a collection came to, in papers: all with an arXiv id, records that are new, ids unknown to arXiv, and
    those that it learned nothing of."""

    papers: int
    new: int
    unknown: int
    lacking: int


def collect(path: Path, issues: Iterable[Issue], gather: Gather, report: Report, progress: Progress) -> Collected:
    """Gather the records that a file lacks for the papers of issues, and write it after each piece.

    Nothing in the file is asked for again, and nothing is lost from it. Raises UsageError for a file with a line that
    is no record, OutputError, and what `gather` raises.
    """
    records = file.read_whole(path) if path.exists() else {}
    places = _places(issues)
    lacking = [arxiv_id for arxiv_id in sorted(places) if arxiv_id not in records]
    learned: dict[str, Record | None] = {}
    progress(0, len(lacking))
    for piece in gather(lacking) if lacking else ():
        learned |= piece
        file.write(path, records | learned)
        progress(len(learned), len(lacking))
    if not path.exists():
        file.write(path, records)
    known = records | learned
    unknown = [arxiv_id for arxiv_id in places if arxiv_id in known and known[arxiv_id] is None]
    for arxiv_id in unknown:
        report(Diagnostic(*places[arxiv_id], Code.UNKNOWN_ID, f"arXiv does not know {arxiv_id}"))
    new = sum(record is not None for record in learned.values())
    return Collected(len(places), new, len(unknown), len(lacking) - len(learned))


def _places(issues: Iterable[Issue]) -> dict[str, tuple[str, int]]:
    """Return where each arXiv id stands first."""
    places: dict[str, tuple[str, int]] = {}
    for issue in issues:
        for paper in issue.papers:
            if paper.arxiv_id:
                places.setdefault(paper.arxiv_id, (paper.path, paper.line))
    return places
