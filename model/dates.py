"""Dates as people write them, in headings, cells, front matter, and names of files and folders."""

import calendar
import datetime
import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

_LONG = "january february march april may june july august september october november december".split()  # noqa: SIM905
_MONTHS = {name: at for at, long in enumerate(_LONG, 1) for name in (long, long[:3])} | {"sept": 9}
_MONTH = r"(?<![A-Za-z])(?:{})\.?(?![A-Za-z])".format("|".join(sorted(_MONTHS, key=len, reverse=True)))
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_DASH = r"\s*(?:[-–—~～]|to|until|至|到)\s*"
_NUMERIC = r"(?P<{0}1>[0-9]{{4}})(?P<{0}2>[-./_‐‑–—−])(?P<{0}3>[0-9]{{1,2}})(?P={0}2)(?P<{0}4>[0-9]{{1,2}})(?![0-9])"
_TOKEN = re.compile(
    r"(?<![0-9.])(?:" + _NUMERIC.format("n") + ")"
    r"|(?:(?P<ey>[0-9]{4})\s?[년年.]\s?)?(?<![0-9])(?P<em>[0-9]{1,2})\s?[월月.]\s?(?P<ed>[0-9]{1,2})\s?[일日号號]"
    r"|(?<![0-9.])(?P<sy>[0-9]{4})\.\s(?P<sm>[0-9]{1,2})\.\s(?P<sd>[0-9]{1,2})(?![0-9])"
    rf"|(?P<mm>{_MONTH})\s?[-\s]?\s?(?P<md>{_DAY})(?:{_DASH}(?P<me>{_DAY})(?!\s*[A-Za-z]{{3}}))?"
    rf"(?:[\s,)\]]*(?:{_DASH})?[\s,(]*(?P<my>{_YEAR}))?"
    rf"|(?<![0-9])(?:(?P<ds>{_DAY}){_DASH})?(?P<dd>{_DAY})[-\s]\s?(?:of\s)?(?P<dm>{_MONTH})"
    rf"(?:[-\s,]{{1,2}}(?P<dy>{_YEAR}))?"
    r"|(?<![0-9])(?P<ty>[0-9]{4})\s?[-/]?\s?(?:W(?:eek)?\s?|年?\s?第\s?)(?P<tw>[0-9]{1,2})(?![0-9])"
    r"|(?<![0-9])(?P<gd>[0-9]{1,2})(?P<gs>[./])(?P<gm>[0-9]{1,2})(?P=gs)(?P<gy>(?:19|20)[0-9]{2})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_BETWEEN = re.compile(
    rf"[\s)\]]*(?:[(（]?\s*[A-Za-z月火水木金土日一二三四五六]{{1,9}}\s*[)）])?{_DASH}[\s(\[]*", re.IGNORECASE | re.ASCII
)
_SHORT_END = re.compile(r"(?:\s+(?:[-–—~]|to)\s+|\s*[–—~～]\s*)(?:([0-9]{1,2})[-./])?([0-9]{1,2})(?![0-9])\s?일?日?")
_SHORT = re.compile(r"\W*(0?[1-9]|1[0-2])[-‐‑–—−](0?[1-9]|[12][0-9]|3[01])\W*")
_PERIOD = re.compile(
    r"(?<![0-9.])(?<![0-9][/-])(?P<ny>(?:19|20)[0-9]{2})(?:[-./_‐‑–—−]|\s?[년年]\s?)(?P<nm>0?[1-9]|1[0-2])\s?[월月]?(?![0-9]|[-./_]?[0-9])"
    rf"|(?P<mm>{_MONTH})[\s,('’]*(?P<my>{_YEAR})|(?<![0-9])(?P<yy>(?:19|20)[0-9]{{2}})[\s,]+(?P<ym>{_MONTH})"
    rf"|\bW(?:eek|k)?\W{{0,2}}(?P<w>[0-5]?[0-9])(?![0-9A-Za-z])(?:(?:[\s,/(-]|of)*(?P<wy>{_YEAR}))?"
    rf"|(?:(?P<jy>(?:19|20)[0-9]{{2}})\s?[년年]\s?)?(?:第\s?(?P<zw>[0-5]?[0-9])\s?[周週]|(?<![0-9])(?P<kw>[0-5]?[0-9])\s?주\s?차)",
    re.IGNORECASE | re.ASCII,
)
"""A month and its year, or a week, maybe with its year."""
_MONTH_ALONE = re.compile(
    rf"\W*(?:(?P<m>(?ai:{_MONTH}))|(?P<n>0?[1-9]|1[0-2])\s?[월月]|(?P<c>十[一二]?|[一二三四五六七八九])月)\W*"
)
_HAN_MONTHS = "一二三四五六七八九十"
_YEARS = re.compile(rf"(?<![0-9]){_YEAR}")


