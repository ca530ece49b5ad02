"""What paperround says about odd input: one catalogue of codes, one shape of message."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum


class Severity(StrEnum):
    """How much a diagnostic matters, in the words of the exit status."""

    NOTE = "note"
    """Told for completeness; `--strict` lets it pass."""
    WARNING = "warning"
    """A doubt or a repair; `--strict` fails on it."""
    ERROR = "error"
    """Something in the input could not be kept; the exit status is 1."""


class Code(Enum):
    """Every diagnostic there is: its name in the output, its severity, what was done.

    A code is never renamed. docs/diagnostics.md explains each; tests/golden/diagnostics/ shows each.
    """

    NOT_A_DIGEST = "not-a-digest", Severity.NOTE, "a document holds no issue; it was passed over"
    REPEATED_ISSUE = "repeated-issue", Severity.NOTE, "a section repeats another one; nothing was added"
    COMPLETED_ISSUE = "completed-issue", Severity.NOTE, "a source beside the digest completed its papers"
    PORTRAIT = "portrait", Severity.NOTE, "a picture is a portrait of somebody, not of the paper; it was left out"
    NO_LINK = "no-link", Severity.NOTE, "a paper has no link; it was kept without one"
    MERGED_PAPER = "merged-paper", Severity.WARNING, "an issue names a paper twice; the fuller fields were kept"
    REPAIRED_LATEX = "repaired-latex", Severity.WARNING, "a LaTeX command that lost its backslash got it back"
    REPLACED_CHARACTER = "replaced-character", Severity.WARNING, "a character that XML cannot hold was replaced"
    ODD_VOTES = "odd-votes", Severity.WARNING, "a vote count is not a number; it was left empty"
    ODD_AUTHORS = "odd-authors", Severity.WARNING, "a list of authors cannot be read as names"
    ODD_MEDIA = "odd-media", Severity.WARNING, "a picture or video has no usable address; it was left out"
    ODD_LINK = "odd-link", Severity.WARNING, "a paper's link cannot be used; the paper was kept without it"
    ODD_ID = "odd-id", Severity.WARNING, "a link looks like arXiv's and names no paper there; the paper has no id"
    ODD_DATE = "odd-date", Severity.WARNING, "a date is far from all others, or of another year than its file's name"
    NO_TITLE = "no-title", Severity.WARNING, "a paper has no title; its address is shown instead"
    NO_SUMMARY = "no-summary", Severity.WARNING, "a paper has no summary"
    NO_PAPERS = "no-papers", Severity.WARNING, "an issue holds no paper; nothing is published for it"
    QUIET_DAY = "quiet-day", Severity.WARNING, "an issue has less than a third of the papers that are usual"
    EMPTY_SOURCE = "empty-source", Severity.WARNING, "a source holds no issue; the others were read"
    STRAY_TEXT = "stray-text", Severity.WARNING, "a text belongs to no paper; it was left out"
    CUT_SHORT = "cut-short", Severity.WARNING, "a digest ends in the middle of a line; the rest may be missing"
    CUT_HEADING = "cut-heading", Severity.ERROR, "a paper's heading breaks off; what stands there was kept as its title"
    BAD_DATE = "bad-date", Severity.ERROR, "a Daily Papers heading has no real date; its section was left out"
    NEAR_HEADING = (
        "near-heading",
        Severity.ERROR,
        "a heading looks like a digest's, but has no date; its section was left out",
    )
    BAD_JSON = "bad-json", Severity.ERROR, "a line of a papers.jsonl is not an issue; it was left out"
    BAD_ENTRY = "bad-entry", Severity.ERROR, "a source, or an entry of it, cannot be read; it was left out"
    NOT_UTF8 = "not-utf8", Severity.ERROR, "bytes that are not UTF-8 were replaced by U+FFFD"
    TOO_MANY = "too-many", Severity.ERROR, "a document has too many dates, papers or authors; the rest was left out"
    TOO_LARGE = "too-large", Severity.ERROR, "a document is over the size limit; it was left out"
    UNREADABLE = "unreadable", Severity.ERROR, "a file cannot be read; it was left out"
    BAD_RECORD = (
        "bad-record",
        Severity.ERROR,
        "a line in a file of arXiv's records, or a field of it, cannot be read; it was left out",
    )
    UNKNOWN_ID = "unknown-id", Severity.WARNING, "arXiv does not know a paper's id"
    RECORD_TITLE_DIFFERS = (
        "record-title-differs",
        Severity.NOTE,
        "arXiv's record of a paper has another title; the record was used",
    )
    RECORD_SHARES_NO_AUTHOR = (
        "record-shares-no-author",
        Severity.WARNING,
        "arXiv's record of a paper seems to be another paper's; it was left out",
    )
    UNMATCHED_SELECTION = "unmatched-selection", Severity.WARNING, "a selection matches no paper"
    FEED_TOO_LARGE = "feed-too-large", Severity.WARNING, "a feed that people subscribe to is over 500 KB"
    BOOK_TOO_LARGE = "book-too-large", Severity.WARNING, "a book for Kindles is over the 50 MB that Amazon takes"
    ORDER_UNKNOWN = "order-unknown", Severity.NOTE, "the digests do not know the order of authors of some citations"
    PROVISIONAL_KEYS = "provisional-keys", Severity.NOTE, "citation keys will change once arXiv's records come"
    NO_BASE_URL = "no-base-url", Severity.NOTE, "without base_url, links between published files are left out"
    MISSING_PICTURE = "missing-picture", Severity.NOTE, "a picture cannot be loaded; a link replaces it"
    ODD_PICTURE = (
        "odd-picture",
        Severity.WARNING,
        "a picture's address leads to something that cannot be used; a link replaces it",
    )
    MISSING_GLYPH = (
        "missing-glyph",
        Severity.NOTE,
        "the fonts of covers lack a character; the cover leaves out the sign, or the title",
    )
    FOREIGN_FILE = (
        "foreign-file",
        Severity.NOTE,
        "somebody else's file has the name of ours; it was left as it is",
    )
    NOTHING_PREVIOUS = "nothing-previous", Severity.WARNING, "nothing was published before; everything was made"
    NOT_TAKEN_OVER = (
        "not-taken-over",
        Severity.WARNING,
        "a published file is not what its manifest says; it was not taken over",
    )
    SOURCE_GONE = "source-gone", Severity.WARNING, "a published file's source is gone; the file stays until --prune"

    def __init__(self, word: str, severity: Severity, meaning: str) -> None:
        self.word = word
        self.severity = severity
        self.meaning = meaning


CODES = {code.word: code for code in Code}
"""Codes by their names, for those that a manifest holds."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing worth saying about one place.

    `path` is relative to the source until a run shows it to the user; `line` counts from 1, 0 is the whole file.
    An empty path speaks of the run.
    """

    path: str
    line: int
    code: Code
    message: str


Report = Callable[[Diagnostic], None]
"""Takes a diagnostic; never raises, never stops the run."""

Tell = Callable[[int, Code, str], None]
"""Takes a line of the document at hand, a code and what was done there."""


def silence(line: int, code: Code, message: str) -> None:
    """Tell nothing, where somebody else tells it."""
