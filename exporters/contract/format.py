"""What a format is: one generator function, its options, and everything it may do to the outside world."""

import datetime
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Annotated, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from ...model import Diagnostic, Issue, Line, Url
from .address import EXAMPLE, published_address

Write = Callable[[Issue], None]
"""Takes the next issue of a part; issues come in date order, each date once."""


class Options(BaseModel):
    """Base of a format's options: typed fields, each with a default and a docstring that is its help."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Series(Options):
    """What all formats say about the digests as a whole: the `[series]` table."""

    id: Annotated[
        str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64), Field(examples=["daily-papers"])
    ] = "daily-papers"
    """Short ASCII slug that names the series for ever: entry ids and book file names begin with it."""
    title: Annotated[Line, StringConstraints(min_length=1)] = "Daily Papers"
    """Title of the feeds and the books."""
    base_url: Annotated[Url | None, BeforeValidator(published_address), Field(examples=[EXAMPLE])] = None
    """Address under which the output folder is published; links between its files need it."""
    home: Url | None = None
    """Address of the page that feeds name as theirs; without it, base_url."""
    language: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$")] | None,
        Field(examples=["ko"]),
    ] = None
    """Language tag of the summaries (BCP 47); without it, each issue's letters tell."""
    utc_offset: Annotated[
        str, StringConstraints(pattern=r"^[+-](?:0[0-9]|1[0-4]):[0-5][0-9]$"), Field(examples=["+09:00"])
    ] = "+00:00"
    """Offset from UTC at which an issue's day begins, such as +09:00."""
    publisher: Annotated[Line, StringConstraints(min_length=1)] | None = None
    """Who publishes the series: a person's or a group's name."""
    rights: Annotated[Line, StringConstraints(min_length=1)] | None = None
    """One sentence on rights, for feeds and books."""
    icon: Url | None = None
    """Address of a small square picture for feeds."""
    logo: Url | None = None
    """Address of a wide picture for feeds, twice as wide as high."""
    hub: Url | None = None
    """Address of a WebSub hub that the feeds name."""


@dataclass(frozen=True)
class Selected:
    """A series that is published elsewhere in the same folder: a selection, or the whole that it is selected from."""

    series: Series
    folder: str
    """Where its files are, seen from those of the series that looks; it ends in a slash."""


