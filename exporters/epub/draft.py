"""A page on its way, before it knows its neighbours."""

from typing import NamedTuple

from ..words import Words

Above = tuple[tuple[str, str], ...]
"""(word or date, file) of the pages that list one, the widest first."""


class Draft(NamedTuple):
    """What a page is called and holds."""

    name: str
    label: str
    """The title as XHTML without tags."""
    language: str
    """The page's."""
    words: Words
    body: str
    closing: str
    """The end tags of the body. The links below the end stand before them, beside what they must not be parted from:
    Chromium breaks a page between a list and what follows it, whatever a style sheet says."""
    above: Above
