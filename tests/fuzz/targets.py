"""What is fuzzed: everything that reads strangers' bytes, and every format on whatever model those bytes make.

A target takes bytes and raises when something is wrong: our own crash, a stranger that does not accept a format's
file, or a promise that is not kept. Input that is odd or refused in the ways that the documentation names is fine.
"""

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from itertools import count
from pathlib import Path
from unittest.mock import patch

import requests
from paperround.cli import show
from paperround.exporters import names
from paperround.model import (
    Diagnostic,
    Issue,
    NoAnswer,
    PaperroundError,
    Record,
    UsageError,
    jsonlines,
    read,
    read_records,
)
from paperround.model.records import line, parse_line
from paperround.publish import read_config
from paperround.publish.build import manifest as manifests
from paperround.publish.build.folder import Folder
from paperround.publish.build.manifest import restored
from paperround.publish.records import arxiv, snapshot

from .. import strangers

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Target:
    """A function to fuzz, and the names of the fixtures that it starts from."""

    test: Callable[[bytes], None]
    seeds: tuple[str, ...]

    def inputs(self) -> list[bytes]:
        """Return the contents of the fixtures, each once, in the order of their paths."""
        paths = [path for pattern in self.seeds for path in sorted(ROOT.glob(pattern)) if path.is_file()]
        return list(dict.fromkeys(path.read_bytes() for path in paths if path.stat().st_size < 1 << 15))


def source(data: bytes, name: str) -> None:
    """A source of digests: no text raises, what is told is one line, and what is found is read back equal."""
    for issue in _issues(data, name):
        assert issue.papers
        assert jsonlines.parse_line(jsonlines.line(issue)) == issue


def records(data: bytes) -> None:
    """A file of arXiv's records: each that is there can be asked for, or is told."""
    said: list[Diagnostic] = []
    with _file(data, "arxiv.jsonl") as path:
        found = read_records(path, said.append)
        for arxiv_id in found:
            found.get(arxiv_id)
    _one_line_each(said)


def lines_of_the_snapshot(data: bytes) -> None:
    """arXiv's snapshot: what it says of papers that are asked for is read back, or one line says why not."""
    said: list[Diagnostic] = []
    found: dict[str, Record | None] = {}
    with _file(data, "snapshot") as path:
        try:
            for records in snapshot.gather(path, ("2405.00001", "2405.00009"), said.append):
                found |= records
        except UsageError as error:
            complaint = str(error)
        else:
            complaint = "none"
    assert len(complaint.splitlines()) == 1, complaint
    _one_line_each(said)
    for arxiv_id, record in found.items():
        assert parse_line(line(arxiv_id, record).encode()) == (arxiv_id, record)


def manifest(data: bytes) -> None:
    """A manifest that ends in its hash: it names nothing outside its folder, is said again and read back equal."""
    body = re.sub(rb'(?:,\s*"sha256":\s*"[0-9a-f]{64}")?\s*\}\s*\Z', b"", data)
    found = manifests.parse(body + b',\n"sha256":"%b"}\n' % hashlib.sha256(body).hexdigest().encode())
    scans = {key: scan for key, scan in found.scans.items() if scan.is_sound}
    assert all(manifests.is_safe(name) for name in found.files)
    assert all(name in found.files for made in found.parts.values() for name in made.files)
    _one_line_each(
        [
            restored(said, [])
            for part in (found.days, found.parts)
            for made in part.values()
            for said in made.diagnostics
        ]
    )
    for entry in found.files.values():
        assert entry.last_modified is None or entry.next_modified("", entry.last_modified)
    with _file(data, manifests.NAME) as path:
        assert all(scan.is_sound for scan in manifests.load_scans(path.parent).values())
        manifests.save(Folder(path.parent), replace(found, scans=scans))
        assert manifests.load(path.parent) == replace(found, scans=scans)


