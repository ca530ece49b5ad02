"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator
from json.encoder import encode_basestring as quoted

from ..contract.format import Output, Write, exporter
from . import parts
from .document import FeedDocument
from .entry import Enclosure, Entry

VERSION = "https://jsonfeed.org/version/1.1"

_JSON = json.JSONEncoder(ensure_ascii=False)


@exporter(
    parts.FeedOptions, files=parts.files("json", "JSON Feed", "application/feed+json"), parts=parts.parts, after=True
)
def export(options: parts.FeedOptions, output: Output) -> Iterator[Write]:
    """JSON Feeds: an item per paper, an item per day, and every week's archive."""
    return parts.export(parts.Syntax("json", write), options, output)


def write(feed: FeedDocument) -> bytes:
    """Return a feed as JSON Feed 1.1, an item a line."""
    head = _JSON.encode(_known(_head(feed)))
    items = ",\n".join(map(_item, feed.entries))
    return f'{head[:-1]}, "items": [\n{items}\n]}}\n'.encode()


def _head(feed: FeedDocument) -> dict[str, object]:
    return {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.link,
        "feed_url": feed.address,
        "description": feed.subtitle,
        "next_url": feed.older,
        "icon": feed.logo or feed.icon,
        "favicon": feed.icon,
        "authors": [{"name": feed.author}],
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }


def _item(entry: Entry) -> str:
    """Return an item; only texts are left to the library, whose encoder takes twice as long over an object."""
    moment = entry.published.isoformat()
    pieces = ['{"id": ', quoted(entry.id)]
    if entry.link:
        pieces += ', "url": ', quoted(entry.link)
    pieces += ', "title": ', quoted(entry.title), ', "content_html": ', quoted(entry.content)
    if entry.summary:
        pieces += ', "summary": ', quoted(entry.summary)
    if entry.medium and entry.medium.still:
        pieces += ', "image": ', quoted(entry.medium.still)
    pieces += ', "date_published": "', moment, '", "date_modified": "', moment, '"'
    if entry.authors:
        pieces += ', "authors": [{"name": ', '}, {"name": '.join(map(quoted, entry.authors)), "}]"
    if entry.categories:
        pieces += ', "tags": [', ", ".join(map(quoted, entry.categories)), "]"
    pieces += ', "language": ', quoted(entry.language)
    if entry.enclosure:
        pieces += ', "attachments": ', _JSON.encode([_attachment(entry.enclosure)])
    if entry.arxiv_id:
        pieces += ', "_paperround": {"arxiv_id": ', quoted(entry.arxiv_id), "}"
    return "".join([*pieces, "}"])


def _attachment(book: Enclosure) -> dict[str, object]:
    return {"url": book.url, "mime_type": book.type, "size_in_bytes": book.length}


def _known(values: dict[str, object]) -> dict[str, object]:
    """Leave out what is not known: JSON Feed has no null."""
    return {name: value for name, value in values.items() if value}
