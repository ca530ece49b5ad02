"""Which dates each stream of a job has issues of."""

import datetime
from collections.abc import Mapping

from .fingerprint import of_criteria
from .job import Job
from .manifest import Day
from .work import parsed


def dates_of(job: Job, days: Mapping[datetime.date, Day]) -> list[list[datetime.date]]:
    """Return the dates of each stream, in order; where `days` does not know them, a look at the papers tells."""
    every = sorted({section.date for section in job.sections})
    if not any(stream.selects for stream in job.streams):
        return [every] * len(job.streams)
    keys = [of_criteria(stream) if stream.selects else "" for stream in job.streams]
    found = {date: {"": True, **day.selected} for date, day in days.items()} | _looked_at(job, keys, days)
    return [[date for date in every if found[date][key]] for key in keys]


def _looked_at(job: Job, keys: list[str], days: Mapping[datetime.date, Day]) -> dict[datetime.date, dict[str, bool]]:
    choices = [(key, stream.choose) for key, stream in zip(keys, job.streams, strict=True) if key]
    unknown = [section for section in job.sections if section.date not in days]
    return {
        date: {"": True} | {key: issue is not None and choose(issue) is not None for key, choose in choices}
        for date, issue, _ in parsed(unknown, job.metadata, lambda said: None)
    }
