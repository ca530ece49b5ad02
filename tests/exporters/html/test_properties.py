"""Whatever the model admits becomes pages that a strict parser reads, whose links lead to places that are there."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib
from hypothesis import given
from paperround.model import Issue

from ...strategies import archives
from .html_cases import FEEDS, SERIES, site

ELEMENTS = {"strong", "em", "s", "code", "sup", "sub", "i", "a", "ul", "li"}
"""What inline Markdown becomes; nothing else comes from a text."""
START = "http://site.test/"


@given(archives)
def test_any_archive_makes_pages_that_parse_and_links_that_lead_somewhere(issues: list[Issue]) -> None:
    files = FEEDS | site(issues, SERIES)
    trees = {name: parsed(page) for name, page in files.items() if name.endswith(".html")}
    places = {name: [element.get("id") for element in tree.iterfind(".//*[@id]")] for name, tree in trees.items()}
    for name, tree in trees.items():
        assert len(places[name]) == len(set(places[name])), name
        for path, anchor in links(name, tree) if name != "404.html" else ():  # whose ways begin at its host's root
            assert path in files, f"{name}: {path}"
            assert not anchor or anchor in places[path], f"{name}: {path}#{anchor}"
    check_search(issues, files, places)


def parsed(page: bytes) -> Any:
    """Parse a page, raising an error where browsers would guess; no text may have made elements of its own."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page, transport_encoding="utf-8")
    for place in ".//*[@class='summary']", ".//article/h1", ".//article/h2", ".//article/h3":
        tags = {element.tag for found in tree.iterfind(place) for element in found.iter()}
        assert tags - {"div", "h1", "h2", "h3"} <= ELEMENTS
    return tree


def links(name: str, tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the paths and anchors on the site that a page leads to or loads."""
    for element in tree.iter():
        for link in (element.get("href"), element.get("src")):
            target, anchor = urldefrag(urljoin(START + name, link or ""))
            if link and target.startswith(START):
                yield unquote(urlsplit(target).path[1:]), unquote(anchor)


def check_search(issues: list[Issue], files: dict[str, bytes], places: dict[str, list[str]]) -> None:
    """Search has every paper, at its place."""
    months = json.loads(files["search/index.json"])["months"] if issues else []
    found = [entry for month in months for entry in json.loads(files[f"search/{month}.json"])]
    assert len(found) == sum(len(issue.papers) for issue in issues)
    for entry in found:
        assert entry["id"] in places[f"issues/{entry['day']}.html"]
