"""What lies in sources in which nothing is read, for a message that helps: how many files, which links to papers."""

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .dates import date
from .sections import Source
from .text import one_line, plural

PAGE = "docs/digest-format.md"
_KINDS = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".mdx"), "Markdown file"),
    **dict.fromkeys((".txt", ".text"), "text file"),
    **dict.fromkeys((".json", ".jsonl"), "JSON file"),
    **dict.fromkeys((".yaml", ".yml"), "YAML file"),
    **dict.fromkeys((".html", ".htm"), "HTML file"),
    ".csv": "CSV file",
    ".ipynb": "notebook",
    ".rst": "reStructuredText file",
}
_READ = ("Markdown file", "text file", "JSON file", "YAML file")
_LINK = re.compile(
    r"(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html)/|(?:huggingface|hf)\.co/papers/[0-9]", re.IGNORECASE | re.ASCII
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_MOST_FILES = 5_000
_MOST_BYTES = 64 * 1024 * 1024
_OF_A_FILE = 1024 * 1024


@dataclass
class _Survey:
    files: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    """Links to papers by the kind of file that they stand in."""
    shapes: Counter[str] = field(default_factory=Counter)
    """The same by what they stand in: tables, lists, headings, text."""
    heading: str = ""
    """The first heading with links below it."""
    dates: int = 0
    bytes: int = 0


def survey(sources: Sequence[Source]) -> str:
    """Return a sentence on what sources hold and why nothing of it is read; of much, only the first is looked at."""
    found = _Survey()
    for path in _files(sources):
        _look(path, found)
        if sum(found.files.values()) >= _MOST_FILES or found.bytes > _MOST_BYTES:
            break
    return f"{_contents(found)}; {_reason(found)}; see {PAGE}"


def _files(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if not os.path.isdir(source.path):
            yield str(source.path)
        for folder, inner, names in os.walk(source.path):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            yield from (os.path.join(folder, name) for name in sorted(names) if not name.startswith("."))


def _look(path: str, found: _Survey) -> None:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return
        with open(path, "rb") as file:
            text = file.read(_OF_A_FILE).decode("utf-8", "replace")
    except OSError:
        return
    kind = _KINDS.get(os.path.splitext(path)[1].lower(), "other file")
    found.files[kind] += 1
    found.bytes += len(text)
    heading = ""
    for line in text.splitlines():
        if title := _HEADING.match(line):
            heading = one_line(title[1])
        if links := len(_LINK.findall(line)):
            found.links[kind] += links
            found.shapes[_shape(line)] += links
            found.heading = found.heading or heading
        found.dates += len(line) < 200 and date(line) is not None
    found.dates += date(os.path.basename(path)) is not None


def _shape(line: str) -> str:
    bare = line.lstrip(" \t>")
    if bare.startswith("|"):
        return "tables"
    if bare.startswith("#"):
        return "headings"
    return "lists" if re.match(r"(?:[-*+•]|[0-9]+[.)])\s", bare) else "text"


def _contents(found: _Survey) -> str:
    counts = " and ".join(plural(count, kind) for kind, count in found.files.most_common(2))
    if not found.files:
        return "it holds no file"
    links = found.links.total()
    if not links:
        return f"{counts} without a link to arXiv"
    most, shape = "most " if links > 1 else "", found.shapes.most_common(1)[0][0]
    where = "" if shape == "headings" else " under headings"
    heading = f"{where} such as '{_link_text(found.heading)[:60]}'" if found.heading else ""
    return f"{counts} with {plural(links, 'arXiv link')}, {most}in {shape}{heading}"


def _link_text(heading: str) -> str:
    """Leave the addresses out of a heading: what is left is what people know it by."""
    return re.sub(r"!?\[([^]]*)\]\([^)]*\)?", r"\1", heading)


def _reason(found: _Survey) -> str:
    if not found.files:
        return "write the first digest into it, such as 2024-05-03.md"
    if not found.links:
        return "a paper needs a link to arXiv or Hugging Face, like https://arxiv.org/abs/2405.01535"
    kind = found.links.most_common(1)[0][0]
    if kind not in _READ:
        return f"paperround does not read links in this kind of file: {kind}"
    if not found.dates:
        return "no heading, row or file's name says a date: write one, like '## Daily Papers (2024-05-03)'"
    return "no paper is below a date, or in a file with a date in its name"