class Output(Protocol):
    """Everything an exporter may do to the outside world."""

    series: Series
    selections: tuple[Selected, ...]
    """The selections published beside this series; none when this is one itself."""
    whole: Selected | None
    """The series that this one is a selection of, where all its papers are published; None when it is none."""
    part: str
    """Name of this part: '' is the whole archive, '2024-05-03' a day, '2024-W18' a week, '2024-05' a month."""
    before: str | None
    """The part of the same kind before this one, if any."""
    after: str | None
    """The part of the same kind after this one, if any."""

    def text(self, name: str) -> AbstractContextManager[IO[str]]:
        """Open a file for UTF-8 text, line ends written as given; it appears when the block ends without an error."""

    def binary(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file for bytes; it can seek, and appears when the block ends without an error."""

    def size(self, name: str) -> int | None:
        """Return the length in bytes of a published file, None where there is none.

        Of the formats of this run it knows those with a lower `after`, and of those the parts whose dates lie within
        this part's: so the answer is the same whatever order, processes or machines the parts are made in. Only for a
        format that has declared with `after` that it points at files.
        """

    def published(self, name: str) -> bool:
        """Tell whether a file is there when the run is over, also before it is written.

        Of the formats of this run it tells of the whole archives, also those of selections, as far as names tell; of
        other files it tells what their size does. Only for a format that has declared with `after` that it points at
        files.
        """

    def modified(self, name: str, text: str, newest: datetime.datetime) -> datetime.datetime:
        """Return when the text of a file changed last; it is this part's file, and about to be written.

        `text` is a fingerprint of the text, of the exporter's own making. The first time it is `newest`, the time of
        the newest issue in the file; when `text` has changed since, the later of that and a second after what it was
        before. The run keeps it: it is the only thing that a file may say which the same input would not make again.
        """

    def last_modified(self, name: str) -> datetime.datetime | None:
        """Return what `modified` said of a file whose size the part may know, None where it said nothing."""

    def picture(self, url: str) -> bytes | None:
        """Return the bytes of a paper's picture, whose address the paper's media has.

        They are a JPEG, PNG, GIF or WebP. None where it cannot be had, which the run has reported. Only for a format
        that has declared that it shows pictures: fetching them is the run's work, and done before a paper is written.
        """

    def report(self, diagnostic: Diagnostic) -> None:
        """Tell the user of something odd, with the path and line of the paper it is about."""


O = TypeVar("O", bound=Options)
Parts = Callable[[O, datetime.date], tuple[str, ...]]
Function = Callable[[O, Output], Iterator[Write]]


def no_pictures(options: Options) -> bool:
    """Say of a format that it shows no pictures."""
    return False


def whole(options: Options, date: datetime.date) -> tuple[str, ...]:
    """Put every issue into one part, the whole archive."""
    return ("",)


def keep_all(options: Options) -> int | None:
    """Keep the parts of every day."""
    return None


Period = Literal["day", "week", "month"]


def part_of(period: Period, date: datetime.date) -> str:
    """Name the part of a period that a date belongs to: '2024-05-03', '2024-W18' (ISO 8601) or '2024-05'."""
    if period == "day":
        return date.isoformat()
    if period == "month":
        return date.isoformat()[:7]  # strftime writes no leading zeros of a year
    year, week, _ = date.isocalendar()
    return f"{year:04}-W{week:02}"


@dataclass(frozen=True)
class Offer:
    """A file of the whole archive that readers may want: pages link it by its label where it is published."""

    file: str
    """From the series' own folder."""
    label: str
    type: str
    """Its media type, with parameters."""
    entry: Literal["paper", "issue"] | None = None
    """What an entry of a feed is about; None for what is no feed."""


@dataclass(frozen=True)
class Exporter(Generic[O]):
    """A format: what `@exporter` makes of a generator function and an entry point names."""

    function: Function[O]
    options: type[O]
    files: tuple[str, ...]
    offers: tuple[Offer, ...]
    parts: Parts[O]
    pictures: Callable[[O], bool]
    keep: Callable[[O], int | None]
    after: int

    @property
    def help(self) -> str:
        """The function's docstring; its first line is the sentence that `paperround formats` prints."""
        return inspect.cleandoc(self.function.__doc__ or "")

    def bind(self, name: str, values: Mapping[str, object]) -> "BoundExporter":
        """Validate option values and return the exporter ready to run.

        Raises pydantic.ValidationError for values that the options do not take.
        """
        return _Bound(name, self, self.options.model_validate(values))

    def __reduce__(self) -> tuple[Callable[[str, str], object], tuple[str, str]]:
        """Travel to other processes as the name under which its module holds it: that of the function."""
        return _member, (self.function.__module__, self.function.__qualname__)


def _member(module: str, name: str) -> object:
    return getattr(import_module(module), name)


class BoundExporter(Protocol):
    """An exporter with its options, as a run uses it."""

    @property
    def name(self) -> str: ...
    @property
    def files(self) -> tuple[str, ...]: ...
    @property
    def offers(self) -> tuple[Offer, ...]: ...
    @property
    def pictures(self) -> bool: ...
    @property
    def keep(self) -> int | None: ...
    @property
    def after(self) -> int: ...
    @property
    def values(self) -> Mapping[str, object]:
        """The options as plain values, from which `bind` makes the same exporter elsewhere."""

    @property
    def module(self) -> str:
        """Name of the module that holds the function."""

    def parts(self, date: datetime.date) -> tuple[str, ...]:
        """Name the parts that an issue of this date belongs to."""

    def open(self, output: Output) -> AbstractContextManager[Write]:
        """Start a part; leaving the context writes its footer, an error skips it."""


@dataclass(frozen=True)
class _Bound(Generic[O]):
    name: str
    exporter: Exporter[O]
    options: O

    @property
    def files(self) -> tuple[str, ...]:
        return self.exporter.files

    @property
    def offers(self) -> tuple[Offer, ...]:
        return self.exporter.offers

    @property
    def pictures(self) -> bool:
        return self.exporter.pictures(self.options)

    @property
    def keep(self) -> int | None:
        return self.exporter.keep(self.options)

    @property
    def after(self) -> int:
        return self.exporter.after

    @property
    def values(self) -> Mapping[str, object]:
        return self.options.model_dump(mode="json")

    @property
    def module(self) -> str:
        return self.exporter.function.__module__

    def parts(self, date: datetime.date) -> tuple[str, ...]:
        return self.exporter.parts(self.options, date)

    def open(self, output: Output) -> AbstractContextManager[Write]:
        return contextmanager(self.exporter.function)(self.options, output)


def exporter(
    options: type[O],
    *,
    files: tuple[str | Offer, ...],
    parts: Parts[O] = whole,
    pictures: Callable[[O], bool] = no_pictures,
    keep: Callable[[O], int | None] = keep_all,
    after: int = 0,
) -> Callable[[Function[O]], Exporter[O]]:
    """Declare a generator function to be a format.

    `files` are the patterns of every name it may write, with `{series}`, `{part}`; where that is a part's name, only
    that part writes the file, all others belong to the whole archive. `{name}` stands for a name of the format's own
    choice: ASCII letters, digits, dots, hyphens and underscores. An `Offer` among them is a name that pages link.
    `parts` names the parts an
    issue belongs to. `pictures` tells whether it shows the papers' pictures, which the run then fetches. `keep`
    tells how many of the newest days' parts to make, None for all; the files of older ones are removed. `after`
    closes it after the formats whose files it points at: 0 points at none, 1 (or True) at books and tables, 2 at
    feeds, too. The function yields once, the function to call with each issue: before the yield stands the header,
    behind it the footer.
    """

    def declare(function: Function[O]) -> Exporter[O]:
        names = tuple(each.file if isinstance(each, Offer) else each for each in files)
        offers = tuple(each for each in files if isinstance(each, Offer))
        return Exporter(function, options, names, offers, parts, pictures, keep, after)

    return declare
