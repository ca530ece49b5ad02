"""A paper's fields from its place: a heading with what stands below, an item, a row of a table."""

import re
from collections.abc import Sequence

from .. import fields, links, names
from ..diagnostics import Code, Tell
from . import labels, leads, summary, tables, titles
from .places import Place

_UNTITLED = re.compile(
    r"\W*(?:(?ai:paper|article|no\.?)|논문|论文|論文)?\W{0,3}[0-9]{0,3}\W*|(?ai:arxiv:\s?)?[0-9]{4}\.[0-9]{4,5}(?ai:v[0-9]+)?"
)
"""What a heading says that only counts papers, or only names an id."""
Values = dict[str, object]


def read(place: Place, numbers: Sequence[int], tell: Tell) -> Values:
    """Return the values of a paper, as `Paper` names them, without its path and line."""
    line = numbers[place.at]
    title, given = _of_row(place, line, tell) if place.kind == "row" else _of_text(place, numbers, tell)
    url = _url(line, title, place.text, tell)
    given["arxiv_id"], given["url"] = fields.arxiv_id(url) if url else None, url
    given["title"] = _title(line, title.title, url, tell)
    given["group"] = place.group
    if not given["summary"] and place.kind == "heading":
        tell(line, Code.NO_SUMMARY, f"{fields.excerpt(title.title)} has no summary")
    return given


def _of_text(place: Place, numbers: Sequence[int], tell: Tell) -> tuple[titles.Title, Values]:
    """Read a heading or an item and what stands below it."""
    lead = _lead(place)
    title = titles.read(place.text) if lead is None else titles.Title(lead.title, lead.target)
    linked = bool(title.target)
    given = summary.read(place.blocks, numbers, linked, tell, not place.is_daily)
    named = given.pop("title", None)
    below = _link_below(place, given, linked)
    given.pop("date", None)
    if below and not (title.target and fields.arxiv_id(title.target)):
        title = title._replace(target=below)
    line = numbers[place.at]
    if lead is not None:
        _add(given, lead, line, tell)
    if not place.is_daily and given.get("votes") is None:
        written, votes = labels.before_votes(title.title)
        title = title._replace(title=written)
        _take_votes(given, votes, line, tell)
    if not place.is_daily and _UNTITLED.fullmatch(title.title):
        title = title._replace(title=_title_below(given, named) or title.title)
    if not place.is_daily and not given["authors"]:
        _take_names(given, place.kind == "item")
    return title, given


def _link_below(place: Place, given: Values, linked: bool) -> str | None:
    """Return the address that stands below a title for the paper, taking it out of the fields.

    A digest mentions other papers, too, so the surest comes first: a link in a field or in a line of nothing but links,
    the first link below an item, the one id that the first block with any names, a page that is not on arXiv.
    """
    elsewhere, target = given.pop("elsewhere", None), given.pop("target", None)
    if target is None and not linked and place.kind == "item":
        target = next((link for block in place.blocks if (link := leads.own_target(block.text))), None)
    if target is None and not linked and not place.is_daily:
        target = f"https://arxiv.org/abs/{own}" if (own := _first_id(place)) else elsewhere
    return target if isinstance(target, str) else None


def _first_id(place: Place) -> str | None:
    """Return the id that the title, or else the first block with any, names, if that is one."""
    texts = (place.text, *(block.text for block in place.blocks))
    found = next((ids for text in texts if (ids := links.ids(text))), [])
    return found[0] if len(found) == 1 else None


def _lead(place: Place) -> leads.Lead | None:
    """Return what an item says beside its title; None for a heading that is nothing but a title, as nearly all are."""
    if place.kind == "item":
        return leads.read(place.text)
    found = titles.links(place.text) if "](" in place.text or "<a" in place.text else []
    is_beside = any(leads.is_label(words) for words, target in found if words)
    return leads.read(place.text) if is_beside else None


def _add(given: Values, lead: leads.Lead, line: int, tell: Tell) -> None:
    """Add what an item says on the line of its title."""
    if lead.authors and not given["authors"]:
        _set_authors(given, lead.authors)
    votes = next(filter(None, map(labels.votes_of, lead.rest)), None)
    if given.get("votes") is None:
        _take_votes(given, votes, line, tell)
    points = [point for text in lead.rest if not labels.votes_of(text) and (point := summary.point(text))]
    given["summary"] = (*points, *_tuple(given["summary"]))


