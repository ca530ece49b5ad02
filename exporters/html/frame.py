"""What every page has around its own text: titles, language, addresses, the feeds that it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..contract.format import Output, Series
from ..registry import offers
from ..series.identity import file_url
from ..text.plain import clean
from ..words import Words, words_in

ICON = "static/icon.svg"


class FeedLink(NamedTuple):
    """A published feed."""

    entry: str
    """What an entry is about: "paper" or "issue"."""
    name: str
    """Of its syntax."""
    type: str
    title: str
    file: str
    """From the series' own folder."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as its head and its header describe it."""

    series: Series
    words: Words
    name: str
    """Its file, from the series' own folder."""
    title: str
    about: str
    """A sentence for search engines and for those who share its address."""
    feeds: tuple[FeedLink, ...]
    picture: str | None = None
    """Absolute address of a picture that stands for it."""

    @property
    def root(self) -> str:
        """The way from the page to the series' own folder.

        A host shows 404.html at any address, so from there the way is absolute.
        """
        if self.name == "404.html":
            return base_path(self.series) or "/"
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


def base_path(series: Series) -> str:
    """Return the path of the series' own folder on its host, with slashes around it; "" where it is not known."""
    if series.base_url is None:
        return ""
    _, _, path = series.base_url.partition("://")[2].partition("/")
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def icons_of(series: Series, root: str) -> tuple[str, str, str]:
    """Return the addresses of the small pictures for tabs, for the header, and for home screens.

    Home screens take no SVG.
    """
    if series.icon and series.icon.startswith("https:"):
        return series.icon, series.icon, series.icon
    return f"{root}static/icon.png", f"{root}{ICON}", f"{root}static/apple-touch-icon.png"


def feeds(output: Output, series: Series, folder: str, words: Words) -> Iterator[FeedLink]:
    """Yield the feeds of a series that are published below a folder of this one's, an entry per paper first."""
    about = {"paper": words.by_paper, "issue": words.by_day}
    for entry, label in about.items():
        for offer in offers():
            if offer.entry == entry and output.published(f"{folder}{offer.file}"):
                title = f"{clean(series.title)}: {label} ({offer.label})"
                yield FeedLink(entry, offer.label, offer.type, title, f"{folder}{offer.file}")
