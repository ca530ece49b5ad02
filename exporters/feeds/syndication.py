"""Atom 1.0 (RFC 4287) and RSS 2.0 by feedgen, and the one extension that says what feedgen cannot.

Importing this module imports feedgen and lxml: import it where a document is written.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml.etree import CDATA, SubElement, _Element

from ..forms import Forms, Leaf, forms
from ..text.plain import inert, is_doubtful
from .dates import rfc822
from .document import Feed
from .entry import Entry

GENERATOR = "paperround"
"""Without version or address, so that a release alone changes no feed."""

_AT_ONCE = 20
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


def atom(feed: Feed) -> Iterator[bytes]:
    """Yield a feed as Atom 1.0, in pieces."""
    builder = _builder(feed, ATOM_TYPE)
    builder.id(feed.id)
    builder.updated(feed.updated)
    builder.author(name=inert(feed.author))
    builder.icon(feed.icon)
    builder.logo(feed.logo)
    return _written(builder, builder.atom_str, feed.entries, b"</feed>")


def rss(feed: Feed) -> Iterator[bytes]:
    """Yield a feed as RSS 2.0, in the manner of the RSS Advisory Board's profile, in pieces."""
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
    """An entry that fills elements of its own: feedgen takes far longer over those it knows, and lacks the others.

    It has no languages, authors without e-mail, media, citations or dates of RSS, and writes links without their rel.
    """

    def __init__(self, entry: Entry, forms: Forms) -> None:
        self._entry = entry
        self._forms = forms

    def register_extension(self, *args: object) -> None:
        """Take none: an extension adds to what feedgen has made."""

    def atom_entry(self, extensions: bool = True) -> _Element:
        """Return an atom:entry."""
        entry, moment = self._entry, self._entry.published.isoformat()
        title, text = _text("title", entry.title_language, entry.title)
        leaves = [_ID, title, _UPDATED, _content(entry.language)]
        values: list[str | CDATA] = [entry.id, text, moment, CDATA(entry.content)]  # a tenth smaller than escaped
        if entry.summary:
            summary, text = _text("summary", entry.language, entry.summary)
            leaves.append(summary)
            values.append(text)
        # Without arXiv's scheme: 75 papers repeat it 200 times, and no reader is known to look at it.
        leaves += [*[_TERM] * len(entry.categories), _PUBLISHED, *[_AUTHOR] * len(entry.authors)]
        values += [*entry.categories, moment, *map(inert, entry.authors)]
        if entry.link:
            leaves.append(_ALTERNATE)
            values.append(entry.link)
        if book := entry.enclosure:
            leaves.append(_ENCLOSED)
            values += book.url, book.type, str(book.length)
        _add_cited(leaves, values, entry)
        return self._filled("entry", leaves, values)

    def rss_entry(self, extensions: bool = True) -> _Element:
        """Return an item."""
        entry = self._entry
        leaves, values = [_TITLE], [inert(entry.title)]
        # A description is HTML in every reader; without a summary the content stands there.
        if entry.summary:
            leaves.append(_DESCRIPTION)
            values.append(escape(entry.summary, quote=False))
        leaves += [_ENCODED if entry.summary else _DESCRIPTION, _PERMALINK if entry.id == entry.link else _GUID]
        leaves += [_CATEGORY] * len(entry.categories)
        values += [CDATA(entry.content), entry.id, *entry.categories]
        if book := entry.enclosure:
            leaves.append(_ENCLOSURE)
            values += book.url, str(book.length), book.type
        if entry.link:
            leaves.append(_LINK)
            values.append(entry.link)
        leaves += [*[_CREATOR] * len(entry.authors), _PUB_DATE, _DC_LANGUAGE]
        values += [*map(inert, entry.authors), rfc822(entry.published), entry.language]
        _add_cited(leaves, values, entry)
        return self._filled("item", leaves, values)

    def _filled(self, tag: str, leaves: Sequence[Leaf], values: Sequence[str | CDATA]) -> _Element:
        element = self._forms.fill(tag, leaves, values)
        element.tail = "\n"
        return element


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


_ID, _UPDATED, _PUBLISHED, _AUTHOR = Leaf("id"), Leaf("updated"), Leaf("published"), Leaf("author", inside="name")
_TERM, _ALTERNATE = Leaf("category", fills=("term",)), Leaf("link", {"rel": "alternate"}, ("href",))
_ENCLOSED = Leaf("link", {"rel": "enclosure"}, ("href", "type", "length"))
_TITLE, _LINK, _CATEGORY, _PUB_DATE = Leaf("title"), Leaf("link"), Leaf("category"), Leaf("pubDate")
_DESCRIPTION, _ENCODED = Leaf("description"), Leaf(f"{_CONTENT}encoded")
_GUID, _PERMALINK = Leaf("guid", {"isPermaLink": "false"}), Leaf("guid", {"isPermaLink": "true"})
_ENCLOSURE = Leaf("enclosure", fills=("url", "length", "type"))
_CREATOR, _DC_LANGUAGE, _DOI = Leaf(f"{_DC}creator"), Leaf(f"{_DC}language"), Leaf(f"{_DC}identifier")
_PUBLICATION, _DATE = Leaf(f"{_PRISM}publicationName"), Leaf(f"{_PRISM}publicationDate")
_MEDIUM, _TYPED_MEDIUM = (Leaf(f"{_MEDIA}content", fills=("url", "medium", *more)) for more in ((), ("type",)))
_THUMBNAIL = Leaf(f"{_MEDIA}thumbnail", fills=("url",))


def _text(tag: str, language: str, text: str) -> tuple[Leaf, str]:
    """Return an Atom text construct, declared as HTML where its text looks like it, so that no reader guesses."""
    if is_doubtful(text):
        return _construct(tag, language, True), escape(text, quote=False)
    return _construct(tag, language, False), text


@lru_cache(maxsize=256)
def _construct(tag: str, language: str, html: bool) -> Leaf:
    return Leaf(tag, {_LANGUAGE: language} | ({"type": "html"} if html else {}))


@lru_cache(maxsize=256)
def _content(language: str) -> Leaf:
    return Leaf("content", {"type": "html", _LANGUAGE: language})


def _add_cited(leaves: list[Leaf], values: list[str | CDATA], entry: Entry) -> None:
    """Add what reference managers read, and the picture or video that is shown beside a title."""
    if citation := entry.citation:
        leaves += _DOI, _PUBLICATION, _DATE
        values += citation.doi, citation.publication, citation.date
    if medium := entry.medium:
        leaves.append(_TYPED_MEDIUM if medium.type else _MEDIUM)
        values += [medium.url, medium.kind, medium.type] if medium.type else [medium.url, medium.kind]
        if medium.kind == "image":
            leaves.append(_THUMBNAIL)
            values.append(medium.url)


def _written(
    builder: FeedGenerator, write: Callable[[], bytes], entries: Sequence[Entry], behind: bytes
) -> Iterator[bytes]:
    """Yield a document some entries at a time, for the tree of a month's takes six megabytes.

    Without entries it is what stands before and behind them; `behind` is the tag after the last one.
    """
    frame = write()
    end = len(frame) - frame.rindex(behind)
    yield frame[:-end]
    with forms() as lent:
        for first in range(0, len(entries), _AT_ONCE):
            builder.entry([_Entry(entry, lent) for entry in entries[first : first + _AT_ONCE]], replace=True)
            yield write()[len(frame) - end : -end]
            lent.release()
    yield frame[-end:] + b"\n"
