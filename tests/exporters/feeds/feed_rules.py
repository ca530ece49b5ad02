"""The W3C feed validator's rules for what our feeds hold, written from its documentation and behaviour.

`complaints` names a rule as the validator does. Two of its warnings are answered by documented decisions and are
named like the others, for a test to expect: UnknownNamespace for PRISM, which reference managers read, and
ArchiveIncomplete for the first month of an archive, which has nothing before it.
"""

import datetime
import html
import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import html5lib
from html5lib.html5parser import ParseError
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://search.yahoo.com/mrss/": "media",
}

TAGS = frozenset(("a", "code", "em", "h2", "i", "img", "li", "p", "s", "strong", "sub", "sup", "ul", "video"))
"""All that our content is made of; each is a tag that the validator accepts."""
SAFE_ATTRIBUTES = {"href", "src", "alt", "poster", "preload"}
ENTITIES = {name.rstrip(";") for name in html.entities.name2codepoint} | {"apos"}

URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+.-]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#\[\]]+")
UUID = re.compile(r"urn:uuid:[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d\d[03]0")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
DEFAULT_PORT = {"http": 80, "https": 443}
NEEDLESS_ESCAPE = re.compile("%(?:[0-9A-F]?[a-f]|2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E)")
"""An escape in lower case, or of an unreserved character (RFC 3986 section 6.2.2)."""
TAG_END = re.compile(r"</(\w+)>")
ENTITY = re.compile(r"&(#?\w+)")
HTML_ONLY = re.compile("&#[x0-9]|<[/a-zA-Z]")
LATIN_TWICE = re.compile("[\u00c2\u00c3][\u0080-\u00bf]")


def complaints(document: bytes) -> list[str]:
    """Return what the validator would say about an Atom or RSS document: "Rule: where or why"."""
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"SAXError: {error}"]
    found = [*_everywhere(root)]
    found += _atom(root) if root.tag == f"{ATOM}feed" else _rss(root)
    return found


def _everywhere(root: etree._Element) -> Iterator[str]:
    for prefix, namespace in root.nsmap.items():
        if namespace not in PREFIXES:
            yield f"UnknownNamespace: {namespace}"
        elif prefix and prefix != PREFIXES[namespace]:
            yield f"NonstdPrefix: {prefix}"
    for element in root.iter():
        values = [element.text or "", element.tail or "", *element.attrib.values()]
        if any(re.search("[\u0080-\u009f\ufffd]", value) for value in values) or _encoded_twice(element.text or ""):
            yield f"BadCharacters: {element.tag}"
        if LANGUAGE in element.attrib and not re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", element.get(LANGUAGE, "")):
            yield f"InvalidLanguage: {element.get(LANGUAGE)}"
    for element in root.iter(f"{MEDIA}content", f"{MEDIA}thumbnail"):
        yield from _uri(element.get("url", ""))
        if element.get("medium", "image") not in ("image", "video"):
            yield "InvalidMediaMedium"


def _encoded_twice(text: str) -> bool:
    try:
        return bool(LATIN_TWICE.search(text) and text.encode("latin-1").decode("utf-8"))
    except ValueError:
        return False


# ---------------------------------------------------------------------------------------------------------- Atom


def _atom(feed: etree._Element) -> Iterator[str]:
    children = [child.tag for child in feed]
    entries = feed.findall(f"{ATOM}entry")
    yield from _required(feed, "id", "title", "updated")
    yield from _single(feed, "id", "title", "updated", "subtitle", "rights", "icon", "logo", "generator")
    yield from _atom_texts(feed, "title", "subtitle", "rights")
    yield from _identifier(feed)
    yield from _dates(feed, "updated")
    if entries and any(tag != f"{ATOM}entry" for tag in children[children.index(f"{ATOM}entry") :]):
        yield "MisplacedMetadata"
    yield from _atom_links(feed)
    yield from _history(feed)
    for rule, child in ("DuplicateEntries", "id"), ("DuplicateUpdated", "updated"):
        counts = Counter(entry.findtext(f"{ATOM}{child}") for entry in entries)
        yield from (f"{rule}: {value}" for value, count in counts.items() if count > 1)
    authored = feed.find(f"{ATOM}author") is not None
    for name in feed.iterfind(f".//{ATOM}author/{ATOM}name"):
        yield from _plain(name.text or "", "name")
    for entry in entries:
        yield from _entry(entry, authored)


