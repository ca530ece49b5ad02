"""Dates in the notation of RSS and OPML."""

import datetime
from functools import lru_cache

_DAYS = "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
_MONTHS = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"


def rfc822(moment: datetime.datetime) -> str:
    """Return a date of RFC 822 with a four-digit year and a numeric zone.

    The validator knows no zones but full and half hours; others are told in UTC.
    """
    if (offset := moment.utcoffset()) and offset.seconds % 1800:
        moment = moment.astimezone(datetime.UTC)
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    time = f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}"  # strftime takes longer than all the rest
    return f"{day}, {moment.day:02} {month} {moment.year:04} {time} {_zone(moment.utcoffset())}"


@lru_cache(maxsize=8)
def _zone(offset: datetime.timedelta | None) -> str:
    return f"{datetime.datetime.min.replace(tzinfo=datetime.timezone(offset)):%z}" if offset is not None else ""
