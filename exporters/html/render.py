"""Templates and the files that go with them."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..contract import Output
from ..feeds.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = ("style.css", "script.js", "icon.svg")
"""Files that all pages share, below `static/`."""

_BUFFERED = 64
"""Pieces of a page written at once: it is never whole in memory, and a file takes few writes."""


def write_page(output: Output, name: str, template: str, **values: object) -> None:
    """Write a page from its template as it is rendered."""
    stream = _environment().get_template(template).stream(values)
    stream.enable_buffering(_BUFFERED)
    with output.text(name) as file:
        file.writelines(map(clean, stream))


def write_static(output: Output) -> None:
    """Write the files that all pages share."""
    for name in STATIC:
        with output.binary(f"static/{name}") as file:
            file.write((files(__package__) / "static" / name).read_bytes())


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
