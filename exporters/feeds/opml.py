"""OPML 2.0: the list of feeds that a reader imports."""

from collections.abc import Iterator

from ...model import Code, Diagnostic, Issue
from ..contract.format import Offer, Options, Output, Write, exporter
from ..text.plain import inert
from .dates import rfc822
from .document import Feed, issues_feed, papers_feed

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
    feeds = _feeds(output, newest[0] if newest else None)
    if feeds:
        with output.binary(FILE) as file:
            file.write(_document(feeds))


def _feeds(output: Output, newest: Issue | None) -> list[Feed]:
    """Describe the feeds that are published, the selections' behind the series', without their entries."""
    found: list[Feed] = []
    for series, folder in [(output.series, ""), *((place.series, place.folder) for place in output.selections)]:
        for shape, describe in ("papers", papers_feed), ("issues", issues_feed):
            published = (syntax for syntax in _SYNTAXES if output.size(f"{folder}feeds/{shape}.{syntax}") is not None)
            if series.base_url and (syntax := next(published, None)):
                found.append(describe(syntax, series, newest, ()))
    return found


def _document(feeds: list[Feed]) -> bytes:
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    first = feeds[0]
    opml = Element("opml", version="2.0")
    head, body = SubElement(opml, "head"), SubElement(opml, "body")
    SubElement(head, "title").text = first.title
    SubElement(head, "dateModified").text = rfc822(first.updated)
    SubElement(head, "ownerName").text = first.author
    for feed in feeds:
        SubElement(body, "outline", _outline(feed))
    indent(opml)
    written: bytes = tostring(opml, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _outline(feed: Feed) -> dict[str, str]:
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
