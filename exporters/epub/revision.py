"""What a reader would miss who has a book of before: its text has changed, or only votes, our words and our code."""

import hashlib
from collections.abc import Iterable

from .plan import BookPlan, Chapter


def text_fingerprint(plan: BookPlan, abstract: bool, pictures: Iterable[str]) -> str:
    """Return a hash of the text of a book without votes, from which the run knows that it has changed.

    It is taken from what the digests say, not from the pages: a new release that writes them in another way would have
    every device fetch the whole archive again.
    """
    said = [[day.date, [_said(chapter, abstract) for chapter in day.chapters]] for day in plan.days]
    return hashlib.sha256(repr((plan.title, said, sorted(pictures))).encode()).hexdigest()


def _said(chapter: Chapter, abstract: bool) -> list[object]:
    paper = chapter.paper
    known = paper.record.abstract if abstract and paper.record else None
    media = paper.media and paper.media.url
    summary = [point.model_dump_json() for point in paper.summary]
    return [paper.title, chapter.names, paper.arxiv_id, paper.url, media, paper.group, summary, known]
