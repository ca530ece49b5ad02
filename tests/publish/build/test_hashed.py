"""What is hashed while it is written has the hash of what is in the file, whatever way it got there."""

import hashlib
import os
from collections.abc import Callable
from io import BufferedRandom
from pathlib import Path

import pytest
from paperround.publish.build.folder import Folder
from paperround.publish.build.hashed import NewFile, measure

LONG = bytes(range(256)) * 1000


def in_pieces(file: BufferedRandom) -> None:
    file.write(b"header")
    file.write(LONG)
    file.flush()
    assert file.tell() == len(b"header" + LONG)
    file.writelines([b"a", LONG, b"b"])


def back_to_the_header(file: BufferedRandom) -> None:
    file.write(LONG)
    file.flush()
    file.seek(0)
    file.write(b"header")
    file.seek(0, os.SEEK_END)
    file.write(b"footer")


def cut_and_with_a_hole(file: BufferedRandom) -> None:
    file.write(LONG)
    file.truncate(100)
    file.seek(len(LONG))
    file.write(b"footer")


def past_the_object(file: BufferedRandom) -> None:
    file.write(b"header")
    file.flush()
    os.write(file.fileno(), b"of the picture")


def read_between(file: BufferedRandom) -> None:
    file.write(LONG)
    file.seek(10)
    assert file.read(5) == LONG[10:15]
    file.seek(0, os.SEEK_END)
    file.write(b"footer")


def nothing(file: BufferedRandom) -> None: ...


@pytest.mark.parametrize(
    ("write", "straight"),
    [
        (in_pieces, True),
        (nothing, True),
        (read_between, True),
        (back_to_the_header, False),
        (cut_and_with_a_hole, False),
        (past_the_object, False),
    ],
)
def test_the_hash_is_that_of_the_file(tmp_path: Path, write: Callable[[BufferedRandom], None], straight: bool) -> None:
    raw = NewFile(str(tmp_path / "file"), "file")
    with BufferedRandom(raw) as file:
        write(file)
        file.flush()
        told, read = raw.measured(), measure(file)
    content = (tmp_path / "file").read_bytes()
    assert read == (len(content), hashlib.sha256(content).hexdigest())
    assert told == (read if straight else None)
    folder = Folder(tmp_path)
    with folder.binary("again") as output:
        write(output)
    assert folder.written["again"].sha256 == read[1]
