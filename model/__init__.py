"""The typed model of daily-papers digests, and the parsers that fill it."""

from .diagnostics import Code, Diagnostic, Report, Severity
from .digest import parse
from .errors import ConfigError, HubError, NoAnswer, OutputError, PaperroundError, SourceChanged, UsageError, nearest
from .join import join
from .language import language_of
from .outliers import outliers
from .paper import SCHEMA, ArxivId, Author, Issue, Line, Media, Paper, Point, Record, Url
from .quiet import quiet_days
from .records import RecordFile, Records
from .records import read as read_records
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
    "NoAnswer",
    "OutputError",
    "Paper",
    "PaperroundError",
    "Point",
    "Record",
    "RecordFile",
    "Records",
    "Report",
    "Section",
    "Severity",
    "Source",
    "SourceChanged",
    "Url",
    "UsageError",
    "issues",
    "join",
    "language_of",
    "nearest",
    "outliers",
    "parse",
    "quiet_days",
    "read",
    "read_records",
    "scan",
    "spool",
]
