"""arxiv.jsonl: what arXiv says of papers, one record a line, sorted by id, made to be committed beside the digests."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from . import fields
from .diagnostics import Code, Diagnostic, Report
from .errors import OutputError, UsageError
from .paper import Record

Records = Mapping[str, Record | None]
"""Records by bare arXiv id; None for an id that arXiv says it does not know."""


def line(arxiv_id: str, record: Record | None) -> str:
    """Return a record as one line of JSON, its id first, without what is not known and without the line end."""
    rest = '"unknown":true}' if record is None else record.model_dump_json(exclude_defaults=True)[1:]
    return f'{{"id":"{arxiv_id}",{rest}'


def parse_line(data: bytes) -> tuple[str, Record | None]:
    """Read a record back; raises ValueError, with a sentence, for what is not one."""
    try:
        values = json.loads(data)
    except (RecursionError, ValueError) as error:
        raise ValueError(f"not JSON: {error}") from None
    arxiv_id = values.pop("id", None) if isinstance(values, dict) else None
    if not isinstance(arxiv_id, str) or fields.arxiv_id(arxiv_id) != arxiv_id:
        raise ValueError("not a record: it has no arXiv id")
    if values == {"unknown": True}:
        return arxiv_id, None
    try:
        return arxiv_id, Record.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"not a record: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def read(path: Path, report: Report) -> Records:
    """Read a file of records, leaving out lines that are none; raises UsageError for a file that cannot be read."""
    found: dict[str, Record | None] = {}
    for number, data in _numbered(path):
        try:
            arxiv_id, record = parse_line(data)
        except ValueError as error:
            report(Diagnostic(str(path), number, Code.BAD_RECORD, f"{error}; left out"))
        else:
            found[arxiv_id] = record
    return found


def read_whole(path: Path) -> Records:
    """Read a file of records that is going to be written again; raises UsageError for a line that would be lost."""
    said: list[Diagnostic] = []
    found = read(path, said.append)
    if said:
        raise UsageError(f"{said[0].path}:{said[0].line}: {said[0].message.removesuffix('; left out')}")
    return found


def write(path: Path, records: Records) -> None:
    """Write a file of records, which appears whole or not at all; raises OutputError."""
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line(arxiv_id, records[arxiv_id])}\n" for arxiv_id in sorted(records))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for number, data in enumerate(file, 1):
                if data.strip():
                    yield number, data.removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