def _title_below(given: Values, named: object) -> str:
    """Take the title from a field, else from a first point in bold, which is no point then."""
    points = _tuple(given["summary"])
    at = next((at for at, point in enumerate(points) if _is_title(point, named)), None)
    if at is not None:
        given["summary"] = (*points[:at], *points[at + 1 :])
        first = points[at]
        named = named or (first["text"] if isinstance(first, dict) else "")
    return titles.plain(str(named or ""))


def _is_title(point: object, named: object) -> bool:
    if not isinstance(point, dict) or point["points"]:
        return False
    text = str(point["text"])
    if named:
        return labels.name_of(point["heading"] or text.partition(":")[0]) == "title"
    return point["heading"] is None and text.startswith("**") and text.endswith("**")


def _take_names(given: Values, is_item: bool) -> None:
    """Take the first point for the authors where it is nothing but names: many lists have a line of them.

    Below a heading, a name alone may be a topic or the heading of a part.
    """
    points = _tuple(given["summary"])
    first = points[0] if points else None
    if isinstance(first, dict) and not first["heading"] and not first["points"]:
        text = leads.without_links(str(first["text"])).rstrip(" .|·-").strip("*_ ")
        if names.are_names(text) if is_item else names.are_several(text):
            _set_authors(given, text)
            given["summary"] = points[1:]


def _set_authors(given: Values, text: str) -> None:
    found, complete, _ = names.authors(text)
    given["authors"] = found
    given["authors_complete"] = complete and bool(found)
    given["authors_ordered"] = False


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


# ---------------------------------------------------------------------------------------------- rows


def _of_row(place: Place, line: int, tell: Tell) -> tuple[titles.Title, Values]:
    """Read a row: each cell by what its column is about."""
    lead = leads.read(place.text)
    given: Values = {"authors": (), "authors_complete": False, "authors_ordered": False}
    rest = tables.points("<br>".join(lead.rest))
    points: list[object] = [point for piece in rest if (point := summary.point(piece))]
    target = lead.target
    for name, head, cell in place.cells:
        if tables.is_nothing(cell):
            continue
        if name == "authors":
            _row_authors(given, cell, line, tell)
        elif name == "votes":
            _take_votes(given, cell.strip("*_` "), line, tell)
        elif (
            name in ("link", "number", "")
            and (ours := leads.own_target(cell))
            and not (target and fields.arxiv_id(target))
        ):
            target = ours if fields.arxiv_id(ours) or not target else target
        elif name in ("summary", ""):
            heading = None if name else titles.plain(head) or None
            points += _cell(cell, heading)
    if lead.authors and not given["authors"]:
        _set_authors(given, lead.authors)
    given["summary"] = tuple(points)
    return titles.Title(lead.title, target), given


def _cell(cell: str, heading: str | None) -> list[object]:
    pieces = tables.points(cell)
    if heading is None or not pieces:
        return [point for piece in pieces if (point := summary.point(piece))]
    first = summary.point(" ".join(pieces), (), heading)
    return [first] if first else []


def _row_authors(given: Values, cell: str, line: int, tell: Tell) -> None:
    dropped = names.authors(cell).dropped
    if dropped:
        what = ", ".join(map(fields.excerpt, dropped[:3]))
        tell(line, Code.ODD_AUTHORS, f"{what} cannot be a name; left out")
    _set_authors(given, cell)


def _take_votes(given: Values, written: str | None, line: int, tell: Tell) -> None:
    try:
        given["votes"] = fields.votes(written or "")
    except fields.Odd as odd:
        tell(line, Code.ODD_VOTES, f"{odd}; left empty")


# ---------------------------------------------------------------------------------------------- titles and links


def _url(line: int, title: titles.Title, written: str, tell: Tell) -> str | None:
    if title.cut:
        tell(line, Code.CUT_HEADING, f"the heading breaks off: {fields.excerpt(written)}")
    try:
        url = fields.url(title.target or "")
    except fields.Odd as odd:
        tell(line, Code.ODD_LINK, f"{odd}; the paper was kept without it")
        return None
    if url is None and not title.cut:
        tell(line, Code.NO_LINK, f"{fields.excerpt(title.title)} has no link")
    return url


def _title(line: int, title: str, url: str | None, tell: Tell) -> str:
    title = " ".join(title.split())
    if not title:
        title = url or "?"
        tell(line, Code.NO_TITLE, f"a paper has no title; {title} is shown instead")
    return title
