"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator

from .contract import Output, Write, exporter
from .feeds import parts
from .feeds.document import Feed
from .feeds.entry import Entry

VERSION = "https://jsonfeed.org/version/1.1"

_JSON = json.JSONEncoder(ensure_ascii=False)


@exporter(parts.Options, files=parts.files("json"), parts=parts.parts, after=True)
def export(options: parts.Options, output: Output) -> Iterator[Write]:
    """JSON Feeds: an item per paper, an item per day, and every month's archive."""
    return parts.export(parts.Syntax("json", write), options, output)


def write(feed: Feed) -> bytes:
    """Write a feed as JSON Feed 1.1, an item a line."""
    head = _JSON.encode(_told(_head(feed)))
    items = [_JSON.encode(_told(_item(entry))).encode() for entry in feed.entries]
    return b"".join([f'{head[:-1]}, "items": [\n'.encode(), b",\n".join(items), b"\n]}\n"])


def _head(feed: Feed) -> dict[str, object]:
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


def _item(entry: Entry) -> dict[str, object]:
    moment = entry.published.isoformat()
    return {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "image": entry.medium.url if entry.medium and entry.medium.kind == "image" else None,
        "date_published": moment,
        "date_modified": moment,
        "authors": [{"name": name} for name in entry.authors],
        "tags": entry.categories,
        "language": entry.language,
        "attachments": _attachments(entry),
    }


def _attachments(entry: Entry) -> list[dict[str, object]]:
    book = entry.enclosure
    return [{"url": book.url, "mime_type": book.type, "size_in_bytes": book.length}] if book else []


def _told(values: dict[str, object]) -> dict[str, object]:
    """Leave out what is not known: JSON Feed has no null."""
    return {name: value for name, value in values.items() if value}
