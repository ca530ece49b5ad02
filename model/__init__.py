"""The typed model of daily-papers digests, and the parsers that fill it."""

from .diagnostics import Code, Diagnostic, Report, Severity
from .digest import parse
from .errors import ConfigError, HubError, OutputError, PaperroundError, SourceChanged, UsageError, nearest
from .language import language_of
from .paper import SCHEMA, ArxivId, Author, Issue, Line, Media, Paper, Point, Record, Url
from .sources import Section, Source, issues, read, scan, spool

__all__ = [
    "SCHEMA",
    "ArxivId",
    "Author",
    "Code",
    "ConfigError",
    "Diagnostic",
    "HubError",
    "Issue",
    "Line",
    "Media",
    "OutputError",
    "Paper",
    "PaperroundError",
    "Point",
    "Record",
    "Report",
    "Section",
    "Severity",
    "Source",
    "SourceChanged",
    "Url",
    "UsageError",
    "issues",
    "language_of",
    "nearest",
    "parse",
    "read",
    "scan",
    "spool",
]
