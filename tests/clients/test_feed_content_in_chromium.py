"""Chromium takes what our feeds call HTML as innerHTML: nothing runs, and nothing loads but the pictures."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from paperround.exporters import Series
from paperround.exporters.contract.format import Exporter
from paperround.exporters.feeds import atom, jsonfeed, rss
from paperround.exporters.feeds.content import still
from paperround.exporters.testing import run
from paperround.model import Author, Issue, Media, Paper, Point, Record, read

from ..exporters.feeds.feed_rules import ATOM, CONTENT, DC, TAGS
from .browser import visit
from .conftest import GOLDEN, need

PAYLOADS = [
    payload.replace("RUN", f"alert({number})")
    for number, payload in enumerate((Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines())
]
PICTURES = [f"http://pictures.example/{number}.png" for number in range(len(PAYLOADS))]
DIGEST = """\
## Daily Papers (2024-05-03) {0}

### [{0}](https://arxiv.org/abs/2405.00001)
![{0}]({0})
Vote: {0}
Authors: {0}, A {0} B
- **{0}**: {0}
  - `{0}` ${0}$ **{0}** [{0}]({0}) <{0}>

### [x]({0})
![]({0})
- ***{0}***: [{0}](https://example.org/?{0}) https://example.org/{0}

### {0}
<div><video src="{0}"></video></div>

{0}
"""
SERIES = Series(title="<img src=x onerror=alert(-1)>", publisher="<img src=x onerror=alert(-2)>")
SYNTAXES: dict[str, Exporter[Any]] = {"atom": atom.export, "rss": rss.export, "json": jsonfeed.export}
PAGE = """\
<!DOCTYPE html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<body>
<script>
const ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (what) => ran.push(what);
const known = new Set(Object.getOwnPropertyNames(window));
const tags = new Set(), attributes = new Set(), protocols = new Set();
async function start() {
  for (const fragment of await (await fetch("/fragments.json")).json()) {
    const place = document.createElement("div");
    document.body.append(place);
    place.innerHTML = fragment;
    for (const element of place.querySelectorAll("*")) touch(element);
  }
  setTimeout(tell, 3000);
}
function touch(element) {
  tags.add(element.localName);
  for (const attribute of element.attributes) attributes.add(attribute.name);
  if (element.localName == "a") protocols.add(element.protocol);
  for (const type of ["mouseover", "focus", "click", "toggle", "load"]) element.dispatchEvent(new Event(type));
}
function tell() {
  const globals = Object.getOwnPropertyNames(window).filter((name) => !known.has(name));
  const found = { ran, globals, tags: [...tags], attributes: [...attributes], protocols: [...protocols] };
  const report = document.createElement("pre");
  report.textContent = JSON.stringify(found);
  document.body.replaceChildren(report);
}
start();
</script>
"""


@dataclass(frozen=True)
class Seen:
    """What became of a page with HTML fragments in it."""

    ran: set[int]
    globals: list[str]
    tags: set[str]
    attributes: set[str]
    protocols: set[str]
    loaded: set[str]


def test_what_runs_and_loads_is_seen(tmp_path: Path) -> None:
    tame = "<img", "x", "<svg onload", "<details", "<input autofocus", "<xss", "<p style", "<table", "<picture"
    raw = [payload for payload in PAYLOADS if payload.startswith(tame)]
    seen = shown(raw, tmp_path)
    assert len(seen.ran) >= 8
    assert {address for address in seen.loaded if address.startswith("http://load.example/")} == {
        f"http://load.example/{name}.png" for name in ("img", "set", "relative", "source", "style", "table", "td")
    }


def test_nothing_of_a_digest_runs_or_loads(tmp_path: Path) -> None:
    path = tmp_path / "digest.md"
    issues = []
    for payload in PAYLOADS:
        path.write_text(DIGEST.format(payload), encoding="utf-8")
        issues += list(read([path], lambda said: None))
    assert len(issues) == len(PAYLOADS)
    check(shown(fragments(issues), tmp_path), pictures_of(issues))


def test_nothing_of_a_model_runs_or_loads(tmp_path: Path) -> None:
    issues = [issue(*pair) for pair in zip(PAYLOADS, PICTURES, strict=True)]
    assert pictures_of(issues) == set(PICTURES)
    check(shown(fragments(issues), tmp_path), set(PICTURES))


def test_nothing_of_the_hostile_digest_runs_or_loads(tmp_path: Path) -> None:
    issues = list(read([GOLDEN / "hostile" / "input.md"], lambda said: None))
    check(shown(fragments(issues), tmp_path), set())


def check(seen: Seen, pictures: set[str]) -> None:
    assert (seen.ran, seen.globals) == (set(), [])
    assert seen.tags <= TAGS
    assert seen.attributes <= {"href", "src", "alt", "controls", "preload", "poster"}
    assert seen.protocols <= {"http:", "https:", "mailto:"}
    assert seen.loaded == set(map(asked, pictures))


def issue(payload: str, picture: str) -> Issue:
    """Put a payload into every text of the model."""
    record = Record(title=payload, authors=(Author(name=payload), Author(name=f"A {payload}")), categories=(payload,))
    deep = Point(heading=payload, text=payload, points=(Point(text=f"`{payload}`"), Point(text=f"${payload}$")))
    linked = Point(
        heading=f"[{payload}]({payload})", text=f"![{payload}]({payload}) [{payload}](https://e.org/{payload})"
    )
    papers = (
        Paper(
            arxiv_id="2405.00001",
            title=payload,
            authors=(payload,),
            media=Media(kind="image", url=picture),
            summary=(deep, linked),
        ),
        Paper(title=f"{payload} again", media=Media(kind="video", url="https://e.org/v.mp4"), record=record),
    )
    return Issue(date="2024-05-03", title=payload, language="en", papers=papers)  # type: ignore[arg-type]


def pictures_of(issues: list[Issue]) -> set[str]:
    """Return the pictures and the stills of videos; a video itself is not loaded before somebody starts it."""
    return {address for issue in issues for paper in issue.papers if (address := still(paper))}


def asked(address: str) -> str:
    """Return what a proxy sees of a request: all of it, or only the host of an encrypted one."""
    parts = urlsplit(address)
    return address if parts.scheme == "http" else f"https://{parts.hostname}:{parts.port or 443}"


def fragments(issues: list[Issue]) -> list[str]:
    """Return everything that the feeds of each issue call HTML, or that some readers take for it."""
    found: dict[str, None] = {}
    for each in issues:
        for syntax, exporter in SYNTAXES.items():
            find = _json_fragments if syntax == "json" else _xml_fragments
            for document in run(exporter, [each], SERIES).values():
                found |= dict.fromkeys(find(document))
    return list(found)


def _json_fragments(document: bytes) -> Iterator[str]:
    for item in json.loads(document)["items"]:
        yield item["content_html"]


def _xml_fragments(document: bytes) -> Iterator[str]:
    declared = f"{CONTENT}encoded", "description"
    guessed = "title", f"{DC}creator", f"{ATOM}name"  # nothing tells what they are, or readers do not care
    for element in etree.fromstring(document).iter():
        if element.get("type") == "html" or element.tag in (*declared, *guessed):
            yield element.text or ""


def shown(fragments: list[str], folder: Path) -> Seen:
    """Let Chromium set fragments as innerHTML, each of a place of its own."""
    pages = {
        "http://page.example/": ("text/html", PAGE.encode()),
        "http://page.example/fragments.json": ("application/json", json.dumps(fragments).encode()),
    }
    document, requests = visit(need("chromium"), folder, "http://page.example/", pages)
    report = re.search("<pre>(.*)</pre>", document, re.DOTALL)
    assert report, document
    found = json.loads(html.unescape(report[1]))
    loaded = set(requests) - pages.keys()
    ran, names = found["ran"], (set(found[name]) for name in ("tags", "attributes", "protocols"))
    return Seen(set(ran), found["globals"], *names, loaded)
