"""Nothing visible is lost: every letter and digit of titles, names and bullets, outside `$…$` and link targets.

What a digest shows is told here from its lines alone, without our parser, and looked for in papers.jsonl, in the
text of the books, the feeds and the pages; titles and names also in what search shows, whose index holds words.
"""

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from paperround.exporters import Series, bind, names
from paperround.model import Code, Diagnostic, Source
from paperround.publish import Job, Span, build, find

ROOT = Path(__file__).parents[1]
FOLDERS = [
    ROOT / "examples" / "digests",
    *sorted((ROOT / "tests" / "golden" / "digests").iterdir()),
    *sorted((ROOT.parent / "shared" / "digests").glob("*/*")),
]
FORMATS = ["jsonl", "epub", "html", "atom", "rss", "jsonfeed"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: "-".join(path.parts[-2:]))
def test_nothing_visible_is_lost(folder: Path, tmp_path: Path) -> None:
    said: list[Diagnostic] = []
    found = find([Source(folder, str(folder))], Span(), said.append)
    exporters = [bind(name, {}) for name in FORMATS if name in names()]
    build(Job(found, exporters, Series(), said.append, lambda a, b: None), tmp_path)
    told = {(diagnostic.path, diagnostic.line) for diagnostic in said}
    merged = any(diagnostic.code is Code.MERGED_PAPER for diagnostic in said)
    texts = {
        "jsonl": json_text((tmp_path / "papers.jsonl").read_bytes()),
        "epub": "".join(book_text(path) for path in sorted(tmp_path.rglob("*.epub"))),
        "html": "".join(html_text(path.read_text("utf-8")) for path in sorted(tmp_path.glob("issues/*.html"))),
        "search": "".join(json_text(path.read_bytes()) for path in sorted(tmp_path.glob("search/2*.json"))),
        "atom": "".join(xml_text(path.read_bytes()) for path in sorted(tmp_path.glob("feeds/archive/*.atom"))),
        "rss": "".join(xml_text(path.read_bytes()) for path in sorted(tmp_path.glob("feeds/archive/*.rss"))),
        "jsonfeed": "".join(json_text(path.read_bytes()) for path in sorted(tmp_path.glob("feeds/archive/*.json"))),
    }
    shown = {name: letters(text) for name, text in texts.items()}
    seen: dict[str, Path] = {}
    for path in sorted(path for path in folder.rglob("*.md") if path.name != "README.md"):
        repeated = False
        for number, line in enumerate(path.read_bytes().decode("utf-8-sig").split("\n"), 1):
            if line.startswith("### "):
                paper = re.sub(r".*\]\(|v\d+\)$|\)$", "", line)
                repeated = seen.setdefault(paper, path) != path  # feeds show a paper at its first date
            if (str(path), number) in told or (merged and line.startswith(("### ", "Authors", "- "))):
                continue  # a diagnostic says what was done with this line; a merged paper keeps its richer account
            for part in visible(line.rstrip("\r")):
                for name, text in shown.items():
                    if repeated and name in ("atom", "rss", "jsonfeed"):
                        continue
                    if name == "search" and not line.startswith(("### ", "Authors: ")):
                        continue
                    wanted = part if name == "jsonl" else html.unescape(part)  # the model keeps entities as written
                    assert letters(wanted) in text, f"{path}:{number}: {name} lost of {part!r}"


def visible(line: str) -> Iterator[str]:
    """Yield the texts that a line of a digest shows: of a title, of names, of a bullet."""
    if found := re.match(r"### \[(.*)\]\(.*\)$", line):
        yield from outside_mathematics(found[1])
    elif line.startswith("Authors: "):
        yield from re.split(r"['\"], ['\"]|[,;+]", line.removeprefix("Authors: "))
    elif found := re.match(r"\s*[-*+•·] (.*)", line):
        for part in re.split(r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)", found[1]):
            yield from outside_mathematics(part)


def outside_mathematics(text: str) -> list[str]:
    return re.split(r"\$\$.*?\$\$|\$[^$]*\$|\\\(.*?\\\)|\\\[.*?\\\]", text)


def letters(text: str) -> str:
    """Return only the letters and digits of a text; books show a letter beyond U+FFFF as its compatible one."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def book_text(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
        return "".join(xml_text(book.read(name)) for name in book.namelist() if name.endswith(".xhtml"))


def xml_text(data: bytes) -> str:
    """Return the text of a document; where a feed's element holds HTML as text, the text of that."""
    root = etree.fromstring(data)
    for element in root.iter("{*}*"):
        if element.get("type") == "html" or element.tag.endswith("}encoded"):
            element.text = html_text(element.text or "")
    return "".join(root.itertext())


def html_text(text: str) -> str:
    return "".join(etree.HTML(f"<div>{text}</div>").itertext())


def json_text(data: bytes) -> str:
    """Return every string of JSON or JSON lines, HTML as its text."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            list(map(collect, value))
        elif isinstance(value, dict):
            for key, inside in value.items():
                if key == "content_html":
                    found.append(html_text(inside))
                else:
                    collect(inside)

    for line in data.decode().split("\n") if data.startswith(b'{"schema"') else [data.decode()]:
        if line:
            collect(json.loads(line))
    return "".join(found)
