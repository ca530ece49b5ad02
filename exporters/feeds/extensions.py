"""What feedgen cannot say or writes wrong: an extension of ours for the head of a document, and one for its entries.

feedgen asks an extension for namespaces, and hands it the element that it has filled itself. Importing this module
imports lxml: import it where a document is written.
"""

from html import escape

from lxml.etree import SubElement, _Element

from ..text.plain import inert, is_doubtful
from .dates import rfc822
from .document import FeedDocument
from .entry import Entry

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"

_ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
_PRISM = "{http://prismstandard.org/namespaces/basic/2.0/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class HeadExtension:
    """Adds WebSub's hub, the links of RFC 5005, and the namespaces that the document uses."""

    feed: FeedDocument

    def extend_ns(self) -> dict[str, str]:
        """Declare the namespaces in use: validators remark on an unused one."""
        used = {"prism": _PRISM} if any(entry.citation for entry in self.feed.entries) else {}
        if self.feed.archive:
            used["fh"] = _HISTORY
        return {prefix: namespace.strip("{}") for prefix, namespace in used.items()}

    def extend_atom(self, root: _Element) -> _Element:
        """Add to the feed element, before its entries."""
        for name in "title", "subtitle", "rights":
            _declare(root.find(name))
        _add_links(root, "", self.feed, ATOM_TYPE)
        return root

    def extend_rss(self, root: _Element) -> _Element:
        """Add to the channel, before its items."""
        channel = root[0]
        for element in channel.findall("lastBuildDate"):
            # feedgen writes early years with less than four digits, and zones that RFC 822 does not have.
            element.text = rfc822(self.feed.updated)
        for name, url in ("icon", self.feed.icon), ("logo", self.feed.logo):
            if url:
                SubElement(channel, f"{_ATOM}{name}").text = url
        # The validator wants the title of the image to be the channel's.
        for element in *channel.findall("title"), *channel.findall("image/title"), *channel.findall("copyright"):
            element.text = inert(element.text or "")
        _add_links(channel, _ATOM, self.feed, RSS_TYPE)
        return root


class EntryExtension:
    """Adds languages and the PRISM elements that Zotero reads; mends links of Atom and dates of RSS."""

    entry: Entry

    def extend_atom(self, element: _Element) -> _Element:
        """Add to an atom:entry."""
        entry = self.entry
        languages = {"title": entry.title_language, "summary": entry.language, "content": entry.language}
        for child in element:
            if child.tag in languages:
                child.set(_LANGUAGE, languages[child.tag])
        for name in "title", "summary":
            _declare(element.find(name))
        # feedgen 1.0 drops rel, type and length of an entry's links: it asks the element for them, not the link.
        if entry.link:
            SubElement(element, "link", rel="alternate", href=entry.link)
        if book := entry.enclosure:
            SubElement(element, "link", rel="enclosure", href=book.url, type=book.type, length=str(book.length))
        if entry.place and entry.place != entry.link:
            SubElement(element, "link", rel="related", href=entry.place, type="text/html")
        if entry.comments:
            SubElement(element, "link", rel="replies", href=entry.comments, type="text/html")
        _add_prism(element, entry)
        element.tail = "\n"
        return element

    def extend_rss(self, element: _Element) -> _Element:
        """Add to an item."""
        # feedgen asks the locale of the whole process, and writes zones and early years that RFC 822 does not have.
        SubElement(element, "pubDate").text = rfc822(self.entry.published)
        _add_prism(element, self.entry)
        element.tail = "\n"
        return element


def _declare(element: _Element | None) -> None:
    """Declare an Atom text construct as HTML where its text looks like it, so that no reader guesses."""
    if element is not None and element.text and is_doubtful(element.text):
        element.set("type", "html")
        element.text = escape(element.text, quote=False)


def _add_links(parent: _Element, namespace: str, feed: FeedDocument, media_type: str) -> None:
    """Add what stands beside rel=self, in RSS as Atom's elements; feedgen knows no other relations there."""
    if feed.hub:
        SubElement(parent, f"{namespace}link", rel="hub", href=feed.hub)
    for relation, href in ("prev-archive", feed.older), ("current", feed.current):
        if href:
            SubElement(parent, f"{namespace}link", rel=relation, href=href, type=media_type)
    if feed.archive:
        SubElement(parent, f"{_HISTORY}archive")


def _add_prism(element: _Element, entry: Entry) -> None:
    if entry.citation:
        SubElement(element, f"{_PRISM}publicationName").text = entry.citation.publication
        SubElement(element, f"{_PRISM}publicationDate").text = entry.citation.date
