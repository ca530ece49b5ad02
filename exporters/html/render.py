"""Templates and the files that go with them."""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from ..contract.format import Output, Series
from ..text.plain import clean
from ..words import words_in
from .frame import FeedLink, Frame, icons_of

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = ("style.css", "script.js", "search.js", "icon.svg", "icon.png", "apple-touch-icon.png")
"""Files that all pages share, below `static/`."""

_HIGH = tuple(bytes([lead]) for lead in range(0xEF, 0xF5))
"""First bytes of all characters from U+F000 on, among which are those that validators reject."""
_COMBINING = tuple(bytes([lead]) for lead in (0xCC, 0xCD, *range(0xD6, 0xDA), 0xE0, 0xE1, *range(0xEF, 0xF5)))
"""First bytes of marks that combine with letters, of Hangul's single letters, and of compatibility characters."""


class PageFrame(NamedTuple):
    """What many pages have in common, word for word."""

    start: Markup
    """The document's start, with what every head says."""
    links: Markup
    """To pictures, styles and feeds, in the head."""
    script: Markup
    header: Markup
    footer: Markup


def write_page(output: Output, frame: Frame, template: str, **values: object) -> None:
    """Write a page from its template."""
    current = frame.name.removesuffix(".html") if frame.name in ("history.html", "search.html") else ""
    shared = shared_of(frame.series, frame.words.language, frame.feeds, frame.root, current)
    page = _environment().get_template(template).render(values, frame=frame, words=frame.words, shared=shared)
    with output.binary(frame.name) as file:
        file.write(encoded(page))


def write_static(output: Output) -> None:
    """Write the files that all pages share."""
    for name in STATIC:
        with output.binary(f"static/{name}") as file:
            file.write((files(__package__) / "static" / name).read_bytes())


def encoded(text: str) -> bytes:
    """Return text as UTF-8 in Normalization Form C, without the characters that validators reject.

    Looking for a few bytes takes a fraction of looking at every character, and nearly no text has any of them.
    """
    data = text.encode()
    if not any(lead in data for lead in _COMBINING):
        return data
    normal = unicodedata.normalize("NFC", clean(text) if any(lead in data for lead in _HIGH) else text)
    return data if normal == text else normal.encode()


@lru_cache(maxsize=16)
def shared_of(series: Series, language: str, feeds: tuple[FeedLink, ...], root: str, current: str = "") -> PageFrame:
    """Make once what the pages of a folder share; it is most of what a template has to escape."""
    icon, logo, home_screen = icons_of(series, root)
    values = {
        "series": series,
        "words": words_in(language),
        "feeds": feeds,
        "root": root,
        "icon": icon,
        "logo": logo,
        "home_screen": home_screen,
        "current": current,
    }
    made = _environment().get_template("shared.html").make_module(values)
    return PageFrame(*[getattr(made, name)() for name in PageFrame._fields])


@cache
def _environment() -> "Environment":
    """Return the compiled templates' home: what is not marked as HTML gets escaped, what is not there is our error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )


def _source(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")
