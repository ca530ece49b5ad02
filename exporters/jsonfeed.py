"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator
from json.encoder import encode_basestring

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
    items = [_item(entry).encode() for entry in feed.entries]
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


def _item(entry: Entry) -> str:
    """Return an item; only texts are left to the library, whose encoder takes twice as long over an object."""
    moment = f'"{entry.published.isoformat()}"'
    image = entry.medium.url if entry.medium and entry.medium.kind == "image" else None
    authors = ", ".join([f'{{"name": {encode_basestring(name)}}}' for name in entry.authors])
    tags = ", ".join([encode_basestring(tag) for tag in entry.categories])
    values = {
        "id": _text(entry.id),
        "url": _text(entry.link),
        "title": _text(entry.title),
        "content_html": _text(entry.content),
        "summary": _text(entry.summary),
        "image": _text(image),
        "date_published": moment,
        "date_modified": moment,
        "authors": f"[{authors}]" if authors else "",
        "tags": f"[{tags}]" if tags else "",
        "language": _text(entry.language),
        "attachments": _JSON.encode(_attachments(entry)) if entry.enclosure else "",
    }
    return "{" + ", ".join([f'"{name}": {value}' for name, value in values.items() if value]) + "}"


def _text(text: str | None) -> str:
    """Return a text in JSON, "" for one that is empty."""
    return encode_basestring(text) if text else ""


def _attachments(entry: Entry) -> list[dict[str, object]]:
    book = entry.enclosure
    return [{"url": book.url, "mime_type": book.type, "size_in_bytes": book.length}] if book else []


def _told(values: dict[str, object]) -> dict[str, object]:
    """Leave out what is not known: JSON Feed has no null."""
    return {name: value for name, value in values.items() if value}