def answer(data: bytes) -> None:
    """An answer of arXiv's: it gives records of what was asked for, which are read back, or one line says why not."""
    asked = ("2405.00001", "math-ph/0605002")
    said: list[str] = []
    clock = count(step=1000)
    try:
        with patch.object(requests.Session, "get", lambda *_, **__: _response(data)):
            found = [*arxiv.gather(asked, said.append, clock=lambda: next(clock))]
    except NoAnswer as error:
        found = []
        said.append(str(error))
    for message in said:
        assert len(message.splitlines()) == 1, message
    for arxiv_id, record in (entry for records in found for entry in records.items()):
        assert arxiv_id in asked
        assert parse_line(line(arxiv_id, record).encode()) == (arxiv_id, record)


def config(data: bytes) -> None:
    """A paperround.toml: it is taken, or the user is told in one line what is wrong with it."""
    try:
        with _file(data, "paperround.toml") as path:
            found = read_config(path)
            series = found.series({})
            found.check_tables()
            for selection in found.selections():
                assert selection.placed(series).folder.count("/") == 2
            for name in names():
                found.exporter(name, {})
    except PaperroundError as error:
        said = str(error)
    else:
        return
    assert len(said.splitlines()) == 1, said


def exporter(data: bytes, name: str) -> None:
    """A format: its files are accepted by a stranger, whatever the model holds, and are the same again."""
    issues = list({issue.date: issue for line in data.split(b"\n") for issue in _issue(line)}.values())
    files = strangers.publish(name, issues)
    strangers.check(name, files, issues)
    assert strangers.publish(name, issues) == files


TARGETS: Mapping[str, Target] = {
    "digest": Target(partial(source, name="x.md"), ("tests/golden/*/*/**/*.md", "examples/digests/**/*.md")),
    "jsonl": Target(partial(source, name="papers.jsonl"), ("tests/golden/*/*/**/papers.jsonl",)),
    "daily-papers": Target(
        partial(source, name="x.json"), ("tests/golden/diagnostics/*/*.json", "tests/golden/digests/daily-*/*.json")
    ),
    "json": Target(partial(source, name="x.json"), ("tests/fuzz/seeds/json/*.json",)),
    "json-lines": Target(partial(source, name="x.jsonl"), ("tests/fuzz/seeds/lines/*.jsonl",)),
    "yaml": Target(partial(source, name="x.yaml"), ("tests/fuzz/seeds/yaml/*.yaml",)),
    "front-matter": Target(partial(source, name="x.md"), ("tests/fuzz/seeds/page/*.md",)),
    "text": Target(partial(source, name="x.txt"), ("tests/golden/digests/*/*.md",)),
    "snapshot": Target(lines_of_the_snapshot, ("tests/fuzz/seeds/snapshot/*.json",)),
    "manifest": Target(manifest, ("tests/fuzz/seeds/manifest/*.json",)),
    "records": Target(records, ("tests/golden/**/arxiv.jsonl",)),
    "arxiv": Target(answer, ("tests/fuzz/seeds/arxiv/*.atom",)),
    "config": Target(config, ("examples/paperround.toml",)),
    **{name: Target(partial(exporter, name=name), ("tests/golden/*/*/expected/papers.jsonl",)) for name in names()},
}


def _response(data: bytes) -> requests.Response:
    response = requests.Response()
    response.status_code = 200
    response.raw = BytesIO(data)
    return response


def _issue(line: bytes) -> Iterator[Issue]:
    with suppress(ValueError):
        yield jsonlines.parse_line(line)


@contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    path = Path(_folder().name) / name
    path.write_bytes(data)
    yield path
    path.unlink(missing_ok=True)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of all files of a process: to make and remove one for each input takes a third of the time."""
    return tempfile.TemporaryDirectory(prefix="paperround-")


def _issues(data: bytes, name: str) -> list[Issue]:
    said: list[Diagnostic] = []
    with _file(data, name) as path:
        try:
            found = list(read([path], said.append))
        except UsageError:
            found = []  # there is no digest in it
    _one_line_each(said)
    return found


def _one_line_each(said: list[Diagnostic]) -> None:
    for each in said:
        for form in show.text, show.github, show.as_json:
            assert len(form(each).splitlines()) == 1, each
