"""Reading digests from a program."""

import warnings
from pathlib import Path

from .model import Diagnostic, Issue, Report, Severity
from .model import read as read_issues


class DigestWarning(UserWarning):
    """Something odd in a digest; the warning's file name and line are those of the digest."""


def read(*sources: str | Path, report: Report | None = None) -> list[Issue]:
    """Return the issues of files and folders in date order, one a date.

    `report` is called with each diagnostic. Without it, each that is a warning or an error becomes a `DigestWarning`
    of Python's `warnings` module. Raises UsageError for a source that is not there and for sources without a digest.
    """
    return list(read_issues(sources, report or warn))


def warn(diagnostic: Diagnostic) -> None:
    """Warn as if the digest were the program: Python then prints `path:line: DigestWarning: code message`."""
    if diagnostic.code.severity is not Severity.NOTE:
        text = f"{diagnostic.code.word} {diagnostic.message}"
        warnings.warn_explicit(text, DigestWarning, diagnostic.path or "digests", diagnostic.line or 1)
