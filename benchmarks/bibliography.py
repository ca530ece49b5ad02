"""BibTeX: our writer beside those of pybtex and bibtexparser 2, for the same entries."""

from pathlib import Path

from paperround.exporters import load
from paperround.exporters.testing import run

from .contest import Contest, Contestant, Work
from .exporting import issues_of, ours


def written(archive: Path) -> str:
    """Return our papers.bib, from which the others get their entries."""
    return run(load("bibtex"), issues_of(archive))["papers.bib"].decode()


def pybtex(archive: Path) -> Work:
    from pybtex.database import parse_string

    entries = parse_string(written(archive), "bibtex")
    return lambda: entries.to_string("bibtex")


def bibtexparser2(archive: Path) -> Work:
    import bibtexparser

    library = bibtexparser.parse_string(written(archive))
    return lambda: bibtexparser.write_string(library)


CONTESTS = (
    Contest(
        "BibTeX, whole library",
        "Goal: at most 4 Y. The others start from finished fields.",
        (
            Contestant("paperround bibtex", ours("bibtex")),
            Contestant("bibtexparser 2", bibtexparser2),
            Contestant("pybtex", pybtex),
        ),
    ),
)
