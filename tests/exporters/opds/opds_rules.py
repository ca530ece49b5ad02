"""The rules of OPDS 1.2 and OPDS 2.0 for what our catalogue holds, written from the specifications.

`read` brings a document of either syntax into one form; `complaints` says what is wrong with a published folder as
"rule: document: what". OPDS 1.x publishes a RELAX NG schema, which cannot be used: it has `\\nrt` where it means
`\\n\\r\\t`, and so forbids the letters r and t in every URL.
"""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/terms/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
SCHEMA = "{http://schema.org}"

ACQUISITION = "http://opds-spec.org/acquisition"
IMAGE = "http://opds-spec.org/image"
CRAWLABLE = "http://opds-spec.org/crawlable"
NEW = "http://opds-spec.org/sort/new"
PAGE = 50

TYPES = {
    ".xml": {
        False: "application/atom+xml;profile=opds-catalog;kind=acquisition",
        True: "application/atom+xml;profile=opds-catalog;kind=navigation",
    },
    ".json": {False: "application/opds+json", True: "application/opds+json"},
}
ENDINGS = {"application/epub+zip": ".epub", "image/jpeg": ".jpg"}
HOST = "http://catalogue.test/a/"
"""Where the folder is taken to be published when it does not say it itself."""


@dataclass(frozen=True)
class Link:
    relation: str | None
    href: str
    type: str | None
    title: str | None
    length: str | None
    name: str | None
    """The published file that it leads to, None when that is outside."""


@dataclass(frozen=True)
class Entry:
    """A shortcut or a book; `told` is what both syntaxes say of it, by OPDS 2.0's names."""

    id: str
    told: Mapping[str, Any]
    links: tuple[Link, ...]

    def linked(self, prefix: str) -> list[Link]:
        return [link for link in self.links if (link.relation or "").startswith(prefix)]

    @property
    def is_book(self) -> bool:
        return bool(self.linked(ACQUISITION))

    @property
    def updated(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.told["modified"])


@dataclass(frozen=True)
class Feed:
    name: str
    id: str
    title: str
    updated: str
    complete: bool
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]

    @property
    def ending(self) -> str:
        return self.name[self.name.rindex(".") :]

    @property
    def is_navigation(self) -> bool:
        return not any(entry.is_book for entry in self.entries)

    @property
    def stem(self) -> str:
        return self.name.removesuffix(self.ending)

    def to(self, relation: str) -> str | None:
        return next((link.name for link in self.links if link.relation == relation), None)


def read(name: str, document: bytes, base: str = HOST) -> Feed:
    """Read a document of the folder published at `base`."""
    if name.endswith(".json"):
        return _read_json(name, json.loads(document), base)
    return _read_xml(name, etree.fromstring(document), base)


def feeds(files: Mapping[str, bytes], base: str = HOST) -> dict[str, Feed]:
    """Read all documents of the catalogue."""
    return {name: read(name, document, base) for name, document in files.items() if name.startswith("opds")}


def complaints(files: Mapping[str, bytes], base: str = HOST) -> list[str]:
    """Say which rules a published folder breaks."""
    found = feeds(files, base)
    said = [
        f"{rule}: {name}" for name in found if name.endswith(".xml") for rule in _atom(etree.fromstring(files[name]))
    ]
    for feed in found.values():
        said += [f"{complaint}: {feed.name}" for complaint in (*_links(feed, found, files), *_content(feed, found))]
    for ending in ".xml", ".json":
        said += _whole({name: feed for name, feed in found.items() if feed.ending == ending}, ending)
    return said


def pages(found: Mapping[str, Feed], first: str) -> list[Feed]:
    """Follow `next` from a first page to the last."""
    walked = [found[first]]
    while (following := walked[-1].to("next")) and len(walked) <= len(found):
        walked.append(found[following])
    return walked


# ---------------------------------------------------------------------------------------------------------- reading


def _read_xml(name: str, root: etree._Element, base: str) -> Feed:
    return Feed(
        name=name,
        id=root.findtext(f"{ATOM}id") or "",
        title=root.findtext(f"{ATOM}title") or "",
        updated=root.findtext(f"{ATOM}updated") or "",
        complete=root.find(f"{HISTORY}complete") is not None,
        links=tuple(_link(name, link.attrib, base) for link in root.iterfind(f"{ATOM}link")),
        entries=tuple(_xml_entry(name, entry, base) for entry in root.iterfind(f"{ATOM}entry")),
    )


