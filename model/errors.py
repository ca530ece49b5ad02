"""The exceptions paperround raises on purpose.

PaperroundError
├── UsageError          the user is wrong: an option, a path, a configuration key
│   └── ConfigError     … in a configuration file, with file, key and expected value
├── SourceChanged       a source was written to between being scanned and being parsed
├── OutputError         the output folder cannot be written, or somebody else is writing it
├── HubError            a WebSub hub cannot be reached or does not accept a ping
└── NoAnswer            arXiv cannot be reached or does not answer what was asked

Anything else that escapes is a bug of ours and deserves its traceback.
"""

import difflib
import os
from collections.abc import Iterable


class PaperroundError(Exception):
    """Root of the tree: its text is one line, meant for the user."""


class UsageError(PaperroundError):
    """The user asked for something that cannot be."""


class ConfigError(UsageError):
    """A configuration file holds a key or value that cannot be used."""


class SourceChanged(PaperroundError):
    """A source no longer holds the bytes that the scan saw; running again mends it."""


class OutputError(PaperroundError):
    """The output cannot be written; what was published before is untouched."""


class HubError(PaperroundError):
    """The hub did not take a ping; the feed is told again next time."""


class NoAnswer(PaperroundError):
    """arXiv did not answer; what it answered before is kept, and running again goes on from there."""


def no_such_path(name: str) -> UsageError:
    """Return the error for a source that is not there: where it was looked for, and what it may have meant."""
    folder, last = os.path.split(name)
    try:
        near = difflib.get_close_matches(last, os.listdir(folder or "."), 1)
    except OSError:
        near = []
    where = "" if os.path.isabs(name) else f" in {os.getcwd()}"
    hint = f"; did you mean {os.path.join(folder, near[0])!r}?" if near else ""
    return UsageError(f"{name}: no such file or folder{where}{hint}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: what it may have meant, or what there is."""
    choices = list(known)
    near = difflib.get_close_matches(name, choices, 1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there is {', '.join(choices)}" if choices else ""
