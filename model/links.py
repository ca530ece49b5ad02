"""Ids of papers wherever a text names them: in links, as bare addresses, as `arXiv:2405.01535`."""

import re

_MENTION = re.compile(
    r"(?:(?:arxiv|ar5iv)\.org/(?:abs|pdf|html|format|ps|e-print|src)/|alphaxiv\.org/(?:abs|pdf|overview)/"
    r"|(?:huggingface|hf)\.co/papers/|10\.48550/arxiv\.|arxiv\s?(?:id)?\W{0,6}:\W{0,3}|\[arxiv\W{0,3})"
    r"(?:([0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,3})?(?![0-9A-Za-z])|([a-z]+(?:-[a-z]+)*)(?:\.[a-z]{2})?/([0-9]{7})(?:v[0-9]{1,3})?(?![0-9A-Za-z]))",
    re.IGNORECASE | re.ASCII,
)


def ids(text: str) -> list[str]:
    """Return the arXiv ids that a text names in links or behind `arXiv:`, each once, in their order."""
    small = text.lower()
    if "xiv" not in small and "5iv" not in small and "/papers/" not in small:  # nearly no text names a paper
        return []
    found = [match[1] or f"{match[2].lower()}/{match[3]}" for match in _MENTION.finditer(text)]
    return found if len(found) < 2 else list(dict.fromkeys(found))
