"""Papers as objects of JSON or YAML: which values are papers, of which day, and what their keys mean.

People who keep papers as data agree on the fields and not on their names. A key is compared without case and signs, so
`arxiv_id`, `arxivId` and `arXiv ID` are one. Tried on the lists of six public archives.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .. import dates, fields
from ..authors import displayed, mended
from ..diagnostics import Code, Tell
from ..names import authors, without_wikilinks
from ..paper import Issue, Paper, Point
from ..text import line_of, one_line, plural
from .contract import Piece

Values = Mapping[str, object]

_TITLE = ("title", "papertitle", "headline", "제목", "标题", "標題", "题目", "タイトル", "name")
_ID = ("arxivid", "arxiv", "paperid", "id", "eprint", "entryid", "identifier", "externalids", "ids")
_ADDRESS = ("url", "link", "paperurl", "paperlink", "absurl", "abs", "arxivurl", "arxivlink", "링크", "链接", "リンク")
_OTHER_ADDRESS = ("pdfurl", "pdflink", "pdf", "htmlurl", "html", "huggingfaceurl", "hfurl", "href", "doi", "links")
_AUTHORS = ("authors", "author", "authorlist", "authornames", "creators", "저자", "作者", "著者", "firstauthor")
_DAY = ("date", "day", "digestdate", "dailydate", "issuedate", "listdate", "submittedondailyat", "addedat", "dateadded")
_PUBLISHED = (
    *("published", "publishedat", "publisheddate", "publishdate", "publicationdate", "datepublished", "pubdate"),
    *("submitted", "submittedat", "submitteddate", "submissiondate", "created", "createdat", "updated", "updatedat"),
)
_VOTES = (
    "upvotes",
    "upvote",
    "votes",
    "vote",
    "likes",
    "upvotecount",
    "numupvotes",
    "추천수",
    "좋아요",
    "点赞",
    "stars",
)
_MEDIA = (
    "thumbnail",
    "thumbnailurl",
    "image",
    "imageurl",
    "picture",
    "cover",
    "media",
    "mediaurl",
    "video",
    "videourl",
)
_SUMMARY = (
    *("tldr", "summary", "aisummary", "shortsummary", "keypoints", "highlights", "points", "contributions", "note"),
    *("요약", "要約", "总结", "description", "abstract", "초록", "摘要"),
)
_GROUP = ("topic", "group", "section")
_INSIDE = ("paper", "arxiv", "metadata", "info")
"""Keys whose object says more of the same paper."""
_CONTAINERS = frozenset(
    {"papers", "articles", "entries", "items", "list", "data", "results", "result", "daily", "days"}
)
"""Keys that say nothing of what is in them; any other one above papers is their group's heading."""
_SIGNS = re.compile(r"[\W_]+")
_DEEPEST = 12
_SECONDS = range(662_688_000, 4_102_444_800)
"""Seconds since 1970 that may be a date: arXiv began in 1991."""


@dataclass(frozen=True)
class PaperValue:
    """A value that is one paper's, and what stands above it: a key with an id, a day, a group."""

    value: object
    """An object's values by their plain keys, or a row of a Markdown table or list."""
    arxiv_id: str | None = None
    date: datetime.date | None = None
    group: str | None = None


