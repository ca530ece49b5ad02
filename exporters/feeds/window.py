"""Which days a subscription document holds: whole ones, so that nobody who asks often enough misses a paper."""

from collections import deque
from collections.abc import Iterator, Sequence

from ...model import Issue
from ..contract.format import part_of

DAYS = 3
"""Days that the document holds at least: who asks every third day misses nothing, whatever a day brings."""


class Window:
    """The newest days: those of the ISO week of the newest, three at least, and as many before as make enough papers.

    Of that week there is no archive document to link yet: it would still grow, and clients ask for one only once.
    """

    def __init__(self, papers: int) -> None:
        self._least = papers
        self._days: deque[tuple[Issue, Sequence[int]]] = deque()
        self._papers = 0
        self._week = ""
        self.closed: str | None = None
        """The week before that of the newest day, which has an archive document."""

    def add(self, issue: Issue, positions: Sequence[int]) -> None:
        """Take the next day, and the positions of its papers that are new."""
        week = part_of("week", issue.date)
        if week != self._week:
            self.closed, self._week = self._week or None, week
        self._days.append((issue, positions))
        self._papers += len(positions)
        while self._is_dispensable(*self._days[0]):
            self._papers -= len(self._days.popleft()[1])

    def places(self) -> Iterator[tuple[Issue, int]]:
        """Yield each paper's issue and its position there, newest first."""
        for issue, positions in reversed(self._days):
            yield from ((issue, position) for position in positions)

    def _is_dispensable(self, oldest: Issue, positions: Sequence[int]) -> bool:
        return (
            len(self._days) > DAYS
            and part_of("week", oldest.date) != self._week
            and self._papers - len(positions) >= self._least
        )
