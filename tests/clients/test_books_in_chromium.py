"""Chromium opens the pages of our books as e-readers' engines do: nothing runs, and nothing loads from elsewhere.

Every page of a book gets a script of ours at its start, which tells the frame around it what it calls and holds.
"""

import html
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from lxml import etree
from paperround.exporters import Series, epub, opds
from paperround.exporters.testing import run
from paperround.model import Issue, read

from .browser import visit
from .conftest import GOLDEN, need
from .test_feed_content_in_chromium import DIGEST, PAYLOADS, PICTURES, issue

SERIES = Series(
    title="<img src=x onerror=alert(-1)>", publisher="<img src=x onerror=alert(-2)>", base_url="https://e.org/"
)
FRAMES = """\
<!DOCTYPE html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<body>
<script>
const ran = [], tags = new Set(), attributes = new Set(), protocols = new Set(), opened = [];
function watch(inside) {
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) inside[name] = (what) => ran.push(what);
}
function look(page) {
  opened.push(page.URL);
  for (const element of page.querySelectorAll("*")) {
    if (element.textContent == "parent.watch(window)") continue;
    tags.add(element.localName);
    for (const attribute of element.attributes) attributes.add(attribute.name);
    if (element.localName == "a" && element.hasAttribute("href")) protocols.add(element.protocol);
    for (const type of ["mouseover", "focus", "click", "toggle", "load"]) element.dispatchEvent(new Event(type));
  }
}
async function open_page(address) {
  const frame = document.createElement("iframe");
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  frame.src = address;
  document.body.append(frame);
  await loaded;
  look(frame.contentDocument);
}
async function start() {
  const addresses = await (await fetch("/pages.json")).json();
  while (addresses.length) await Promise.all(addresses.splice(0, 20).map(open_page));
  setTimeout(tell, 3000);
}
function tell() {
  const found = { ran, opened, tags: [...tags], attributes: [...attributes], protocols: [...protocols] };
  const report = document.createElement("pre");
  report.textContent = JSON.stringify(found);
  document.body.replaceChildren(report);
}
start();
</script>
"""
WATCHED = b"<script>parent.watch(window)</script>"


def test_what_runs_and_loads_is_seen(tmp_path: Path) -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>'
    bad = (
        '<img src="http://load.example/a.png" onerror="alert(1)"/><p onclick="alert(2)">x</p><script>alert(3)</script>'
    )
    found, loaded = shown({"a.xhtml": page.format(bad).encode()}, tmp_path)
    assert set(found["ran"]) == {1, 2, 3}
    assert loaded == {"http://load.example/a.png"}


def test_nothing_of_a_digest_or_a_model_runs_or_loads(tmp_path: Path) -> None:
    path = tmp_path / "digest.md"
    issues = [issue(*pair) for pair in zip(PAYLOADS, PICTURES, strict=True)]
    for payload in PAYLOADS:
        path.write_text(DIGEST.format(payload), encoding="utf-8")
        issues += list(read([path], lambda said: None))
    issues += list(read([GOLDEN / "hostile" / "input.md"], lambda said: None))
    members = dict(pages_of(together(issues)))
    found, loaded = shown(members, tmp_path)
    assert len(found["opened"]) == len([name for name in members if name.endswith(".xhtml")]) > len(issues)
    assert found["ran"] == []
    assert loaded == set()
    assert not {"script", "iframe", "object", "embed", "form", "input", "base", "video", "audio"} & set(found["tags"])
    assert [
        name for name in found["attributes"] if name.startswith("on") or name in ("style", "srcdoc", "action")
    ] == []
    assert set(found["protocols"]) <= {"http:", "https:", "mailto:"}


def test_a_catalogue_calls_nothing_html(tmp_path: Path) -> None:
    for payload in PAYLOADS:
        for name, data in run(opds.export, [issue(payload, PICTURES[0])], SERIES).items():
            if name.endswith(".xml"):
                elements = list(etree.fromstring(data).iter())
                assert not {element.get("type") for element in elements} & {"html", "xhtml", "text/html"}
                links = [element.get("href") for element in elements if element.get("href")]
                assert [link for link in links if re.match(r"(?i)\s*(?:javascript|data|vbscript)", link)] == []
            else:
                assert json.loads(data)


def together(issues: list[Issue]) -> Iterable[Issue]:
    """Yield issues that hold the papers of twenty each, and the title of the first."""
    for start in range(0, len(issues), 20):
        papers = tuple(paper for each in issues[start : start + 20] for paper in each.papers)
        yield issues[start].model_copy(update={"papers": papers})


def pages_of(issues: Iterable[Issue]) -> Iterable[tuple[str, bytes]]:
    """Yield the files of each issue's book, below a folder of its own, with a watch in every page."""
    for number, each in enumerate(issues):
        for name, data in run(epub.export, [each], SERIES).items():
            if name.endswith(".epub"):
                with zipfile.ZipFile(BytesIO(data)) as book:
                    yield from ((f"{number}/{entry}", book.read(entry)) for entry in book.namelist())


def shown(members: Mapping[str, bytes], folder: Path) -> tuple[dict[str, list[str]], set[str]]:
    """Open every page; return what was found in them, and what was asked for that is no member."""
    kinds = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}
    served = {
        f"http://book.example/{name}": (
            kinds.get(Path(name).suffix, "text/plain"),
            re.sub(rb"(<head[^>]*>)", rb"\1" + WATCHED, data, count=1) if name.endswith(".xhtml") else data,
        )
        for name, data in members.items()
    }
    pages = [address for address in served if address.endswith(".xhtml")]
    own = {
        "http://book.example/": ("text/html", FRAMES.encode()),
        "http://book.example/pages.json": ("application/json", json.dumps(pages).encode()),
    }
    document, requests = visit(need("chromium"), folder, "http://book.example/", served | own)
    report = re.search("<pre>(.*)</pre>", document, re.DOTALL)
    assert report, document[:2000]
    return json.loads(html.unescape(report[1])), set(requests) - served.keys() - own.keys()