def _xml_entry(name: str, entry: etree._Element, base: str) -> Entry:
    series = entry.find(f"{SCHEMA}Series")
    told = {
        "title": entry.findtext(f"{ATOM}title"),
        "identifier": entry.findtext(f"{DC}identifier"),
        "author": entry.findtext(f"{ATOM}author/{ATOM}name"),
        "publisher": entry.findtext(f"{DC}publisher"),
        "language": entry.findtext(f"{DC}language"),
        "published": entry.findtext(f"{DC}issued"),
        "modified": entry.findtext(f"{ATOM}updated"),
        "description": entry.findtext(f"{ATOM}content"),
        "subject": [category.get("term") for category in entry.iterfind(f"{ATOM}category")],
        "series": None if series is None else (series.get(f"{SCHEMA}name"), int(series.get(f"{SCHEMA}position", ""))),
    }
    links = tuple(_link(name, link.attrib, base) for link in entry.iterfind(f"{ATOM}link"))
    return Entry(entry.findtext(f"{ATOM}id") or "", told, links)


def _read_json(name: str, feed: Mapping[str, Any], base: str) -> Feed:
    return Feed(
        name=name,
        id=feed["metadata"].get("identifier", ""),
        title=feed["metadata"]["title"],
        updated=feed["metadata"].get("modified", ""),
        complete="numberOfItems" in feed["metadata"],
        links=tuple(_link(name, link, base) for link in feed["links"]),
        entries=(
            *(_json_shortcut(name, link, base) for link in feed.get("navigation", [])),
            *(_json_book(name, book, base) for book in feed.get("publications", [])),
        ),
    )


def _json_shortcut(name: str, link: Mapping[str, Any], base: str) -> Entry:
    return Entry(link["href"], {"title": link["title"]}, (_link(name, {**link, "title": None}, base),))


def _json_book(name: str, book: Mapping[str, Any], base: str) -> Entry:
    said = book["metadata"]
    told = {key: said.get(key) for key in ("title", "identifier", "author", "publisher", "language", "published")}
    series = said["belongsTo"]["series"]
    told |= {
        "modified": said["modified"],
        "description": said["description"],
        "subject": [subject["code"] for subject in said.get("subject", [])],
        "series": (series["name"], series["position"]),
    }
    links = tuple(_link(name, link, base) for link in (*book["links"], *book.get("images", [])))
    return Entry(said["identifier"], told, links)


def _link(name: str, link: Mapping[Any, Any], base: str) -> Link:
    target = urljoin(base + name, link["href"])
    inside = target.removeprefix(base) if target.startswith(base) else None
    return Link(link.get("rel"), link["href"], link.get("type"), link.get("title"), link.get("length"), inside)


# ------------------------------------------------------------------------------------------------------------ rules


def _atom(root: etree._Element) -> Iterator[str]:
    """What only OPDS 1.2 asks for: RFC 4287, and which of two vocabularies is used (section 5.1.1)."""
    for parent in root, *root.iterfind(f"{ATOM}entry"):
        for name in "id", "title", "updated":
            if len(parent.findall(f"{ATOM}{name}")) != 1:
                yield f"one {name}"
        if parent.find(f"{ATOM}updated") is not None and not _is_time(parent.findtext(f"{ATOM}updated") or ""):
            yield "updated is a date of RFC 3339"
    if root.find(f"{ATOM}author/{ATOM}name") is None:
        yield "a feed has an author"
    for entry in root.iterfind(f"{ATOM}entry"):
        relations = [link.get("rel", "alternate") for link in entry.iterfind(f"{ATOM}link")]
        if entry.find(f"{ATOM}content") is None and "alternate" not in relations:
            yield "an entry has content or an alternate"
        if entry.findtext(f"{ATOM}id") == entry.findtext(f"{DC}identifier"):
            yield "dc:identifier does not identify the entry"
        for name in "title", "creator", "subject", "rights", "description", "abstract":
            if entry.find(f"{DC}{name}") is not None:
                yield f"Atom's element, not dc:{name}"
        for summary in entry.iterfind(f"{ATOM}summary"):
            if summary.get("type", "text") != "text" or len(summary):
                yield "a summary is text"


