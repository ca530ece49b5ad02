"""A file for each paper: YAML, or Markdown whose front matter says which paper it is about."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from .. import fields
from ..diagnostics import Code, Tell
from ..digest import summary
from ..digest.blocks import blocks
from ..digest.repair import cleaned
from ..paper import Issue, Point
from .contract import Piece, reader
from .entries import arxiv_id, entries, issues, plain

_KEY = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s*+(?:#[^\n]*+\n|---[ \t]*+\r?\n))*+\s*+(?:- +\{?)?[\"']?[A-Za-z][\w .-]*[\"']?\s*:"
)
"""How a mapping starts. What stands before it is never tried again: of forty headings between blank lines, as in many
digests, every second line end could be read in two ways, which took for ever. One in braces is JSON, which has readers
of its own, papers.jsonl's among them."""
_FRONT = re.compile(r"(?:\ufeff)?---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_LINKED = re.compile(r"https?://[^\s<>()\[\]\"']+")


@reader(seeks="title, date and arXiv id of a paper", sniff=lambda head: _KEY.match(head) is not None)
def read(piece: Piece) -> Iterator[Issue]:
    """YAML: a file for each paper, or a list of papers; title, authors, date, link, summary under any usual keys."""
    from .yaml_values import BadYaml, values

    text = piece.text()
    try:
        value = values(text)
    except BadYaml as error:
        if "arxiv" in text.lower() or "huggingface.co/papers" in text:
            piece.tell(piece.line, Code.BAD_ENTRY, f"not YAML: {error}; left out")
        return
    yield from issues(list(entries(value)), text, piece)


@reader(seeks="", sniff=lambda head: _OPENING.match(head) is not None)
def read_page(piece: Piece) -> Iterator[Issue]:
    """Markdown with front matter that says title, date and link of one paper; the text below is its summary."""
    from .yaml_values import BadYaml, values  # nearly no Markdown comes this far

    text = piece.text()
    found = _FRONT.match(text)
    try:
        value = values(found[1]) if found else None
    except BadYaml:
        return  # others read front matter that is none
    if not found or not isinstance(value, dict):
        return
    first_line = piece.line + text.count("\n", 0, found.end())
    page = _page(plain(value), text[found.end() :], first_line, piece.tell)
    yield from issues(list(entries(page)), text, piece)


def _page(front: Mapping[str, object], body: str, line: int, tell: Tell) -> dict[str, object]:
    """Return a page's values: its text sums the paper up, and names it where front matter with authors does not."""
    page = dict(front)
    if not arxiv_id(page) and (page.get("authors") or page.get("author")):
        ids = {found for link in _LINKED.findall(body) if (found := fields.arxiv_id(link.rstrip(".,;")))}
        page["id"] = ids.pop() if len(ids) == 1 else None
    if body.strip() and arxiv_id(page):
        page |= {key: value for key, value in _text(body, line, tell).items() if value and not page.get(key)}
    return page


def _text(body: str, line: int, tell: Tell) -> dict[str, object]:
    """Read a page's text as what stands below a paper's heading in a digest: points, and maybe a picture and votes."""
    text, numbers = cleaned(body, line, tell)
    given = summary.read(blocks(text), numbers, True, tell)
    points = [Point.model_validate(point) for point in cast("Iterable[object]", given["summary"])]
    names = "; ".join(cast("Iterable[str]", given["authors"]))
    authors = names if given["authors_complete"] or not names else f"{names} et al."
    media = given.get("media")
    shown = media["url"] if isinstance(media, dict) else None
    return {"points": points, "authors": authors, "votes": given.get("votes"), "image": shown}
