"""The folder that keeps pictures between runs, and what is known of those that cannot be had."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...model import Code, OutputError
from ...model.temporary import replacing
from ..foreign import BadData, data_errors
from .verify import looks_like_picture

_ABSENT, _SILENT = ".absent", ".silent"
_CODES = {code.word: code for code in Code}


@dataclass(frozen=True, slots=True)
class Absent:
    """Why a picture cannot be had."""

    why: str
    """The end of a sentence about the picture's address."""
    code: Code = Code.MISSING_PICTURE
    lasting: bool = True
    """Whether the next run would find the same: a refusal is remembered, an outage is not."""


class Store:
    """Files named by the SHA-256 of the picture's address: the bytes as they came, or `.absent` with the reason."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def picture(self, url: str) -> bytes | None:
        """Return a kept picture; raises OutputError where its file cannot be read."""
        if not self.has(url):
            return None
        with _explained(self._folder):
            return self._path(url).read_bytes()

    def has(self, url: str) -> bool:
        """Tell whether a picture is kept; what else a crash of the machine may have left does not count."""
        try:
            with self._path(url).open("rb") as file:
                return looks_like_picture(file.read(12))
        except OSError:
            return False

    def absent(self, url: str) -> Absent | None:
        """Return why a picture cannot be had, None when that is not known."""
        try:
            with data_errors():
                answer = json.loads(self._path(url, _ABSENT).read_bytes())
                return Absent(str(answer["why"]), _CODES[answer["code"]])
        except (OSError, BadData):
            return None

    def keep(self, url: str, data: bytes) -> None:
        """Keep a picture; raises OutputError."""
        self._write(self._path(url), data)

    def remember(self, url: str, absent: Absent) -> None:
        """Remember that a picture cannot be had; raises OutputError."""
        answer = {"url": url, "code": absent.code.word, "why": absent.why}
        self._write(self._path(url, _ABSENT), json.dumps(answer, indent=1, ensure_ascii=False).encode() + b"\n")

    def was_silent_today(self, host: str) -> bool:
        """Tell whether a host has been noted today as one that does not answer."""
        try:
            return self._path(host, _SILENT).read_text(encoding="utf-8") == _today()
        except (OSError, ValueError):
            return False

    def note_silence(self, host: str) -> None:
        """Note that a host does not answer today; raises OutputError."""
        self._write(self._path(host, _SILENT), _today().encode())

    def _path(self, url: str, ending: str = "") -> Path:
        return self._folder / "pictures" / (hashlib.sha256(url.encode()).hexdigest() + ending)

    def _write(self, path: Path, data: bytes) -> None:
        with _explained(self._folder):
            self._make()
            with replacing(path) as file:
                file.write(data)

    def _make(self) -> None:
        """Make the folder, with a word to git that nothing in it belongs into a repository."""
        (self._folder / "pictures").mkdir(parents=True, exist_ok=True)
        ignore = self._folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot keep pictures in {folder}: {error.strerror or error}") from error
