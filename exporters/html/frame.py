"""What every page has around its own text: titles, language, addresses, the feeds that it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..contract.format import Output, Series
from ..series.identity import file_url
from ..text.plain import clean
from ..words import Words, words_in

_SYNTAXES = (
    ("atom", "Atom", "application/atom+xml"),
    ("rss", "RSS", "application/rss+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)


class Feed(NamedTuple):
    """A published feed."""

    shape: str
    """"papers" for an entry a paper, "issues" for an entry a day."""
    name: str
    """Of its syntax."""
    type: str
    title: str
    file: str
    """From the series' own folder."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as its head and its header tell of it."""

    series: Series
    words: Words
    name: str
    """Its file, from the series' own folder."""
    title: str
    about: str
    """A sentence for search engines and for those who share its address."""
    feeds: tuple[Feed, ...]
    picture: str | None = None
    """Absolute address of a picture that stands for it."""

    @property
    def root(self) -> str:
        """The way from the page to the series' own folder."""
        return "../" * self.name.count("/")

    @property
    def address(self) -> str | None:
        """Its own absolute address, where that is known."""
        return file_url(self.series, "" if self.name == "index.html" else self.name)


def make_frame(
    output: Output,
    tongue: str,
    name: str,
    title: str | None = None,
    about: str | None = None,
    picture: str | None = None,
) -> Frame:
    """Describe a page; `tongue` is the language of the texts on it, `picture` a published file that stands for it."""
    series, words = output.series, words_in(tongue)
    own = clean(series.title)
    return Frame(
        series=series,
        words=words,
        name=name,
        title=f"{title} · {own}" if title else own,
        about=about or words.about,
        feeds=tuple(feeds(output, series, "", words)),
        picture=file_url(series, picture) if picture and output.size(picture) else None,
    )


def icon_of(series: Series, root: str) -> str:
    """Return the address of the small picture that browsers show beside the title."""
    return series.icon if series.icon and series.icon.startswith("https:") else f"{root}static/icon.svg"


def feeds(output: Output, series: Series, folder: str, words: Words) -> Iterator[Feed]:
    """Yield the feeds of a series that are published below a folder of this one's."""
    for shape, told in ("papers", words.by_paper), ("issues", words.by_day):
        for extension, name, media_type in _SYNTAXES:
            file = f"{folder}feeds/{shape}.{extension}"
            if output.published(file):
                yield Feed(shape, name, media_type, f"{clean(series.title)}: {told} ({name})", file)
