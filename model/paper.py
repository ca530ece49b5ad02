"""The typed model: what a digest says, kept as it was written."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA = 1
"""Version of the JSON form of an issue; a reader of a newer version must still take older ones."""

Line = Annotated[
    str,
    StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]*$"),
]
"""Text on one line that every output syntax can hold: no control characters, no line breaks."""

Url = Annotated[
    str,
    StringConstraints(
        pattern=r"^https?://(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
        r"(?:[/?#](?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?$"
    ),
]
"""An absolute http(s) URL in the characters of RFC 3986; checked by a pattern, which costs a fifth of HttpUrl."""

ArxivId = Annotated[str, StringConstraints(pattern=r"^(?:[0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*/[0-9]{7})$")]
"""A bare arXiv identifier without version: 2405.01234, or hep-th/9901001 before April 2007."""


def _is_none(value: object) -> bool:
    return value is None


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Media(_Value):
    """The picture or video that stands for a paper."""

    kind: Literal["image", "video"]
    """Told by the file name's extension."""
    url: Url
    """Absolute; addresses relative to Hugging Face are resolved."""


class Point(_Value):
    """One point of a summary: a bullet, or a paragraph that stands without one."""

    heading: Line | None = None
    """A bold lead such as "What's New", without its colon; inline Markdown."""
    text: Line
    """The text as written (inline Markdown), wrapped lines joined; may be empty under a heading."""
    points: tuple["Point", ...] = ()
    """Sub-points, in order."""


class Author(_Value):
    """One author as arXiv's record names them, in the record's order."""

    name: Annotated[Line, Field(min_length=1)]
    """Display name, "Given Family"."""
    family: Line | None = None
    """Family name with its particles, where the record has parts."""
    given: Line | None = None
    """Given names."""
    suffix: Line | None = None
    """"Jr.", "III"."""
    corporate: bool = False
    """A group (corporate author), not a person."""


class Record(_Value):
    """What arXiv itself says of a paper."""

    title: Line
    """arXiv's title, LaTeX as submitted."""
    authors: tuple[Author, ...]
    """All of them in their true order."""
    categories: tuple[Line, ...] = ()
    """arXiv categories, the primary one first."""
    abstract: Line | None = None
    """LaTeX as submitted, lines joined."""
    doi: Line | None = None
    """DOI of the published version, not arXiv's own."""
    journal_ref: Line | None = None
    """Where it was published, as the authors wrote it."""
    comment: Line | None = None
    """The authors' comment: pages, conference."""
    published: datetime.date | None = None
    """Date of version 1."""
    updated: datetime.date | None = None
    """Date of the version the record describes."""


class Paper(_Value):
    """One paper as a digest presents it."""

    arxiv_id: ArxivId | None = None
    """Bare id; None for a paper that is not on arXiv."""
    title: Annotated[Line, Field(min_length=1)]
    """As written, inline Markdown and `$…$` included."""
    url: Url | None = None
    """The digest's link; None when there is none."""
    votes: Annotated[int, Field(ge=0)] | None = None
    """Upvotes on Hugging Face when the digest was made; None when not told."""
    authors: tuple[Annotated[Line, Field(min_length=1)], ...] = ()
    """Names in the order written, repeats dropped."""
    authors_complete: bool = False
    """Whether `authors` names everybody: false for a list cut with `+` and for no list at all."""
    authors_ordered: bool = False
    """Whether the order is the paper's own, which the source promises; digests lose it."""
    media: Media | None = None
    """Its picture or video."""
    summary: tuple[Point, ...] = ()
    """The summary's points, in order."""
    path: Line = ""
    """The document it was read from, relative to its source, with `/`."""
    line: Annotated[int, Field(ge=0)] = 0
    """The line of its heading, from 1; 0 when it was not read from a document."""
    record: Record | None = None
    """arXiv's own metadata, when known."""
    group: Annotated[Annotated[Line, Field(min_length=1)] | None, Field(exclude_if=_is_none)] = None
    """The heading above it that groups papers, such as a topic; written only where there is one."""


class Issue(_Value):
    """One day's digest."""

    date: datetime.date
    """The day the digest is for; there is one issue a day."""
    title: Line
    """The digest's heading, "Daily Papers (2024-05-03)"."""
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$")]
    """BCP 47 tag of its summaries, told by their letters."""
    papers: tuple[Paper, ...]
    """In the digest's order; no paper twice."""
