"""OPML 2.0: the list of feeds that a reader imports."""

from collections.abc import Iterator, Sequence
from itertools import chain

from ...model import Code, Diagnostic, Issue
from ..contract.format import Offer, Options, Output, Series, Write, exporter
from ..text.plain import clean, inert
from .dates import rfc822
from .document import FeedDocument, issues_feed, papers_feed

FILE = "feeds/feeds.opml"

_SYNTAXES = "atom", "rss", "json"


@exporter(Options, files=(Offer(FILE, "OPML", "text/x-opml"),), after=2)
def export(options: Options, output: Output) -> Iterator[Write]:
    """An OPML list of the feeds, to import into a reader.

    Each feed is listed once, in Atom where that is published: a reader that imports the list subscribes to all of it.
    """
    if output.series.base_url is None:
        output.report(Diagnostic("", 0, Code.NO_BASE_URL, f"{FILE} is not written: it holds nothing but addresses"))
    newest: list[Issue] = []

    def write(issue: Issue) -> None:
        newest[:] = [issue]

    yield write
    last = newest[0] if newest else None
    feeds = _feeds(output, output.series, "", last)
    selected = [(place.series.title, _feeds(output, place.series, place.folder, last)) for place in output.selections]
    folders = [(title, chosen) for title, chosen in selected if chosen]
    if feeds or folders:
        with output.binary(FILE) as file:
            file.write(_document(feeds, folders))


def _feeds(output: Output, series: Series, folder: str, newest: Issue | None) -> list[FeedDocument]:
    """Describe the feeds of a series that are published below a folder, without their entries."""
    found: list[FeedDocument] = []
    for shape, describe in ("papers", papers_feed), ("issues", issues_feed):
        published = (syntax for syntax in _SYNTAXES if output.size(f"{folder}feeds/{shape}.{syntax}") is not None)
        if series.base_url and (syntax := next(published, None)):
            found.append(describe(syntax, series, newest, ()))
    return found


def _document(feeds: Sequence[FeedDocument], folders: Sequence[tuple[str, Sequence[FeedDocument]]]) -> bytes:
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    first = next(chain(feeds, *(chosen for _, chosen in folders)))
    opml = Element("opml", version="2.0")
    head, body = SubElement(opml, "head"), SubElement(opml, "body")
    SubElement(head, "title").text = first.title
    SubElement(head, "dateModified").text = rfc822(first.updated)
    SubElement(head, "ownerName").text = first.author
    for feed in feeds:
        SubElement(body, "outline", _outline(feed))
    for title, chosen in folders:
        # An outline without an address is a folder; readers make a category of it (OPML 2.0, subscription lists).
        folder = SubElement(body, "outline", text=inert(clean(title)), title=inert(clean(title)))
        for feed in chosen:
            SubElement(folder, "outline", _outline(feed))
    indent(opml)
    written: bytes = tostring(opml, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _outline(feed: FeedDocument) -> dict[str, str]:
    """Return the attributes of an outline; OPML 2.0 calls every syntax of feeds "rss"."""
    title = inert(feed.title)
    return {
        "type": "rss",
        "text": title,
        "title": title,
        "xmlUrl": feed.address or "",
        "htmlUrl": feed.link,
        "description": feed.subtitle,
        "language": feed.language,
    }