def _entry(entry: etree._Element, authored: bool) -> Iterator[str]:
    yield from _required(entry, "id", "title", "updated")
    yield from _single(entry, "id", "title", "updated", "published", "summary", "content")
    yield from _identifier(entry)
    yield from _dates(entry, "updated", "published")
    yield from _atom_texts(entry, "title", "summary", "content")
    relations = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
    if entry.find(f"{ATOM}content") is None and "alternate" not in relations:
        yield "MissingContentOrAlternate"
    if relations.count("alternate") > 1:
        yield "DuplicateAtomLink"
    if not authored and entry.find(f"{ATOM}author") is None:
        yield "MissingElement: author"
    for link in entry.findall(f"{ATOM}link"):
        yield from _uri(link.get("href", ""))
        if link.get("rel") in ("current", "prev-archive", "next-archive"):
            yield f"FeedHistoryRelInEntry: {link.get('rel')}"


def _atom_texts(parent: etree._Element, *names: str) -> Iterator[str]:
    for name in names:
        for element in parent.findall(f"{ATOM}{name}"):
            text = element.text or ""
            if element.get("type", "text") == "html":
                yield from _html(text, name)
            elif element.get("type", "text") == "text":
                yield from _plain(text, name)
            else:
                yield f"InvalidMIMEType: {element.get('type')}"


def _atom_links(feed: etree._Element) -> Iterator[str]:
    links = feed.findall(f"{ATOM}link")
    if "self" not in [link.get("rel") for link in links]:
        yield "MissingSelf"
    pairs = Counter((link.get("rel", "alternate"), link.get("type")) for link in links)
    yield from (f"DuplicateAtomLink: {pair}" for pair, count in pairs.items() if count > 1)
    yield from _link_values(links)


def _link_values(links: list[etree._Element]) -> Iterator[str]:
    known = {"alternate", "self", "hub", "prev-archive", "next-archive", "current", "enclosure"}
    for link in links:
        yield from _uri(link.get("href", ""))
        if link.get("rel", "alternate") not in known:
            yield f"UnregisteredAtomLinkRel: {link.get('rel')}"
        if link.get("rel") == "self" and link.get("type") not in ("application/atom+xml", "application/rss+xml"):
            yield f"SelfNotAtom: {link.get('type')}"


def _history(feed: etree._Element) -> Iterator[str]:
    relations = {link.get("rel") for link in feed.findall(f"{ATOM}link")}
    if feed.find(f"{HISTORY}archive") is not None:
        if not relations & {"prev-archive", "next-archive"}:
            yield "ArchiveIncomplete"
        if "current" not in relations:
            yield "MissingCurrentInArchive"


def _identifier(parent: etree._Element) -> Iterator[str]:
    value = parent.findtext(f"{ATOM}id") or ""
    if value != value.strip():
        yield "UnexpectedWhitespace: id"
    yield from _uri(value)
    parts = urlsplit(value)
    if (
        parts.scheme in DEFAULT_PORT
        and (parts.netloc != parts.netloc.lower() or parts.port == DEFAULT_PORT[parts.scheme] or not parts.path)
    ) or NEEDLESS_ESCAPE.search(value):
        yield f"NonCanonicalURI: {value}"


def _dates(parent: etree._Element, *names: str) -> Iterator[str]:
    for name in names:
        value = parent.findtext(f"{ATOM}{name}")
        if value is not None and not RFC3339.fullmatch(value):
            yield f"InvalidRFC3339Date: {value}"
        elif value is not None and datetime.datetime.fromisoformat(value).year < 1990:
            yield f"ImplausibleDate: {value}"


# ----------------------------------------------------------------------------------------------------------- RSS


def _rss(root: etree._Element) -> Iterator[str]:
    channel = root.find("channel")
    if channel is None or root.get("version") != "2.0":
        yield "InvalidRSSVersion"
        return
    tags = [child.tag for child in channel]
    items = channel.findall("item")
    yield from _required(channel, "title", "link", "description", namespace="")
    yield from _single(
        channel, "title", "link", "description", "language", "copyright", "generator", "image", namespace=""
    )
    for name in "title", "description", "copyright":
        yield from _plain(channel.findtext(name) or "-", name, rss=True)
    if items and any(tag != "item" for tag in tags[tags.index("item") :]):
        yield "MisplacedItem"
    links = channel.findall(f"{ATOM}link")
    if "self" not in [link.get("rel") for link in links]:
        yield "MissingAtomSelfLink"
    if "language" in tags and f"{DC}language" in tags:
        yield "DuplicateSemantics: language"
    yield from _link_values(links)
    yield from _uri(channel.findtext("link") or "")
    yield from _rss_date(channel.findtext("lastBuildDate"))
    yield from _image(channel)
    guids = Counter(item.findtext("guid") for item in items)
    yield from (f"DuplicateValue: {guid}" for guid, count in guids.items() if count > 1)
    for item in items:
        yield from _item(item)


def _image(channel: etree._Element) -> Iterator[str]:
    image = channel.find("image")
    if image is None:
        return
    if image.findtext("title") != channel.findtext("title"):
        yield "ImageTitleDoesntMatch"
    if image.findtext("link") != channel.findtext("link"):
        yield "ImageLinkDoesntMatch"
    if (image.findtext("url") or "").rpartition(".")[2].lower() not in ("jpg", "jpeg", "gif", "png"):
        yield "ImageUrlFormat"


