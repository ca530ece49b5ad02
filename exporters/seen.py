"""Which papers came before: a paper on two dates is shown at its first."""

from collections.abc import Sequence

from ..model import Issue, Paper
from .contract import Series
from .identity import arxiv_url, entry_id

_PAGE = 1024
"""Numbers whose bits stand together; a month of arXiv has some twenty thousand."""


class Seen:
    """Knows the papers of the issues seen in ten bytes each; a set of their ids would take a hundred, in every format.

    An arXiv id is a number, and those of a month's papers lie close together, so there is a bit for each.
    """

    def __init__(self, series: Series, known: Sequence[str] = ()) -> None:
        """Know what the one has seen whose `known` is given."""
        self.count = 0
        self._series = series
        self._numbered: dict[int, int] = {}
        self._others: set[str] = set()
        if known:
            count, numbered, *others = known
            self.count, self._others = int(count), set(others)
            pages = (page.split("=") for page in numbered.split())
            self._numbered = {int(page): int(bits, 16) for page, bits in pages}

    @property
    def known(self) -> list[str]:
        """All that is known, to be remembered: how many, the numbers' bits by page, and other ids."""
        numbered = " ".join([f"{page}={bits:x}" for page, bits in sorted(self._numbered.items())])
        return [str(self.count), numbered, *sorted(self._others)]

    def new(self, issue: Issue) -> list[int]:
        """Return the positions of an issue's papers that no issue before it had."""
        return [position for position, paper in enumerate(issue.papers) if self._is_new(issue, paper)]

    def _is_new(self, issue: Issue, paper: Paper) -> bool:
        key = paper.arxiv_id or entry_id(self._series, issue.date, paper).removeprefix(arxiv_url(""))
        digits = key[:4] + key[5:]
        if key[4:5] == "." and digits.isdecimal():
            page, place = divmod(int(f"1{digits}"), _PAGE)  # the 1 tells 0704.0001 from 0070.40001
            bits = self._numbered.get(page, 0)
            is_new = not bits >> place & 1
            self._numbered[page] = bits | 1 << place
        else:
            is_new = key not in self._others
            self._others.add(key)
        self.count += is_new
        return is_new
