"""Atom 1.0 feeds."""

from collections.abc import Iterator

from ..contract.format import Output, Write, exporter
from . import parts
from .document import FeedDocument


@exporter(parts.FeedOptions, files=parts.files("atom", "Atom", "application/atom+xml"), parts=parts.parts, after=True)
def export(options: parts.FeedOptions, output: Output) -> Iterator[Write]:
    """Atom feeds: an entry per paper, an entry per day, and every week's archive."""
    return parts.export(parts.Syntax("atom", _write), options, output)


def _write(feed: FeedDocument) -> bytes:
    from . import syndication

    return syndication.atom(feed)