def _links(feed: Feed, found: Mapping[str, Feed], files: Mapping[str, bytes]) -> Iterator[str]:
    for link in (*feed.links, *(link for entry in feed.entries for link in entry.links)):
        if not link.relation or not link.type:
            yield f"a link has relation and type: {link.href}"
        if link.name not in files:
            yield f"a link leads to a published file: {link.href}"
        elif link.name in found and link.type != TYPES[feed.ending][found[link.name].is_navigation]:
            yield f"a link says what it leads to: {link.href}"
        elif link.name not in found and not (link.name or "").endswith(ENDINGS.get(link.type or "", "?")):
            yield f"a link has the type of the file: {link.href}"
        elif link.length is not None and int(link.length) != len(files[link.name or ""]):
            yield f"a link has the length of the file: {link.href}"
    for relation, name in ("self", feed.name), ("start", f"opds{feed.ending}"), (CRAWLABLE, f"opds/all{feed.ending}"):
        if feed.to(relation) != name:
            yield f"{relation} leads to {name}"
    if (feed.to("up") is None) != (feed.name == f"opds{feed.ending}"):
        yield "all but the root have something above them"


def _content(feed: Feed, found: Mapping[str, Feed]) -> Iterator[str]:
    if not feed.entries:
        yield "a feed holds something"
    if len({entry.is_book for entry in feed.entries}) > 1:
        yield "either books or shortcuts"
    if len({entry.id for entry in feed.entries}) < len(feed.entries):
        yield "an id once"
    books = [entry for entry in feed.entries if entry.is_book]
    if books != sorted(books, key=lambda book: book.updated, reverse=True):
        yield "newest first"
    if len(books) > PAGE and not feed.complete:
        yield "50 a page"
    for entry in feed.entries:
        if not entry.is_book and not [link for link in entry.links if link.name in found]:
            yield "a shortcut leads to a document"
        if entry.is_book and feed.ending == ".xml" and any(link.length is None for link in entry.links):
            yield "a file's length is told"
        if entry.linked(IMAGE) and {link.relation for link in entry.linked(IMAGE)} != {IMAGE, f"{IMAGE}/thumbnail"}:
            yield "a cover and a thumbnail"


def _whole(found: Mapping[str, Feed], ending: str) -> Iterator[str]:
    """The rules about all documents of one syntax together."""
    if not found:
        return
    listed = {entry.told["identifier"] for feed in found.values() for entry in feed.entries if entry.is_book}
    everything = found[f"opds/all{ending}"]
    if {entry.told["identifier"] for entry in everything.entries} != listed or not everything.complete:
        yield f"the complete feed holds every book: {everything.name}"
    if [feed.name for feed in found.values() if feed.complete] != [everything.name] or everything.to("next"):
        yield f"one complete feed, not paged: {everything.name}"
    news = [link for entry in found[f"opds{ending}"].entries for link in entry.links if link.relation == NEW]
    if len(news) != 1:
        yield f"one feed is the new one: opds{ending}"
    if missed := found.keys() - _reached(found, f"opds{ending}"):
        yield f"every document can be reached: {sorted(missed)}"
    for feed in found.values():
        yield from (f"{complaint}: {feed.name}" for complaint in _paging(feed, found))


def _paging(feed: Feed, found: Mapping[str, Feed]) -> Iterator[str]:
    for there, back in ("next", "previous"), ("previous", "next"):
        if (other := feed.to(there)) and (found[other].to(back) != feed.name or found[other].id != feed.id):
            yield f"{there} and {back} belong together"
    if feed.to("next") and not feed.to("previous"):
        walked = pages(found, feed.name)
        counts = Counter(entry.id for page in walked for entry in page.entries)
        if any(count > 1 for count in counts.values()):
            yield "a book on one page"
        for page in walked:
            if page.to("first") != feed.name or page.to("last") != walked[-1].name:
                yield "first and last are the ends of the walk"


def _reached(found: Mapping[str, Feed], root: str) -> set[str]:
    seen, waiting = {root}, [root]
    while waiting:
        feed = found[waiting.pop()]
        for link in (*feed.links, *(link for entry in feed.entries for link in entry.links)):
            if link.name in found and link.name not in seen:
                seen.add(link.name)
                waiting.append(link.name)
    return seen


def _is_time(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text))