def entries(value: object, above: PaperValue | None = None, depth: int = 0) -> Iterator[PaperValue]:
    """Yield the papers that a value of JSON or YAML holds, in its order; nothing inside a paper is one."""
    above = above or PaperValue(None)
    if isinstance(value, dict):
        values = plain(value)
        if _title(values) and (above.arxiv_id or arxiv_id(values)):
            yield replace(above, value=values)
        elif depth < _DEEPEST and not str(values.get("version", "")).startswith("https://jsonfeed.org"):
            above = replace(above, date=day(values) or above.date)
            for key, inner in value.items():
                yield from entries(inner, _below(above, str(key), inner), depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        found = [list(entries(inner, above, depth + 1)) for inner in value]
        are_papers = any(found)
        for inner, inside in zip(value, found, strict=True):
            if are_papers and not inside and isinstance(inner, dict) and _title(values := plain(inner)):
                yield replace(above, value=values)  # one of a list of papers that is not on arXiv
            yield from inside
    elif isinstance(value, str) and value.lstrip()[:1] in ("|", "-", "*") and "](" in value:
        yield replace(above, value=value)


def plain(value: Mapping[object, object]) -> dict[str, object]:
    """Return an object's values by their keys without case and signs, with those of an object for the same paper."""
    values = {_SIGNS.sub("", str(key)).lower(): inner for key, inner in value.items()}
    for name in _INSIDE:
        if isinstance(inner := values.get(name), dict):
            values = {**plain(inner), **{key: kept for key, kept in values.items() if key != name}}
    return values


def arxiv_id(values: Values) -> str | None:
    """Return the arXiv id that an object's keys name."""
    written = _texts(values, (*_ID, *_ADDRESS, *_OTHER_ADDRESS))
    named = (f"https://doi.org/{text}" if text.startswith("10.48550/") else text for text in written)
    return next((found for text in named if (found := fields.arxiv_id(text))), None)


def day(values: Values) -> datetime.date | None:
    """Return the day of a digest that an object's keys name."""
    return next((found for name in _DAY if (found := _date(values.get(name)))), None)


def published(values: Values) -> datetime.date | None:
    """Return the day on which a paper came out, which is not a digest's but better than none."""
    return next((found for name in _PUBLISHED if (found := _date(values.get(name)))), None)


def paper(entry: PaperValue, piece: Piece, line: int) -> Paper:
    """Return the paper of an entry that is an object; what cannot be kept of it is told."""
    values = entry.value if isinstance(entry.value, dict) else {}
    title, known = _title(values), entry.arxiv_id or arxiv_id(values)
    names, complete = _authors(values, line, piece.tell)
    url = _url(values, known, line, piece.tell)
    if url is None:
        piece.tell(line, Code.NO_LINK, f"{fields.excerpt(title)} has no link")
    return piece.paper(
        line,
        arxiv_id=known,
        title=title,
        url=url,
        votes=_votes(values, line, piece.tell),
        authors=names,
        authors_complete=complete,
        authors_ordered=False,
        media=_media(values, line, piece.tell),
        summary=_summary(values),
        group=_first(values, _GROUP) or entry.group,
    )


def issues(found: Iterable[PaperValue], text: str, piece: Piece) -> Iterator[Issue]:
    """Yield the issues of the entries of a text, oldest first.

    Where only some have a date, each of the others is told; where none has, all together.
    """
    dated = [(entry, _date_of(entry, piece.place)) for entry in found if isinstance(entry.value, dict)]
    by_date: dict[datetime.date, list[tuple[PaperValue, int]]] = {}
    lines = LineFinder(text, piece.line)
    if dated and not any(date for _, date in dated):
        message = f"{plural(len(dated), 'paper')} without a date; write one, or name the file for it; left out"
        piece.tell(lines.of(dated[0][0]), Code.STRAY_TEXT, message)
    for entry, date in dated if any(date for _, date in dated) else ():
        line = lines.of(entry)
        if date:
            by_date.setdefault(date, []).append((entry, line))
        else:
            piece.tell(line, Code.BAD_ENTRY, "a paper has no date, and neither has the file's name; left out")
    for date in sorted(by_date):  # papers are made for one day at a time: they take far more memory than their text
        yield piece.issue(date, [paper(entry, piece, line) for entry, line in by_date.pop(date)])


def _date_of(entry: PaperValue, path: str) -> datetime.date | None:
    """Return an entry's own day, else what stands above it, the file's name or a folder's, else when it came out.

    A file that is named for a day holds what came out on the days before, so that is asked last.
    """
    values = entry.value if isinstance(entry.value, dict) else {}
    return day(values) or entry.date or dates.of_path(path) or published(values)


class LineFinder:
    """On which line of a text its papers stand, asked in their order: where each one's id comes next."""

    def __init__(self, text: str, first: int) -> None:
        self._text, self._at, self.line_of = text, 0, first

    def of(self, entry: PaperValue) -> int:
        """Return the line of an entry, that of the one before where its id is written in some other way."""
        name = entry.arxiv_id or (arxiv_id(entry.value) if isinstance(entry.value, dict) else None)
        at = self._text.find(name, self._at) if name else -1
        if at >= 0:
            self.line_of += self._text.count("\n", self._at, at)
            self._at = at
        return self.line_of


def _below(above: PaperValue, key: str, inner: object) -> PaperValue:
    """Return what stands above the value of a key: a day, an id, or a group's heading."""
    if date := dates.date(key):
        return replace(above, date=date)
    if found := fields.arxiv_id(key):
        return replace(above, arxiv_id=found)
    is_group = isinstance(inner, dict | list) and not key.isdecimal() and _SIGNS.sub("", key).lower() not in _CONTAINERS
    return replace(above, group=one_line(key) or None) if is_group else above


# ------------------------------------------------------------------------------------------------ fields


def _title(values: Values) -> str:
    return _first(values, _TITLE)


def _first(values: Values, names: tuple[str, ...]) -> str:
    """Return the first text that one of the keys has, '' for none."""
    return next((text for name in names if (text := line_of(values.get(name)))), "")


def _texts(values: Values, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts of keys, and of the lists and objects that they may have."""
    for name in names:
        value = values.get(name)
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        for one in inner:
            yield from map(line_of, plain(one).values() if isinstance(one, dict) else [one])


def _date(value: object) -> datetime.date | None:
    if isinstance(value, str):
        return dates.date(value)
    if isinstance(value, int):
        seconds = value // 1000 if value > _SECONDS[-1] else value
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date() if seconds in _SECONDS else None
    return None


def _url(values: Values, known: str | None, line: int, tell: Tell) -> str | None:
    """Return the address that an entry links, else the one of its abstract on arXiv."""
    for text in filter(None, _texts(values, _ADDRESS)):
        try:
            return fields.url(text)
        except fields.Odd as odd:
            tell(line, Code.ODD_LINK, f"{odd}; left out")
    return f"https://arxiv.org/abs/{known}" if known else None


def _votes(values: Values, line: int, tell: Tell) -> int | None:
    written = next((values[name] for name in _VOTES if values.get(name) is not None), None)
    try:
        return fields.votes(str(written)) if written is not None else None
    except fields.Odd as odd:
        tell(line, Code.ODD_VOTES, f"{odd}; left empty")
        return None


def _authors(values: Values, line: int, tell: Tell) -> tuple[tuple[str, ...], bool]:
    """Return the names, and whether they are all: of a list of names or of objects with names, or of a text."""
    name = next((name for name in _AUTHORS if values.get(name)), "")
    written = values.get(name)
    if isinstance(written, str):
        names, complete, dropped = authors(one_line(written))
        odd = len(dropped)
    else:
        listed = [_name(one) for one in (written if isinstance(written, list) else [])]
        cut = [one for one in listed if authors(one).names == () and one]
        read = [displayed(one) for one in listed if one not in cut]
        names = tuple(dict.fromkeys(author.name for author in mended(read)))
        odd, complete = sum(named is None for named in read), bool(names) and not cut
    if odd:
        tell(line, Code.ODD_AUTHORS, f"{odd} of the authors cannot be a name; left out")
    return names, complete and not odd and name != "firstauthor"


def _name(written: object) -> str:
    """Return a display name, of an object with a name or its parts, too."""
    if not isinstance(written, dict):
        return without_wikilinks(line_of(written))
    values = plain(written)
    parts = (_first(values, ("given", "first", "firstname")), _first(values, ("family", "last", "lastname")))
    return _first(values, ("name", "fullname", "author", "literal")) or " ".join(filter(None, parts))


def _media(values: Values, line: int, tell: Tell) -> dict[str, str] | None:
    for text in filter(None, _texts(values, _MEDIA)):
        try:
            address = fields.url(text)
        except fields.Odd as odd:
            tell(line, Code.ODD_MEDIA, f"{odd}; the picture was left out")
            continue
        if address and not fields.is_portrait(address):
            return {"kind": fields.media_kind(address), "url": address}
    return None


def _summary(values: Values) -> tuple[Point, ...]:
    """Return the points of all texts that sum a paper up, each text once."""
    found: dict[tuple[str | None, str], Point] = {}
    for name in _SUMMARY:
        for point in _points(values.get(name)):
            found.setdefault((point.heading if not point.text else None, point.text), point)
    return tuple(found.values())


def _points(written: object) -> Iterator[Point]:
    """Yield a point for each paragraph, bullet, element or key of a summary."""
    if isinstance(written, Point):
        yield written
    elif isinstance(written, str):
        for text in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+•]|[0-9]+[.)])\s)", written):
            if line := one_line(re.sub(r"^\s*(?:[-*+•]|[0-9]+[.)])\s+", "", text)):
                yield Point(text=line)
    elif isinstance(written, list):
        for inner in written:
            yield from _points(inner)
    elif isinstance(written, dict):
        for key, inner in written.items():
            if text := line_of(inner):
                yield Point(heading=one_line(str(key)) or None, text=text)
