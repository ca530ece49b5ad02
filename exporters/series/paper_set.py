"""Which papers came before: a paper on two dates is shown at its first."""

from ...model import Issue, Paper
from ..contract.cache import ISSUES, cache
from ..contract.format import Series
from .identity import arxiv_url, entry_id

_PAGE = 1024
"""Numbers whose bits stand together; a month of arXiv has some twenty thousand."""
_Key = tuple[int, int, str | None]
"""Of a paper: its number's page and its bit there, or else, with an id that is no such number, that id."""


class PaperSet:
    """The papers of the issues so far, in ten bytes each; a set of their ids would take a hundred, in every format.

    An arXiv id is a number, and those of a month's papers lie close together, so there is a bit for each.
    """

    def __init__(self, series: Series) -> None:
        self.count = 0
        self._series = series
        self._numbered: dict[int, int] = {}
        self._others: set[str] = set()

    def new(self, issue: Issue) -> list[int]:
        """Return the positions of an issue's papers that no issue before it had."""
        found = [position for position, key in enumerate(_keys(self._series, issue)) if self._is_new(*key)]
        self.count += len(found)
        return found

    def _is_new(self, page: int, bit: int, other: str | None) -> bool:
        if other is not None:
            is_new = other not in self._others
            self._others.add(other)
            return is_new
        bits = self._numbered.get(page, 0)
        self._numbered[page] = bits | bit
        return not bits & bit


@cache(ISSUES)
def _keys(series: Series, issue: Issue) -> tuple[_Key, ...]:
    """Return what papers are known by, for all the formats of a run."""
    return tuple([_key(series, issue, paper) for paper in issue.papers])


def _key(series: Series, issue: Issue, paper: Paper) -> _Key:
    key = paper.arxiv_id or entry_id(series, issue.date, paper).removeprefix(arxiv_url(""))
    digits = key[:4] + key[5:]
    if key[4:5] != "." or not digits.isdecimal():
        return 0, 0, key
    page, place = divmod(int(f"1{digits}"), _PAGE)  # the 1 tells 0704.0001 from 0070.40001
    return page, 1 << place, None
