"""Atom 1.0 (RFC 4287) and RSS 2.0 by feedgen, and the one extension that says what feedgen cannot.

Importing this module imports feedgen and lxml: import it where a document is written.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from functools import lru_cache
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml.etree import Element, SubElement, _Element

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
            tag = child.tag
            child.set(_LANGUAGE, entry.title_language if tag == "title" else entry.language)
            if tag == "content":
                child.set("type", "html")  # CDATA is feedgen's word for how it is written, and no type of Atom
            else:
                _declare(child)
        for author, name in zip(_added(element, *["author"] * len(entry.authors)), entry.authors, strict=True):
            author[0].text = inert(name)
        # feedgen 1.0 writes the links of an entry without their rel, type and length.
        if entry.link:
            SubElement(element, "link", rel="alternate", href=entry.link)
        if book := entry.enclosure:
            SubElement(element, "link", rel="enclosure", href=book.url, type=book.type, length=str(book.length))
        _fill(element, self._citation())
        self._show(element)
        element.tail = "\n"
        return element

    def extend_rss(self, item: _Element) -> _Element:
        """Complete an item."""
        entry = self.entry
        texts = [("link", entry.link)] if entry.link else []  # feedgen takes ten times as long over it
        texts += [(f"{_DC}creator", inert(name)) for name in entry.authors]
        texts += [("pubDate", rfc822(entry.published)), (f"{_DC}language", entry.language), *self._citation()]
        _fill(item, texts)
        self._show(item)
        item.tail = "\n"
        return item

    def _citation(self) -> Iterator[tuple[str, str]]:
        if citation := self.entry.citation:
            yield f"{_DC}identifier", citation.doi
            yield f"{_PRISM}publicationName", citation.publication
            yield f"{_PRISM}publicationDate", citation.date

    def _show(self, element: _Element) -> None:
        medium = self.entry.medium
        if medium is None:
            return
        shown = (f"{_MEDIA}content", f"{_MEDIA}thumbnail") if medium.kind == "image" else (f"{_MEDIA}content",)
        for child in (found := _added(element, *shown)):
            child.set("url", medium.url)
        found[0].set("medium", medium.kind)
        if medium.type:
            found[0].set("type", medium.type)


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
    builder.content(entry.content, type="CDATA")  # a tenth smaller than escaped
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
    """Declare an Atom text construct as HTML where its text looks like it, so that no reader guesses."""
    if element.text and is_doubtful(element.text):
        element.set("type", "html")
        element.text = escape(element.text, quote=False)


def _add(parent: _Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _fill(parent: _Element, texts: Iterable[tuple[str, str]]) -> None:
    """Add an element for each pair of a tag and its text."""
    pairs = list(texts)
    for child, (_, text) in zip(_added(parent, *[tag for tag, _ in pairs]), pairs, strict=True):
        child.text = text


def _added(parent: _Element, *tags: str) -> tuple[_Element, ...]:
    """Add empty elements. Copying them takes half the time of making them, and nearly all entries have the same."""
    added = tuple(copy(_empty(tags)))
    parent.extend(added)
    return added


@lru_cache(maxsize=256)
def _empty(tags: tuple[str, ...]) -> _Element:
    holder = Element("holder")
    for tag in tags:
        child = SubElement(holder, tag)
        if tag == "author":
            SubElement(child, "name")
    return holder


def _bytes(document: bytes) -> bytes:
    return document + b"\n"
