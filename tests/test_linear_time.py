"""Time grows with the length of the input, whatever it repeats: no pattern backtracks, nothing is looked at twice.

CPU time for a text and for one four times as long: linear work takes four times as long, quadratic sixteen. What is
over in an instant is not measured further; what seems slow is measured again, for other people use the machine, too.
"""

import datetime
import gc
import time
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import settings
from paperround.exporters import names
from paperround.exporters.citations import people
from paperround.exporters.text import latex, running_text, texmath, uris
from paperround.exporters.text import plain as feeds
from paperround.model import Issue, Paper, Point
from paperround.model.authors import displayed
from paperround.model.digest import parse
from paperround.model.digest.titles import read as read_heading
from paperround.model.fields import Odd, url
from paperround.model.names import authors
from paperround.model.text import one_line, words

from . import strangers
from .strategies import FRAGMENTS

DAY = datetime.date(2024, 5, 3)
SIZE = 10_000
"""Characters of the shorter text."""
INSTANT = 0.1
"""Seconds that are not worth a second look: 800 million steps, of a square of four times SIZE, take longer."""
MOST = 9
"""How many times as long four times the text may take."""

ALL_UNITS = (
    *(fragment for fragment in FRAGMENTS if len(fragment) < 40),
    "*", "**a ", "a**", "[", "]", "](", "[a](", "![](", "(", ")", "`", "`a ", "```", "<", "<a ", "<!--", "<img src=",
    "$", "$a$", "$x^", r"\(", r"\frac", r"\frac{", r"\hat", r"\left(", r"\begin{a}", r"\textbf{", r"{\bf ", r"\'",
    r"\v ", "\\", "&", "&amp", "&#", '"', "'", "'a', ", '"a", ', "> ", ">>", "a, ", "A, ", "a; ", "Van ", "A. ", "A-",
    " and ", "+", "https://", "http://a", "a.", "a@", "%", "%41", "#", "# ", "### [a\n", "- a\n", "  - a\n", "\t", " ",
    " \t", "\x08a", "\ra", "$\nabla ", "```\n", "> a\n", "Vote: 1\n", "Authors: a,\n", "1,", "0", "한", "e\u0301",
    "\u0301", "|", "1. ", "**a:** ", "-", "·", "：", ". ", "[a", "( ",
)  # fmt: skip
UNITS = ALL_UNITS if settings().max_examples > 1000 else ALL_UNITS[::3]
"""What texts are made of; all in `make reliability`."""


def digest(text: str) -> object:
    head = "## Daily Papers (2024-05-03)\n\n### [T](https://arxiv.org/abs/2405.00001)\n\n"
    return list(parse(f"{head}- {text}\n\n### [{text}](https://e.org)\n\nAuthors: {text}\n", "x.md", lambda said: None))


def usual(text: str) -> object:
    head = "## Daily Papers (2024-05-03)\n\n### [T](https://arxiv.org/abs/2405.00001)\n\n"
    return list(parse(f"{head}Authors: {text}\n\n- **{text}**: {text}\n{text}\n", "x.md", lambda said: None))


def entries(text: str) -> object:
    """Papers in rows and items, with the text between letters: a search for what ends a text begins anywhere in it."""
    inner = f"a{text}b".replace("\n", " ")
    row = f"| [{inner}](https://arxiv.org/abs/2405.00001) | {inner} | {inner} |\n"
    table = f"| Title | Authors | Summary |\n|---|---|---|\n{row}"
    items = f"- [T](https://arxiv.org/abs/2405.00002) {inner}\n- [{inner}](https://arxiv.org/abs/2405.00003)\n"
    return list(parse(f"# 2024-05-03\n\n{table}\n## 2024-05-06\n\n{items}", "x.md", lambda said: None))


def html_table(text: str) -> object:
    cells = f'<td><a href="https://arxiv.org/abs/2405.00001">a{text}b</a></td><td>{text}</td>'
    return list(parse(f"# 2024-05-03\n\n<table><tr>{cells}</tr></table>\n", "x.md", lambda said: None))


def headings(text: str) -> object:
    inner = f"a{text}b".replace("\n", " ")
    paper = f"### [T](https://arxiv.org/abs/2405.00001)\n\nVote: {inner}\n\n#### {inner}\n\n- b\n"
    return list(parse(f"## Daily Papers (2024-05-03)\n\n{paper}\n## Daily {inner}\n", "x.md", lambda said: None))


def nesting(text: str) -> object:
    deepest = SIZE // 40  # of the shorter text, too: else four times the lines are sixteen times the blanks
    lines = "".join(f"{' ' * (number % deepest)}- {text[number]}\n" for number in range(len(text) // 40))
    return digest(lines)


def address(text: str) -> object:
    try:
        return url(f"https://e.org/{text}"), url(text)
    except Odd:
        return None


def in_feeds(text: str) -> object:
    return feeds.inert(text), feeds.is_doubtful(text), feeds.shorten(text, 200), feeds.clean(text)


WORK: Mapping[str, Callable[[str], object]] = {
    "digest": digest,
    "usual digest": usual,
    "entries": entries,
    "HTML table": html_table,
    "headings": headings,
    "nesting": nesting,
    "heading": read_heading,
    "authors": authors,
    "address": address,
    "words": words,
    "arXiv's author": displayed,
    "LaTeX": lambda text: (latex.escape(text), latex.title(text), latex.running(text)),
    "LaTeX's mathematics": texmath.compilable,
    "running text from Markdown": running_text.from_markdown,
    "running text from TeX": running_text.from_tex,
    "running text as Unicode": running_text.as_unicode,
    "link": lambda text: (uris.href(text), uris.href(f"https://{text}"), uris.href(f"https://e.org/{text}")),
    "name": people.split_name.__wrapped__,
    "feeds": in_feeds,
}
"""What looks at text; tests/exporters/test_markup.py measures what reads inline Markdown and mathematics."""


@pytest.fixture(scope="module", autouse=True)
def frozen() -> Iterator[None]:
    """Keep from the garbage collector what the suite holds already: a search of that takes longer than the work."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("name", WORK)
def test_time_grows_with_the_length(name: str) -> None:
    slow = {unit: found for unit in UNITS if (found := growth(WORK[name], unit)) > MOST}
    assert slow == {}


@pytest.mark.parametrize("name", names())
def test_time_of_formats_grows_with_the_length(name: str) -> None:
    def write(text: str) -> object:
        line = one_line(text) or "a"
        written = tuple(dict.fromkeys(f"{line[at : at + 9]}{at}" for at in range(0, len(line), 500)))
        points = (Point(heading=line[:2000], text=line, points=(Point(text=line),)),)
        paper = Paper(title=line[:20_000], authors=written, summary=points, url="https://e.org/x")
        return strangers.publish(name, [Issue(date=DAY, title="Daily", language="en", papers=(paper,))])

    slow = {unit: found for unit in UNITS[::4] if (found := growth(write, unit)) > MOST}
    assert slow == {}


def growth(work: Callable[[str], object], unit: str) -> float:
    """Return how many times as long four times the text takes: the best of three, 0 for an instant."""
    long, short = unit * (4 * SIZE // len(unit)), unit * (SIZE // len(unit))
    if duration(work, long) < INSTANT:
        return 0
    return min(duration(work, long) / max(duration(work, short), INSTANT / 8) for _ in range(3))


def duration(work: Callable[[str], object], text: str) -> float:
    """Return CPU seconds, without the search for garbage: that of all objects comes once in a longer text, or never."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    try:
        work(text)
    finally:
        gc.enable()
    return time.process_time() - start
