"""papers.jsonl: the typed model as JSON lines, one issue a line, oldest first."""

import json

from pydantic import TypeAdapter, ValidationError

from .paper import SCHEMA, Issue

_ISSUE = TypeAdapter(Issue)


def line(issue: Issue) -> bytes:
    """Return an issue as one line of JSON in UTF-8, its schema version first, without the line end."""
    return b'{"schema":%d,%b' % (SCHEMA, _ISSUE.dump_json(issue)[1:])


def parse_line(data: bytes) -> Issue:
    """Read an issue back; raises ValueError, with a sentence, for what is not one."""
    try:
        values = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
        if not isinstance(values, dict):
            raise ValueError("not a JSON object")
        _check_schema(values.pop("schema", None))
        return Issue.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ValueError(f"not an issue: {where}: {first['msg']}") from None
    except (RecursionError, UnicodeDecodeError) as error:
        raise ValueError(f"not JSON: {error}") from None


def _check_schema(version: object) -> None:
    if type(version) is int and version > SCHEMA:
        raise ValueError(f"schema {version} is newer than this paperround, which reads {SCHEMA}; upgrade to read it")
    if version != SCHEMA:
        raise ValueError(f"schema {version!r} is not one that this version reads ({SCHEMA})")
