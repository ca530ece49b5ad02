"""papers.jsonl: the typed model as JSON lines, one issue a line, oldest first."""

import json

from pydantic import TypeAdapter

from .diagnostics import Tell, silence
from .paper import SCHEMA, Issue
from .values import issue

_ISSUE = TypeAdapter(Issue)


def line(issue: Issue) -> bytes:
    """Return an issue as one line of JSON in UTF-8, its schema version first, without the line end."""
    return b'{"schema":%d,%b' % (SCHEMA, _ISSUE.dump_json(issue)[1:])


def parse_line(data: bytes, line: int = 0, tell: Tell = silence) -> Issue:
    """Read an issue back; a field that the model refuses is told at the line that is given, and stays empty.

    Raises ValueError, with a sentence, for what is no issue.
    """
    try:
        values = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (RecursionError, UnicodeDecodeError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(values, dict):
        raise ValueError("not a JSON object")
    _check_schema(values.pop("schema", None))
    return issue(values, line, tell)


def _check_schema(version: object) -> None:
    if type(version) is int and version > SCHEMA:
        raise ValueError(f"schema {version} is newer than this paperround, which reads {SCHEMA}; upgrade to read it")
    if version != SCHEMA:
        raise ValueError(f"schema {version!r} is not one that this version reads ({SCHEMA})")
