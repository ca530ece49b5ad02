"""Who wrote a paper and where it is found, as every format that people read shows it."""

from ...model import Author, Paper
from ..contract.cache import PAPERS, cache
from ..series.identity import arxiv_url
from .prose import from_tex


def author_names(paper: Paper) -> tuple[str, ...]:
    """Return the names as arXiv has them, in their true order, where that is known; else as the digest has them."""
    known = _known(paper.record.authors) if paper.record else []
    names = tuple(map(str.strip, known or paper.authors))
    return names if all(names) else tuple(filter(None, names))


def names_all(paper: Paper) -> bool:
    """Return whether those are all of the paper's authors."""
    return paper.authors_complete or bool(paper.record and paper.record.authors)


def pages(paper: Paper) -> tuple[str, ...]:
    """Return links, as XHTML, to a paper on arXiv, first to its abstract; none for one that is not there."""
    if paper.arxiv_id is None:
        return ()
    return (
        f'<a href="{arxiv_url(paper.arxiv_id)}">arXiv</a>',
        f'<a href="https://arxiv.org/pdf/{paper.arxiv_id}">PDF</a>',
        f'<a href="https://huggingface.co/papers/{paper.arxiv_id}">Hugging Face</a>',
    )


@cache(PAPERS)
def _known(authors: tuple[Author, ...]) -> list[str]:
    return [_read(author.name) for author in authors]


def _read(name: str) -> str:
    r"""Read what arXiv's snapshot keeps as submitted: Mart{\'i}nez."""
    return from_tex(name) if "\\" in name or "{" in name else name
