"""The typed model of daily-papers digests, and the parsers that fill it."""

from .diagnostics import Code, Diagnostic, Report, Severity
from .errors import ConfigError, OutputError, PaperroundError, SourceChanged, UsageError
from .language import language_of
from .paper import SCHEMA, ArxivId, Author, Issue, Line, Media, Paper, Point, Record, Url

__all__ = [
    "SCHEMA",
    "ArxivId",
    "Author",
    "Code",
    "ConfigError",
    "Diagnostic",
    "Issue",
    "Line",
    "Media",
    "OutputError",
    "Paper",
    "PaperroundError",
    "Point",
    "Record",
    "Report",
    "Severity",
    "SourceChanged",
    "Url",
    "UsageError",
    "language_of",
]
