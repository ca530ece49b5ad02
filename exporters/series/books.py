"""What a book is called, where it lies and which series it is in: the same in the book and in whatever lists it."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from ..contract.format import Period, Series
from ..words import words_in
from .identity import series_uuid

TITLES = 5
"""Titles that tell what is in a book."""

EPUB, KINDLE, KOBO = ".epub", "-kindle.epub", ".kepub.epub"
"""How the files of a book end; the last is how Kobo's own reader knows what is made for it."""
COVER, THUMBNAIL = ".jpg", "-thumbnail.jpg"
"""How the pictures of its cover end."""


def book_file(series: Series, part: str, ending: str = EPUB) -> str:
    """Name a file of the book of a part by its ending, one of those above."""
    return f"epub/{series.id}-{part}{ending}"


def book_id(series: Series, part: str) -> str:
    """Return the identifier of the book of a part, a urn:uuid."""
    return series_uuid(series, part)


def book_title(series: Series, part: str) -> str:
    """Return the title with the ISO date: shelves that sort by title then sort by date."""
    return f"{series.title} {part}"


def book_author(series: Series) -> str:
    """Return whom devices show as the author: who publishes the digest, else its title.

    The papers' authors did not write the digest, and a few hundred names fill a device's list of authors.
    """
    return series.publisher or series.title


def book_language(languages: Iterable[str]) -> str:
    """Return the language that most of a book's issues are in, of several the first."""
    return Counter(languages).most_common(1)[0][0]


def book_description(language: str, papers: int, titles: Sequence[str]) -> str:
    """Say how many papers there are and name the first, for shops and catalogues."""
    words = words_in(language)
    more = ["…"] if papers > min(len(titles), TITLES) else []
    return f"{words.count(words.papers, papers)}: {'; '.join([*titles[:TITLES], *more])}"


def book_subjects(categories: Counter[str]) -> tuple[str, ...]:
    """Return arXiv's categories, the commonest first."""
    return tuple(category for category, _ in categories.most_common() if category.strip())


def series_name(series: Series, period: Period) -> str:
    """Name the series that books of a period are in, in words of the series' language, not of a book's."""
    words = words_in(series.language or "en")
    names = {"day": "{}", "week": words.weekly_series, "month": words.monthly_series}
    return names[period].format(series.title)


def series_position(period: Period, part: str) -> int:
    """Return a book's place in its series: the first day of its span as YYYYMMDD."""
    return int(f"{_starts(period, part):%Y%m%d}")


def _starts(period: Period, part: str) -> datetime.date:
    if period == "week":
        return datetime.date.fromisocalendar(int(part[:4]), int(part[6:]), 1)
    return datetime.date.fromisoformat(part if period == "day" else f"{part}-01")
