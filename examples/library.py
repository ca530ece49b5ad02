"""Read digests, choose among them, export: the papers with thirty votes or more, as BibTeX."""

import sys

import paperround

liked = []
for issue in paperround.read(*sys.argv[1:]):
    papers = tuple(paper for paper in issue.papers if (paper.votes or 0) >= 30)
    liked.append(issue.model_copy(update={"papers": papers}))
sys.stdout.buffer.write(paperround.export("bibtex", liked)["papers.bib"])
