"""Atom 1.0 (RFC 4287) and RSS 2.0 by feedgen, and the one extension that says what feedgen cannot.

Importing this module imports feedgen and lxml: import it where a document is written.
"""

from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml.etree import SubElement, _Element

from .dates import rfc822
from .document import Feed
from .entry import Entry
from .text import inert, is_doubtful

GENERATOR = "paperround"
"""Without version or address, so that a release alone changes no feed."""

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_PRISM = "{http://prismstandard.org/namespaces/basic/2.0/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom 1.0."""
    builder = _builder(feed, ATOM_TYPE)
    builder.id(feed.id)
    builder.updated(feed.updated)
    builder.author(name=inert(feed.author))
    builder.icon(feed.icon)
    builder.logo(feed.logo)
    for entry in feed.entries:
        _atom_entry(builder.add_entry(order="append"), entry)
    return _bytes(builder.atom_str())


def rss(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0, in the manner of the RSS Advisory Board's profile."""
    builder = _builder(feed, RSS_TYPE)
    # It would be now, and formatting it sets the locale of the whole process; nothing public unsets it.
    builder._FeedGenerator__rss_lastBuildDate = None
    builder.logo(_raster(feed))
    for entry in feed.entries:
        _rss_item(builder.add_entry(order="append"), entry)
    return _bytes(builder.rss_str())


class FeedExtension:
    """What the head of a document says beyond feedgen: history, hub, publisher, namespaces."""

    feed: Feed
    media_type: str

    def extend_ns(self) -> dict[str, str]:
        """Declare the namespaces in use: an unused one would still be read, and remarked on, by validators."""
        entries = self.feed.entries
        used = {"dc": _DC} if self.media_type == RSS_TYPE or any(entry.citation for entry in entries) else {}
        if any(entry.medium for entry in entries):
            used["media"] = _MEDIA
        if any(entry.citation for entry in entries):
            used["prism"] = _PRISM
        if self.feed.archive:
            used["fh"] = _HISTORY
        return {prefix: namespace.strip("{}") for prefix, namespace in used.items()}

    def extend_atom(self, root: _Element) -> _Element:
        """Add to the feed element, before its entries."""
        for name in "title", "subtitle", "rights":
            for element in root.findall(name):
                _declare(element)
        self._history(root, "")
        return root

    def extend_rss(self, root: _Element) -> _Element:
        """Add to the channel, before its items."""
        channel = root[0]
        _add(channel, "lastBuildDate", rfc822(self.feed.updated))
        if self.feed.publisher:
            _add(channel, f"{_DC}publisher", self.feed.publisher)
        for name, url in ("icon", self.feed.icon), ("logo", self.feed.logo):
            if url:
                _add(channel, f"{_ATOM}{name}", url)
        for element in *channel.findall("title"), *channel.findall("image/title"), *channel.findall("copyright"):
            element.text = inert(element.text or "")
        self._history(channel, _ATOM)
        return root

    def _history(self, parent: _Element, namespace: str) -> None:
        links = {"hub": self.feed.hub, "prev-archive": self.feed.older, "current": self.feed.current}
        for relation, href in links.items():
            if href:
                element = SubElement(parent, f"{namespace}link", href=href, rel=relation)
                if relation != "hub":
                    element.set("type", self.media_type)
        if self.feed.archive:
            SubElement(parent, f"{_HISTORY}archive")


class EntryExtension:
    """What an entry says beyond feedgen: languages, authors without e-mail, media, citation, dates.

    The authors of Atom, which feedgen knows, are here too: it takes as long over them as over the rest of the entry.
    """

    entry: Entry

    def extend_atom(self, element: _Element) -> _Element:
        """Complete an atom:entry."""
        entry = self.entry
        for child in element.iterchildren("title", "summary", "content"):
            child.set(_LANGUAGE, entry.title_language if child.tag == "title" else entry.language)
            _declare(child)
        for name in entry.authors:
            _add(SubElement(element, "author"), "name", inert(name))
        # feedgen 1.0 writes the links of an entry without their rel, type and length.
        if entry.link:
            SubElement(element, "link", rel="alternate", href=entry.link)
        if book := entry.enclosure:
            SubElement(element, "link", rel="enclosure", href=book.url, type=book.type, length=str(book.length))
        self._extend(element)
        return element

    def extend_rss(self, item: _Element) -> _Element:
        """Complete an item."""
        for name in self.entry.authors:
            _add(item, f"{_DC}creator", inert(name))
        _add(item, "pubDate", rfc822(self.entry.published))
        _add(item, f"{_DC}language", self.entry.language)
        self._extend(item)
        return item

    def _extend(self, element: _Element) -> None:
        self._cite(element)
        self._show(element)
        element.tail = "\n"

    def _cite(self, element: _Element) -> None:
        citation = self.entry.citation
        if citation:
            _add(element, f"{_DC}identifier", citation.doi)
            _add(element, f"{_PRISM}publicationName", citation.publication)
            _add(element, f"{_PRISM}publicationDate", citation.date)

    def _show(self, element: _Element) -> None:
        medium = self.entry.medium
        if medium is None:
            return
        content = SubElement(element, f"{_MEDIA}content", url=medium.url, medium=medium.kind)
        if medium.type:
            content.set("type", medium.type)
        if medium.kind == "image":
            SubElement(element, f"{_MEDIA}thumbnail", url=medium.url)


def _builder(feed: Feed, media_type: str) -> FeedGenerator:
    builder = FeedGenerator()
    builder.register_extension("paperround", FeedExtension, EntryExtension)
    builder.paperround.feed, builder.paperround.media_type = feed, media_type
    builder.title(feed.title)
    builder.subtitle(feed.subtitle)
    builder.language(feed.language)
    builder.rights(feed.rights)
    builder.generator(GENERATOR)
    if feed.address:
        builder.link(href=feed.address, rel="self", type=media_type)
    # The last link becomes the channel's.
    builder.link(href=feed.link, rel="alternate", type="text/html")
    return builder


def _atom_entry(builder: FeedEntry, entry: Entry) -> None:
    builder.paperround.entry = entry
    builder.id(entry.id)
    builder.title(entry.title)
    builder.updated(entry.published)
    builder.published(entry.published)
    _categorise(builder, entry)
    builder.content(entry.content, type="CDATA")
    if entry.summary:
        builder.summary(entry.summary)


def _rss_item(builder: FeedEntry, entry: Entry) -> None:
    builder.paperround.entry = entry
    builder.guid(entry.id, permalink=entry.id == entry.link)
    builder.title(inert(entry.title))
    _categorise(builder, entry)
    # A description is HTML in every reader; without one feedgen puts the content there.
    if entry.summary:
        builder.description(escape(entry.summary, quote=False))
    builder.content(entry.content, type="CDATA")
    if entry.link:
        builder.link(href=entry.link, rel="alternate")
    if book := entry.enclosure:
        builder.enclosure(book.url, book.length, book.type)


def _categorise(builder: FeedEntry, entry: Entry) -> None:
    if entry.categories:
        # Without arXiv's scheme: 75 papers repeat it 200 times, and no reader is known to look at it.
        builder.category([{"term": category} for category in entry.categories])


def _raster(feed: Feed) -> str | None:
    """Choose the channel's image; RSS knows GIF, JPEG and PNG only."""
    endings = ".gif", ".jpg", ".jpeg", ".png"
    return next((url for url in (feed.logo, feed.icon) if url and url.lower().endswith(endings)), None)


def _declare(element: _Element) -> None:
    """Mark an Atom text construct as HTML where it is, or where its text looks like it, so that no reader guesses.

    An entry's content is handed to feedgen as CDATA, which saves a tenth of its size; its name is no type in Atom.
    """
    if element.get("type") == "CDATA":
        element.set("type", "html")
    elif element.text and is_doubtful(element.text):
        element.set("type", "html")
        element.text = escape(element.text, quote=False)


def _add(parent: _Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _bytes(document: bytes) -> bytes:
    return document + b"\n"
