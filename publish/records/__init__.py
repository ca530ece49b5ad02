"""arXiv's records of papers, gathered from its API or from a snapshot of it."""
