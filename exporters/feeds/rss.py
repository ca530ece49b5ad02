"""RSS 2.0 feeds."""

from collections.abc import Iterator

from ..contract.format import Output, Write, exporter
from . import parts
from .document import FeedDocument


@exporter(parts.FeedOptions, files=parts.files("rss", "RSS", "application/rss+xml"), parts=parts.parts, after=True)
def export(options: parts.FeedOptions, output: Output) -> Iterator[Write]:
    """RSS feeds: an item per paper, an item per day, and every week's archive."""
    return parts.export(parts.Syntax("rss", _write), options, output)


def _write(feed: FeedDocument) -> bytes:
    from . import syndication

    return syndication.rss(feed)
