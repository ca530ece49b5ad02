"""Text of papers for every format: inline Markdown as XHTML, plain text or LaTeX, with its mathematics."""