class Day(NamedTuple):
    """A day as it was written; the year is None where none was."""

    year: int | None
    month: int
    day: int

    def date(self, year: int | None = None) -> datetime.date | None:
        """Return the date, in the year given where none was written; None for no real one."""
        try:
            return datetime.date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None


class Period(NamedTuple):
    """A month or an ISO week as it was written, without a day; the year is None where none was."""

    year: int | None
    month: int | None
    week: int | None = None

    def last(self, year: int | None = None) -> datetime.date | None:
        """Return its last day, in the year given where none was written; None for no real one and for no year."""
        year = self.year or year
        try:
            if year and self.week:
                return datetime.date.fromisocalendar(year, self.week, 7)
            return datetime.date(year or 0, self.month or 0, calendar.monthrange(year or 0, self.month or 0)[1])
        except ValueError:
            return None


class _Mention(NamedTuple):
    start: int
    end: int
    day: Day


def days(text: str) -> list[Day]:
    """Return the different days that a text names, in its order; of a range, such as a week, only the last day."""
    # Eight digits in a row are looked at last: beside another date they are an id, a size or a time.
    found = [place for match in _TOKEN.finditer(text) if (place := _place(text, match)) is not None]
    found = found or [
        _Mention(match.start(), match.end(), Day(*map(int, match.groups()))) for match in _COMPACT.finditer(text)
    ]
    last = [place.day for place, after in pairwise([*found, None]) if place and not _goes_on(text, place, after)]
    return list(dict.fromkeys(last))


def short_days(text: str) -> list[Day]:
    """Return the day of a text that is nothing but a month and a day, `05-06`, in ISO's order."""
    found = _SHORT.fullmatch(text)
    return [Day(None, int(found[1]), int(found[2]))] if found else []


def date(text: str) -> datetime.date | None:
    """Return the one date that a text names, the last day of a range; None for none, several, or no real one."""
    found = [day for day in days(text) if day.year]
    return found[0].date() if len(found) == 1 else None


def period(text: str) -> Period | None:
    """Return the one month or week that a text without a day names: `2024-05`, `May 2024`, `Week 18`, `5월`."""
    if days(text):
        return None
    found = list(_PERIOD.finditer(text))
    if len(found) == 1:
        return _period(found[0].groupdict())
    alone = _MONTH_ALONE.fullmatch(text)
    if found or not alone:
        return None
    if han := alone["c"]:
        return Period(None, sum(_HAN_MONTHS.index(sign) + 1 for sign in han))
    return Period(None, int(alone["n"]) if alone["n"] else _MONTHS[alone["m"].lower().rstrip(".")])


def period_of_path(path: str) -> Period | None:
    """Return the month or the week that a file's name gives, else its folders: `2024-05.md`, `2024/05/notes.md`."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0] or name
    joined = [f"{above}-{below}" for above, below in pairwise([*folders, stem]) if _YEARS.fullmatch(above)]
    found = (period(part.replace("_", "-")) for part in (stem, *reversed(joined), *reversed(folders)))
    return next((one for one in found if one and (one.year or year_of_path(path))), None)


def year(text: str) -> int | None:
    """Return the one year that a text names."""
    found = set(_YEARS.findall(text))
    return int(found.pop()) if len(found) == 1 else None


def year_of_path(path: str) -> int | None:
    """Return the year that a file's name says, else the nearest of its folders: `2024.md`, `2024/notes.md`."""
    return next(filter(None, map(year, reversed(path.split("/")))), None)