def _item(item: etree._Element) -> Iterator[str]:
    tags = [child.tag for child in item]
    yield from _single(item, "title", "link", "description", "guid", "pubDate", namespace="")
    if "title" not in tags and "description" not in tags:
        yield "ItemMustContainTitleOrDescription"
    yield from _plain(item.findtext("title") or "", "title", rss=True)
    if f"{CONTENT}encoded" in tags and "description" not in tags[: tags.index(f"{CONTENT}encoded")]:
        yield "NeedDescriptionBeforeContent"
    for first, second in ("author", "creator"), ("pubDate", "date"), ("category", "subject"):
        if first in tags and f"{DC}{second}" in tags:
            yield f"DuplicateItemSemantics: {first}"
    for name in "description", f"{CONTENT}encoded":
        for element in item.findall(name):
            yield from _html(element.text or "", name)
    for category in item.findall("category"):
        yield from _plain(category.text or "", "category", rss=True)
    if "link" in tags:
        yield from _uri(item.findtext("link") or "")
    yield from _rss_date(item.findtext("pubDate"))
    yield from _guid(item)
    yield from _enclosures(item)


def _guid(item: etree._Element) -> Iterator[str]:
    guid = item.find("guid")
    if guid is None:
        yield "MissingGuid"
    elif guid.get("isPermaLink") not in ("true", "false"):
        yield "InvalidBooleanAttribute: isPermaLink"
    elif guid.get("isPermaLink") == "true" and not (guid.text or "").startswith("http"):
        yield f"InvalidPermalink: {guid.text}"


def _enclosures(item: etree._Element) -> Iterator[str]:
    enclosures = item.findall("enclosure")
    if len(enclosures) > 1:
        yield "DuplicateEnclosure"
    for enclosure in enclosures:
        yield from _uri(enclosure.get("url", ""))
        if not enclosure.get("length", "").isdigit():
            yield "InvalidIntegerAttribute: length"
        if not MEDIA_TYPE.fullmatch(enclosure.get("type", "")):
            yield "InvalidMIMEAttribute: type"


def _rss_date(value: str | None) -> Iterator[str]:
    if value is None:
        return
    if not RFC822.fullmatch(value):
        yield f"ProblematicalRFC822Date: {value}"
        return
    moment = parsedate_to_datetime(value)
    if value[:3] != ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[moment.weekday()]:
        yield f"IncorrectDOW: {value}"


# -------------------------------------------------------------------------------------------------------- shared


def _required(parent: etree._Element, *names: str, namespace: str = ATOM) -> Iterator[str]:
    for name in names:
        if parent.find(f"{namespace}{name}") is None:
            yield f"MissingElement: {name}"


def _single(parent: etree._Element, *names: str, namespace: str = ATOM) -> Iterator[str]:
    for name in names:
        if len(parent.findall(f"{namespace}{name}")) > 1:
            yield f"DuplicateElement: {name}"


def _uri(value: str) -> Iterator[str]:
    if value.startswith("urn:uuid:"):
        if not UUID.fullmatch(value):
            yield f"InvalidUUID: {value}"
    elif not URI.fullmatch(value):
        yield f"InvalidFullLink: {value}"


def _plain(text: str, name: str, *, rss: bool = False) -> Iterator[str]:
    if not text.strip():
        yield f"NotBlank: {name}"
    words = ENTITY.findall(text)
    if TAG_END.search(text) or any(word in ENTITIES or not word.isalpha() for word in words):
        yield f"ContainsHTML: {name}: {text}"
    elif rss and HTML_ONLY.search(text):
        yield f"CharacterData: {name}: {text}"
    if re.search(r"<[\w.+-]+@[\w-]+\.[\w.-]+>", text):
        yield f"ContainsEmail: {name}"


def _html(text: str, name: str) -> Iterator[str]:
    if not text.strip():
        yield f"NotBlank: {name}"
    try:
        parsed = html5lib.HTMLParser(strict=True).parseFragment(text)
    except ParseError as error:
        yield f"NotHtml: {name}: {error}: {text}"
        return
    for element in parsed.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag != "DOCUMENT_FRAGMENT":
            yield from _element(tag, element.attrib, name)


def _element(tag: str, attributes: dict[str, str], name: str) -> Iterator[str]:
    if tag not in TAGS:
        yield f"SecurityRisk: {name}: {tag}"
    for attribute, value in attributes.items():
        if attribute not in SAFE_ATTRIBUTES:
            yield f"SecurityRiskAttr: {name}: {attribute}"
        if attribute in ("href", "src") and not re.match(r"https?:", value):
            yield f"ContainsRelRef: {name}: {value}"
