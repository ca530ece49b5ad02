"""Atom 1.0 (RFC 4287) and RSS 2.0 by feedgen, and the one extension that says what feedgen cannot.

Importing this module imports feedgen and lxml: import it where a document is written.
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml.etree import CDATA, Element, SubElement, _Element

from .dates import rfc822
from .document import Feed
from .entry import Entry
from .text import inert, is_doubtful

GENERATOR = "paperround"
"""Without version or address, so that a release alone changes no feed."""

_AT_ONCE = 75
"""Entries of which there is a tree at a time."""

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
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
    return _written(builder, builder.atom_str, feed.entries, b"</feed>")


def rss(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0, in the manner of the RSS Advisory Board's profile."""
    builder = _builder(feed, RSS_TYPE)
    # It would be now, and formatting it sets the locale of the whole process; nothing public unsets it.
    builder._FeedGenerator__rss_lastBuildDate = None
    builder.logo(_raster(feed))
    return _written(builder, builder.rss_str, feed.entries, b"</channel>")


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


class _Entry(FeedEntry):  # type: ignore[misc]  # feedgen is untyped
    """An entry that makes its own elements: feedgen takes twice as long over those it knows, and lacks the others.

    It has no languages, authors without e-mail, media, citations or dates of RSS, and writes links without their rel.
    """

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def register_extension(self, *args: object) -> None:
        """Take none: an extension adds to what feedgen has made."""

    def atom_entry(self, extensions: bool = True) -> _Element:
        """Return an atom:entry."""
        entry, moment = self._entry, self._entry.published.isoformat()
        language = _LANGUAGE, entry.language
        children: list[_Child] = [
            (_ID, entry.id),
            _text("title", (_LANGUAGE, entry.title_language), entry.title),
            (_UPDATED, moment),
            (("content", _TYPE_HTML, language), CDATA(entry.content)),  # a tenth smaller than escaped
        ]
        if entry.summary:
            children.append(_text("summary", language, entry.summary))
        # Without arXiv's scheme: 75 papers repeat it 200 times, and no reader is known to look at it.
        children += [(_CATEGORY, {"term": category}) for category in entry.categories]
        children.append((_PUBLISHED, moment))
        children += [(_AUTHOR, inert(name)) for name in entry.authors]
        if entry.link:
            children.append((_ALTERNATE, {"href": entry.link}))
        if book := entry.enclosure:
            children.append((_ENCLOSED, {"href": book.url, "type": book.type, "length": str(book.length)}))
        return _element("entry", [*children, *_cited(entry), *_shown(entry)])

    def rss_entry(self, extensions: bool = True) -> _Element:
        """Return an item."""
        entry = self._entry
        children: list[_Child] = [(_TITLE, inert(entry.title))]
        # A description is HTML in every reader; without a summary the content stands there.
        if entry.summary:
            children.append((_DESCRIPTION, escape(entry.summary, quote=False)))
        children.append((_ENCODED if entry.summary else _DESCRIPTION, CDATA(entry.content)))
        children.append((_PERMALINK if entry.id == entry.link else _GUID, entry.id))
        children += [(_CATEGORY, category) for category in entry.categories]
        if book := entry.enclosure:
            children.append((_ENCLOSURE, {"url": book.url, "length": str(book.length), "type": book.type}))
        if entry.link:
            children.append((_LINK, entry.link))
        children += [(_CREATOR, inert(name)) for name in entry.authors]
        children += [(_PUB_DATE, rfc822(entry.published)), (_DC_LANGUAGE, entry.language)]
        return _element("item", [*children, *_cited(entry), *_shown(entry)])


def _builder(feed: Feed, media_type: str) -> FeedGenerator:
    builder = FeedGenerator()
    builder.register_extension("paperround", FeedExtension)
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


_Shape = tuple[str, *tuple[tuple[str, str], ...]]
"""What many entries share of an element: its tag, then attributes."""
_Child = tuple[_Shape, str | CDATA | dict[str, str]]
"""An element of an entry: its shape, and its text or further attributes."""

_TYPE_HTML = "type", "html"
_ID, _UPDATED, _PUBLISHED, _AUTHOR, _CATEGORY = ("id",), ("updated",), ("published",), ("author",), ("category",)
_ALTERNATE, _ENCLOSED = ("link", ("rel", "alternate")), ("link", ("rel", "enclosure"))
_TITLE, _LINK, _DESCRIPTION, _ENCODED = ("title",), ("link",), ("description",), (f"{_CONTENT}encoded",)
_GUID, _PERMALINK = ("guid", ("isPermaLink", "false")), ("guid", ("isPermaLink", "true"))
_PUB_DATE, _ENCLOSURE, _CREATOR, _DC_LANGUAGE = ("pubDate",), ("enclosure",), (f"{_DC}creator",), (f"{_DC}language",)
_DOI, _PUBLICATION, _DATE = (f"{_DC}identifier",), (f"{_PRISM}publicationName",), (f"{_PRISM}publicationDate",)
_MEDIUM, _THUMBNAIL = (f"{_MEDIA}content",), (f"{_MEDIA}thumbnail",)


def _text(tag: str, language: tuple[str, str], text: str) -> _Child:
    """Return an Atom text construct, declared as HTML where its text looks like it, so that no reader guesses."""
    if is_doubtful(text):
        return (tag, language, _TYPE_HTML), escape(text, quote=False)
    return (tag, language), text


def _cited(entry: Entry) -> list[_Child]:
    if not (citation := entry.citation):
        return []
    return [(_DOI, citation.doi), (_PUBLICATION, citation.publication), (_DATE, citation.date)]


def _shown(entry: Entry) -> list[_Child]:
    if not (medium := entry.medium):
        return []
    told = {"url": medium.url, "medium": medium.kind} | ({"type": medium.type} if medium.type else {})
    return [(_MEDIUM, told), *([(_THUMBNAIL, {"url": medium.url})] if medium.kind == "image" else [])]


def _element(tag: str, children: Sequence[_Child]) -> _Element:
    """Make an element with children and a line's end behind it."""
    element = copy(_empty(tag, tuple([shape for shape, _ in children])))
    for child, (shape, value) in zip(element, children, strict=True):
        if isinstance(value, dict):
            for name, told in value.items():
                child.set(name, told)
        elif shape is _AUTHOR:
            child[0].text = value
        else:
            child.text = value
    element.tail = "\n"
    return element


@lru_cache(maxsize=256)
def _empty(tag: str, shapes: tuple[_Shape, ...]) -> _Element:
    """Keep what entries have in common: to copy elements takes half the time of making them."""
    element = Element(tag)
    for name, *attributes in shapes:
        child = SubElement(element, name, dict(attributes))
        if name == "author":
            SubElement(child, "name")
    return element


def _written(builder: FeedGenerator, write: Callable[[], bytes], entries: Sequence[Entry], behind: bytes) -> bytes:
    """Write a document some entries at a time, for the tree of a month's takes six megabytes.

    Without entries it is what stands before and behind them; `behind` is the tag after the last one.
    """
    frame = write()
    end = len(frame) - frame.rindex(behind)
    pieces = [frame[:-end]]
    for first in range(0, len(entries), _AT_ONCE):
        builder.entry([_Entry(entry) for entry in entries[first : first + _AT_ONCE]], replace=True)
        pieces.append(write()[len(frame) - end : -end])
    return b"".join([*pieces, frame[-end:], b"\n"])
