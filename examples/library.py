"""Read digests, choose among them, export: the papers with thirty votes or more, as BibTeX."""

import sys

from paperround.exporters import load
from paperround.exporters.testing import run
from paperround.model import read

liked = []
for issue in read(sys.argv[1:], report=print):
    papers = tuple(paper for paper in issue.papers if (paper.votes or 0) >= 30)
    liked.append(issue.model_copy(update={"papers": papers}))
sys.stdout.buffer.write(run(load("bibtex"), liked)["papers.bib"])
