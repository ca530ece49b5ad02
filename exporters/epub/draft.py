"""A page on its way, before it knows its neighbours."""

from typing import NamedTuple

from ..words import Words


class Draft(NamedTuple):
    """What a page is called and holds."""

    name: str
    label: str
    """The title as XHTML without tags."""
    tongue: str
    """The title's language."""
    language: str
    """The page's."""
    words: Words
    body: str
