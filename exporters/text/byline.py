"""Who wrote a paper and where it is found, as every format that people read shows it."""

import re

from ...model import Author, Paper
from ..contract.cache import PAPERS, cache
from ..series.identity import arxiv_url
from .running_text import from_tex

_HUGGING_FACE = re.compile(
    r"https?://(?:[a-z0-9-]+\.)*(?:huggingface\.co|hf\.co)(?:[/:?#]|$)", re.IGNORECASE | re.ASCII
)


def author_names(paper: Paper) -> tuple[str, ...]:
    """Return the names as arXiv has them, in their true order, where that is known; else as the digest has them."""
    known = _known(paper.record.authors) if paper.record else []
    names = tuple(map(str.strip, known or paper.authors))
    return names if all(names) else tuple(filter(None, names))


def names_all(paper: Paper) -> bool:
    """Return whether those are all of the paper's authors."""
    return paper.authors_complete or bool(paper.record and paper.record.authors)


def pages(paper: Paper) -> tuple[str, ...]:
    """Return links, as XHTML, to a paper on arXiv, first to its abstract, and to where it was discussed.

    None for one that is not on arXiv.
    """
    if paper.arxiv_id is None:
        return ()
    links = (
        f'<a href="{arxiv_url(paper.arxiv_id)}">arXiv</a>',
        f'<a href="https://arxiv.org/pdf/{paper.arxiv_id}">PDF</a>',
    )
    discussed = discussion(paper)
    return (*links, f'<a href="{discussed}">Hugging Face</a>') if discussed else links


def discussion(paper: Paper) -> str | None:
    """Return a paper's page on Hugging Face, None for one that did not come from there.

    Those that did have votes or a picture of its, or lead to it.
    """
    addresses = (paper.url, paper.media.url if paper.media else None)
    came = paper.votes is not None or any(_HUGGING_FACE.match(address) for address in addresses if address)
    return f"https://huggingface.co/papers/{paper.arxiv_id}" if came and paper.arxiv_id else None


@cache(PAPERS)
def _known(authors: tuple[Author, ...]) -> list[str]:
    return [_read(author.name) for author in authors]


def _read(name: str) -> str:
    r"""Read what arXiv's snapshot keeps as submitted: Mart{\'i}nez."""
    return from_tex(name) if "\\" in name or "{" in name else name
