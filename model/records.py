"""arxiv.jsonl: what arXiv says of papers, one record a line, sorted by id, made to be committed beside the digests."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from weakref import finalize

from . import fields, values
from .diagnostics import Code, Diagnostic, Report
from .errors import OutputError, SourceChanged, UsageError
from .paper import Record
from .temporary import replacing

_START = re.compile(rb'\{"id":"([0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*/[0-9]{7})"')

Records = Mapping[str, Record | None]
"""Records by bare arXiv id; None for an id that arXiv says it does not know."""


def line(arxiv_id: str, record: Record | None) -> str:
    """Return a record as one line of JSON, its id first, without what is not known and without the line end."""
    rest = '"unknown":true}' if record is None else record.model_dump_json(exclude_defaults=True)[1:]
    return f'{{"id":"{arxiv_id}",{rest}'


def parse_line(data: bytes, complain: values.Complain | None = None) -> tuple[str, Record | None]:
    """Read a record back; `complain` hears of a field that the model refuses, which stays empty.

    Raises ValueError, with a sentence, for what is no record, and without `complain` for such a field.
    """
    try:
        written = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (RecursionError, ValueError) as error:
        raise ValueError(f"not JSON: {error}") from None
    arxiv_id = written.pop("id", None) if isinstance(written, dict) else None
    if not isinstance(arxiv_id, str) or fields.arxiv_id(arxiv_id) != arxiv_id:
        raise ValueError("not a record: it has no arXiv id")
    if written == {"unknown": True}:
        return arxiv_id, None
    return arxiv_id, values.record(written, complain or _refuse)


def _refuse(complaint: str) -> None:
    raise ValueError(f"not a record: {complaint.removesuffix('; left empty')}")


def _ignore(complaint: str) -> None:
    """Leave a field's complaint to whoever asks for the record."""


def is_record(data: bytes) -> bool:
    """Tell whether a line is one of a file of records, or its beginning."""
    return _START.match(data) is not None and (not data.rstrip().endswith(b"}") or _is_whole(data))


def read(path: Path, report: Report) -> "RecordFile":
    """Read a file of records, each when it is asked for; a line that is no record is told then and left out.

    Raises UsageError for a file that cannot be read.
    """
    return RecordFile(path, report)


def read_whole(path: Path) -> dict[str, Record | None]:
    """Read a file of records that is going to be written again; raises UsageError for a line that would be lost."""
    complaints: list[Diagnostic] = []
    lines = RecordFile(path, complaints.append)
    found = {arxiv_id: lines.get(arxiv_id) for arxiv_id in lines}
    if complaints:
        first = min(complaints, key=lambda diagnostic: diagnostic.line)
        raise UsageError(f"{first.path}:{first.line}: {first.message.partition('; left ')[0]}")
    return found


def write(path: Path, records: Records) -> None:
    """Write a file of records, which appears whole or not at all; raises OutputError."""
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as file:
            file.writelines(f"{line(arxiv_id, records[arxiv_id])}\n".encode() for arxiv_id in sorted(records))
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def _is_whole(data: bytes) -> bool:
    try:
        parse_line(data)
    except ValueError:
        return False
    return True


class RecordFile(Mapping[str, Record | None]):
    """A file's records by bare id, None for one that arXiv does not know.

    Only their places are kept: in memory, a record is ten times its line.
    """

    def __init__(self, path: Path, report: Report) -> None:
        self._path = path
        self._report = report
        self._places: dict[str, tuple[int, int]] = {}
        try:
            self._file = path.open("rb")
            finalize(self, self._file.close)
            self._find()
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror or error}") from None

    def __getitem__(self, arxiv_id: str) -> Record | None:
        number, _ = self._places[arxiv_id]
        try:
            found, record = parse_line(self.line(arxiv_id), lambda complaint: self._tell(number, complaint))
        except ValueError as error:
            self._tell(number, f"{error}; left out")
            raise KeyError(arxiv_id) from None
        if found != arxiv_id:
            raise SourceChanged(f"{self._path} changed while it was read; run again")
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def line(self, arxiv_id: str) -> bytes:
        """Return a record as it stands in the file; raises KeyError."""
        self._file.seek(self._places[arxiv_id][1])
        return self._file.readline()

    def _find(self) -> None:
        offset = 0
        for number, data in enumerate(self._file, 1):
            if data.strip():
                try:
                    started = _START.match(data)
                    self._places[started[1].decode() if started else parse_line(data, _ignore)[0]] = number, offset
                except ValueError as error:
                    self._tell(number, f"{error}; left out")
            offset += len(data)

    def _tell(self, number: int, message: str) -> None:
        self._report(Diagnostic(str(self._path), number, Code.BAD_RECORD, message))
