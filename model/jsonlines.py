"""papers.jsonl: the typed model as JSON lines, one issue a line, oldest first."""

import datetime
import json
import re

from pydantic import ValidationError

from .paper import SCHEMA, Issue

_HEAD = re.compile(rb'\s*\{"schema":(\d+),"date":"(\d{4}-\d{2}-\d{2})"')


def line(issue: Issue) -> str:
    """Return an issue as one line of JSON, its schema version first, without the line end."""
    return f'{{"schema":{SCHEMA},{issue.model_dump_json()[1:]}'


def issue_date(data: bytes) -> datetime.date:
    """Return the date of a line without reading all of it where the line is our own.

    Raises ValueError, with a sentence, for what is not an issue of a schema that we know.
    """
    if found := _HEAD.match(data):
        _check_schema(int(found[1]))
        return datetime.date.fromisoformat(found[2].decode())
    return parse_line(data).date


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
    if version != SCHEMA:
        raise ValueError(f"schema {version!r} is not one that this version reads ({SCHEMA})")
