"""Books, one a day: ours beside ebooklib as its README uses it, pandoc, and zipfile with finished pages.

Nobody draws a cover while the clock runs, and ours holds one that was drawn before; what covers cost is shown apart.
"""

import io
import tempfile
import zipfile
from html import escape
from pathlib import Path

from paperround.exporters import Series, load
from paperround.exporters.epub import content
from paperround.exporters.epub.cover import Cover, draw_cover
from paperround.exporters.epub.plan import plan_book
from paperround.exporters.epub.writer import LEVEL
from paperround.exporters.testing import run
from paperround.exporters.text import markup
from paperround.model import Issue, Paper

from .contest import Contest, Contestant, Prepare, Work
from .exporting import issues_of, ours

SERIES = Series()
SAMPLE = 1 / 30


def books(archive: Path) -> Work:
    cover = drawn(issues_of(archive)[0])
    content.draw_cover = lambda plan, lacking: cover
    return ours("epub", series=SERIES, covers=False)(archive)


def ebooklib(archive: Path) -> Work:
    from ebooklib import epub

    issues = issues_of(archive)

    def book(issue: Issue) -> None:
        made = epub.EpubBook()
        made.set_identifier(str(issue.date))
        made.set_title(f"Daily Papers {issue.date}")
        made.set_language(issue.language)
        made.add_author("Daily Papers")
        style = epub.EpubItem("style", "style.css", "text/css", b"li { margin-bottom: 0.5em }")
        made.add_item(style)
        chapters = [epub.EpubHtml(title="Contents", file_name="contents.xhtml", lang=issue.language)]
        chapters[0].content = contents(issue)
        for place, paper in enumerate(issue.papers, 1):
            chapters.append(epub.EpubHtml(title=paper.title, file_name=f"{place}.xhtml", lang=issue.language))
            chapters[-1].content = chapter(paper)
        for page in chapters:
            page.add_item(style)
            made.add_item(page)
        made.toc = chapters
        made.add_item(epub.EpubNcx())
        made.add_item(epub.EpubNav())
        made.spine = ["nav", *chapters]
        epub.write_epub(io.BytesIO(), made, {})

    return lambda: [book(issue) for issue in issues]


def chapter(paper: Paper) -> str:
    """Return a paper as ours shows it: title, authors, votes, summary and links."""
    links = [f"https://arxiv.org/{kind}/{paper.arxiv_id}" for kind in ("abs", "pdf")]
    links += [f"https://huggingface.co/papers/{paper.arxiv_id}"] + ([paper.media.url] if paper.media else [])
    anchors = " · ".join(f'<a href="{escape(link)}">{escape(link)}</a>' for link in links)
    title = f'<h1><a href="{links[0]}">{markup.html(paper.title)}</a></h1>'
    facts = f"<p>{escape(', '.join(paper.authors))}</p><p>Votes: {paper.votes}</p>"
    return f"{title}{facts}{markup.blocks(paper.summary)}<p>{anchors}</p>"


def contents(issue: Issue) -> str:
    rows = [
        f'<li><a href="{place}.xhtml">{markup.html(paper.title)}</a>'
        f"<p>{paper.votes} · {escape(', '.join(paper.authors[:3]))}</p></li>"
        for place, paper in enumerate(issue.papers, 1)
    ]
    return f"<h1>Daily Papers {issue.date}</h1><ol>{''.join(rows)}</ol>"


def pandoc(archive: Path) -> Work:
    import pypandoc

    paths = sorted(archive.rglob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in paths[:: round(1 / SAMPLE)]]
    folder = Path(tempfile.mkdtemp(prefix="paperround-bench-", dir=archive.parent))

    def work() -> None:
        for text in texts:
            options = ["--toc", "--split-level=3", "--metadata=title:Daily Papers"]
            pypandoc.convert_text(text, "epub3", "markdown", options, outputfile=str(folder / "book.epub"))

    return work


def zipped(level: int) -> Prepare:
    """Return a contestant that packs the members of our books."""

    def prepare(archive: Path) -> Work:
        issues = issues_of(archive)
        cover = drawn(issues[0])
        content.draw_cover = lambda plan, lacking: cover
        made = run(load("epub"), issues, SERIES, covers=False)
        members = [
            [(info, book.read(info)) for info in book.infolist()]
            for book in (zipfile.ZipFile(io.BytesIO(data)) for data in made.values())
        ]

        def pack(inside: list[tuple[zipfile.ZipInfo, bytes]]) -> None:
            with zipfile.ZipFile(io.BytesIO(), "w") as file:
                for info, data in inside:
                    file.writestr(info.filename, data, info.compress_type, level)

        return lambda: [pack(inside) for inside in members]

    return prepare


def covers(archive: Path) -> Work:
    issues = issues_of(archive)
    return lambda: [drawn(issue) for issue in issues]


def drawn(issue: Issue) -> Cover:
    return draw_cover(plan_book(SERIES, issue.date.isoformat(), [issue]), lambda chapter, characters: None)


CONTESTS = (
    Contest(
        "EPUB, a book a day",
        "Goal: at most 0.75 of ebooklib, and 40 Y for the covers of 357 books, which nobody draws in the other rows. "
        "ebooklib gets the summaries' XHTML from us while the clock runs, pandoc the digests as they are, zipfile "
        "finished pages.",
        (
            Contestant("paperround epub, without drawing covers", books),
            Contestant("ebooklib", ebooklib),
            Contestant("pandoc", pandoc, SAMPLE),
            Contestant(f"zipfile, level {LEVEL}", zipped(LEVEL)),
            Contestant("zipfile, default level", zipped(-1)),
            Contestant("paperround's covers alone", covers),
        ),
    ),
)