def of_path(path: str) -> datetime.date | None:
    """Return the date that a file's name gives, else the one of its folders: `2024-05-03.md`, `2024/05/03.md`."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0] or name
    paths = [folders[: len(folders) - above] for above in range(len(folders))]
    given = (_one(stem), _of_folders([*folders, stem]), *(_one(path[-1]) or _of_folders(path) for path in paths))
    return next(filter(None, given), None)


def _of_folders(parts: list[str]) -> datetime.date | None:
    """Read `2024/05/03`, `2024/2024-05/03` and `2024-05/03 Friday` from the last three parts of a path, or two."""
    for count in (3, 2):
        numbers = re.findall(r"(?<![0-9])[0-9]{1,4}(?![0-9])", " ".join(parts[-count:]))
        numbers = list(dict.fromkeys(numbers)) if len(numbers) > 3 else numbers
        if len(parts) >= count and len(numbers) == 3 and len(numbers[0]) == 4 and max(map(len, numbers[1:])) <= 2:
            return Day(*map(int, numbers)).date()
    return None


def _one(text: str) -> datetime.date | None:
    return date(text.replace("_", "-"))


def _goes_on(text: str, place: _Mention, after: _Mention | None) -> bool:
    """Tell whether a day is the first of a range that the next one ends."""
    return after is not None and _BETWEEN.fullmatch(text, place.end, after.start) is not None


def _place(text: str, match: re.Match[str]) -> _Mention | None:
    day = _day(match)
    end = match.end()
    if day and match["n1"] and (short := _SHORT_END.match(text, end)):  # 2024-06-23 ~ 06-29, 2024-06-23 ~ 29
        later = Day(day.year, int(short[1] or day.month), int(short[2]))
        if later.date() and day.date() and later[1:] > day[1:]:
            return _Mention(match.start(), short.end(), later)
    return day and _Mention(match.start(), end, day)


def _day(match: re.Match[str]) -> Day | None:
    found = match.groupdict()
    for year_, month, last in (("n1", "n3", "n4"), ("ey", "em", "ed"), ("sy", "sm", "sd")):
        if found[month]:
            return Day(int(found[year_]) if found[year_] else None, int(found[month]), int(found[last]))
    if found["mm"]:
        return _named(found["my"], found["mm"], found["me"] or found["md"])
    if found["dm"]:
        return _named(found["dy"], found["dm"], found["dd"])
    if found["tw"]:
        return _week(int(found["ty"]), int(found["tw"]))
    first, second = int(found["gd"]), int(found["gm"])
    if found["gs"] == "/" and first <= 12 and second <= 12 and first != second:
        return None  # 03/05/2024 is another day in Boston than in Berlin
    return Day(int(found["gy"]), *((first, second) if second > 12 else (second, first)))


def _named(written: str | None, month: str, day: str) -> Day:
    return Day(int(written) if written else None, _MONTHS[month.lower().rstrip(".")], int(day.rstrip("stndrh")))


def _week(year_: int, week: int) -> Day | None:
    """Return the last day of an ISO week."""
    try:
        last = datetime.date.fromisocalendar(year_, week, 7)
    except ValueError:
        return None
    return Day(last.year, last.month, last.day)


def _period(found: dict[str, str | None]) -> Period | None:
    year_ = next((int(text) for key in ("ny", "my", "yy", "wy", "jy") if (text := found[key])), None)
    if week := found["w"] or found["zw"] or found["kw"]:
        return Period(year_, None, int(week)) if 1 <= int(week) <= 53 else None
    named = found["mm"] or found["ym"]
    return Period(year_, _MONTHS[named.lower().rstrip(".")] if named else int(found["nm"] or 0))


def nearest_year(day: Day, other: datetime.date) -> datetime.date | None:
    """Return a day without a year in the year that brings it nearest to a date."""
    found = [date_ for offset in (-1, 0, 1) if (date_ := day.date(other.year + offset))]
    return min(found, key=lambda date_: abs(date_ - other), default=None)


class Dated:
    """Dates by their positions in a document, to find the nearest one of a position without a look at each."""

    def __init__(self, dated: Mapping[int, datetime.date]) -> None:
        self._positions = sorted(dated)
        self._dated = dated

    def nearest(self, at: int) -> datetime.date | None:
        """Return the date at the position nearest to another one, of two the earlier position's."""
        after = bisect_left(self._positions, at)
        near = self._positions[max(after - 1, 0) : after + 1]
        return self._dated[min(near, key=lambda other: (abs(other - at), other))] if near else None
