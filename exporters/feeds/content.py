"""The HTML of an entry: what a reader shows, and nothing that it would have to remove."""

from html import escape

from ...model import Issue, Media, Paper
from .. import markup
from ..identity import arxiv_url, link
from .text import clean
from .words import Words


def paper_html(paper: Paper, title: str, words: Words) -> str:
    """Return a paper's full content: its picture first, then authors, links and summary.

    Votes are not told: they change from one run to the next, and readers that compare content would show an
    edit each time.
    """
    body = _media(paper.media, title, words) + _authors(paper, words) + _links(paper) + markup.blocks(paper.summary)
    return clean(body or f"<p>{escape(title)}</p>")


def issue_html(issue: Issue, titles: list[str], words: Words) -> str:
    """Return a whole issue, a heading for each paper; `titles` are the papers' plain ones."""
    return "".join(_section(paper, title, words) for paper, title in zip(issue.papers, titles, strict=True))


def author_names(paper: Paper) -> tuple[str, ...]:
    """Return the authors in their true order when it is known, else as the digest lists them."""
    names = (author.name for author in paper.record.authors) if paper.record else paper.authors
    return tuple(name for name in map(plain_name, names) if name)


def plain_name(name: str) -> str:
    """Return a name as written, which is not Markdown, without characters that validators reject."""
    return clean(name).strip()


def _section(paper: Paper, title: str, words: Words) -> str:
    address = link(paper)
    heading = f'<a href="{escape(address)}">{escape(title)}</a>' if address else escape(title)
    return f"<h2>{heading}</h2>{paper_html(paper, title, words)}"


def _media(media: Media | None, title: str, words: Words) -> str:
    if media is None:
        return ""
    if media.kind == "video":
        return f'<p><a href="{escape(media.url)}">{words.video}</a></p>'
    return f'<p><img src="{escape(media.url)}" alt="{escape(title)}"/></p>'


def _authors(paper: Paper, words: Words) -> str:
    names = escape(", ".join(author_names(paper)))
    if not names:
        return ""
    cut = not paper.record and not paper.authors_complete
    return f"<p>{names} {words.others}</p>" if cut else f"<p>{names}</p>"


def _links(paper: Paper) -> str:
    if not paper.arxiv_id:
        return f'<p><a href="{escape(paper.url)}">{escape(paper.url)}</a></p>' if paper.url else ""
    addresses = {
        "arXiv": arxiv_url(paper.arxiv_id),
        "PDF": f"https://arxiv.org/pdf/{paper.arxiv_id}",
        "Hugging Face": f"https://huggingface.co/papers/{paper.arxiv_id}",
    }
    return "<p>" + " · ".join(f'<a href="{escape(url)}">{name}</a>' for name, url in addresses.items()) + "</p>"
