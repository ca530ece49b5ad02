"""Citations: one description of a citation, written as BibTeX, BibLaTeX, CSL-JSON and RIS."""
