"""What folders and disks do to sources: links, permissions, sockets, depth, numbers, names, errors in the middle."""

import errno
import io
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from paperround.model import (
    Code,
    Diagnostic,
    Source,
    SourceChanged,
    UsageError,
    issues,
    jsonlines,
    limits,
    read,
    scan,
    scanner,
    sections,
)

from ..command import done, paperround

HEAD = "## Daily Papers (2024-05-03)\n\n"
PAPER = "### [One](https://arxiv.org/abs/2405.00001)\n\n- 글.\n"
NOBODY = 65534
EXAMPLES = Path(__file__).parents[2] / "examples" / "digests"
ANSWER = '[{"paper": {"id": "2405.00001", "title": "One", "summary": "x"}, "publishedAt": "2024-05-03"}]'


def quiet(diagnostic: Diagnostic) -> None:
    """Say nothing."""


def write(path: Path, text: str = HEAD + PAPER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def line(day: int) -> str:
    (issue,) = read([EXAMPLES / "2024" / "05" / f"{day:02}.md"], quiet)
    return jsonlines.line(issue).decode() + "\n"


def outcome(*given: Path) -> tuple[int, list[tuple[str, Code, str]]]:
    """Return how many issues there are, and what is told with which message."""
    said: list[Diagnostic] = []
    count = len(list(read(given, said.append)))
    return count, [(Path(diagnostic.path).name, diagnostic.code, diagnostic.message) for diagnostic in said]


# ------------------------------------------------------------------------------------------------ links


def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.md")
    beside = write(tmp_path / "digests-of-others" / "x.md")
    write(tmp_path / "digests" / "a.md", (HEAD + PAPER).replace("-03", "-04"))
    for name, target in (("b.md", secret), ("c.md", Path("../secret.md")), ("d.md", beside), ("e.md", Path("/"))):
        (tmp_path / "digests" / name).symlink_to(target)
    why = "A link that leads out of the folder; left out"
    assert outcome(tmp_path / "digests") == (1, [(name, Code.UNREADABLE, why) for name in ("b.md", "c.md", "d.md")])


def test_a_link_inside_the_folder_is_followed_even_if_the_folder_is_one(tmp_path: Path) -> None:
    write(tmp_path / "real" / "2024" / "x.bak")
    (tmp_path / "real" / "a.md").symlink_to("2024/x.bak")
    (tmp_path / "link").symlink_to("real")
    assert outcome(tmp_path / "link") == (1, [])


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    (tmp_path / "x.md").symlink_to(write(tmp_path / "elsewhere" / "y"))
    assert outcome(tmp_path / "x.md") == (1, [])


@pytest.mark.parametrize("name", ["loop", "a\0b"])
def test_a_source_that_no_file_can_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UsageError):
        read([tmp_path / name], quiet)


# ------------------------------------------------------------------------------------------------ folders


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in the folder as somebody whom permissions bind; root is let in everywhere."""
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o755)
    outcome(write(tmp_path / "warm.md"))  # what is imported late is imported now
    (tmp_path / "warm.md").unlink()
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(user)


@pytest.mark.parametrize("closed", ["closed", "closed.md"])
def test_what_may_not_be_read_is_told_and_the_rest_read(tmp_path: Path, closed: str, nobody: None) -> None:
    user = os.geteuid()
    os.seteuid(os.getuid())
    write(tmp_path / "open.md")
    write(tmp_path / ("closed/x.md" if closed == "closed" else closed))
    (tmp_path / closed).chmod(0)
    os.seteuid(user)
    assert outcome(Path(".")) == (1, [(closed, Code.UNREADABLE, "Permission denied; left out")])
    os.seteuid(os.getuid())
    (tmp_path / closed).chmod(0o700)


def test_a_socket_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    write(tmp_path / "a.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("b.md")
        assert outcome(tmp_path) == (1, [("b.md", Code.UNREADABLE, "Not a regular file; left out")])


@pytest.mark.parametrize(
    ("name", "levels", "said"),
    [("d", 1_100, []), ("d" * 250, 20, [("d" * 250, Code.UNREADABLE, "File name too long; left out")])],
)
def test_folders_may_be_deep_until_no_name_can_say_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, levels: int, said: list[object]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("a.md"))
    for _ in range(levels):
        os.mkdir(name)
        os.chdir(name)
    write(Path("deep.md"), (HEAD + PAPER).replace("-03", "-04"))
    try:
        assert outcome(tmp_path) == (1 if said else 2, said)
    finally:
        Path("deep.md").unlink()
        for _ in range(levels):  # pytest cannot remove such a tree
            os.chdir("..")
            os.rmdir(name)


def test_many_files_take_linear_time(tmp_path: Path) -> None:
    import time

    def seconds(first: int, count: int) -> float:
        for number in range(first, count):
            write(tmp_path / f"{number // 300}" / f"{number}.md", f"{HEAD.replace('2024', f'{2024 + number}')}{PAPER}")
        start = time.process_time()
        assert len(scan([Source(tmp_path, "x")], quiet)) == count
        return time.process_time() - start

    small = seconds(0, 100)
    assert seconds(100, 1_000) < 25 * small + 0.3


# ------------------------------------------------------------------------------------------------ names

NAMES = [b"line\nbreak.md", b"not-utf-8-\xff\xfe.md", "separator\u2028.md".encode(), b"\x1b[31mred.md"]


def test_odd_names_are_shown_on_one_line(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "digests")
    os.mkdir(folder)
    for number, name in enumerate(NAMES):
        text = f"## Daily Papers (2024-05-0{number + 1})\n\n### [One](https://arxiv.org/abs/2405.00001)\n"
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text.encode())
    names = ["line\ufffdbreak.md", "not-utf-8-\ufffd\ufffd.md", "separator\ufffd.md", "\ufffd[31mred.md"]
    shown = [f"digests/{name}" for name in names]
    lines = done(paperround("check", "digests", cwd=tmp_path)).splitlines()
    assert len(lines) == len(NAMES) + 1
    assert sorted(text.partition(":")[0] for text in lines[:-1]) == shown
    as_json = done(paperround("check", "digests", "--diagnostics", "json", cwd=tmp_path)).splitlines()
    assert sorted(json.loads(text)["path"] for text in as_json) == shown
    github = done(paperround("check", "digests", "--diagnostics", "github", cwd=tmp_path)).splitlines()
    assert sum(text.startswith("::warning file=digests/") for text in github) == len(github) == len(NAMES)
    papers = [
        json.loads(text)["papers"] for text in done(paperround("export", "jsonl", "digests", cwd=tmp_path)).splitlines()
    ]
    assert sorted(paper["path"] for (paper,) in papers) == names


# ------------------------------------------------------------------------------------------------ contents


@pytest.mark.parametrize("name", ["x.md", "x.jsonl", "x.json"])
@pytest.mark.parametrize("change", ["gone", "shorter", "other", "folder"])
def test_every_kind_of_source_that_changes_is_told(tmp_path: Path, name: str, change: str) -> None:
    text = {"x.md": HEAD + PAPER, "x.jsonl": line(3), "x.json": ANSWER}[name]
    path = write(tmp_path / name, text)
    found = read([path], quiet)
    path.unlink()
    if change == "folder":
        path.mkdir()
    elif change != "gone":
        write(path, text[:-5] if change == "shorter" else text.replace("05-0", "05-1"))
    with pytest.raises(
        SourceChanged, match=r"x\.\w+ (cannot be read any more: .*|changed while it was read); run again"
    ):
        list(found)


@pytest.mark.parametrize("name", ["x.md", "x.jsonl"])
def test_a_source_that_grows_is_read_as_it_was(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, HEAD + PAPER if name == "x.md" else line(3))
    found = read([path], quiet)
    with path.open("a", encoding="utf-8") as file:
        file.write(HEAD.replace("-03", "-04") + PAPER)
    assert [issue.date.day for issue in found] == [3]


class Failing(io.BytesIO):
    """A file on a disk that fails behind its first bytes."""

    def __init__(self, data: bytes, good: int) -> None:
        super().__init__(data)
        self._good = good

    def read(self, size: int | None = -1, /) -> bytes:
        return self._checked(super().read(min(size or -1, 512)))  # as much as a disk gives at once

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._checked(super().readline(size))

    def _checked(self, data: bytes) -> bytes:
        if self.tell() > self._good:
            raise OSError(errno.EIO, "Input/output error")
        return data


@pytest.mark.parametrize("name", ["x.md", "x.json", "x.jsonl"])
@pytest.mark.parametrize("good", [0, 0.5, 0.99])
def test_a_disk_that_fails_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, good: float
) -> None:
    """Of lines, those before are kept."""
    text = {"x.md": HEAD + PAPER * 200, "x.json": ANSWER * 200, "x.jsonl": line(3) + 2 * line(6)}[name]
    path = write(tmp_path / name, text)
    data = path.read_bytes()
    monkeypatch.setattr(scanner, "open", lambda *given: Failing(data, int(good * len(data))), raising=False)
    said: list[Diagnostic] = []
    found = scan([Source(path, "x")], said.append)
    count = sum(data[: int(good * len(data))].count(b"\n") for _ in range(name == "x.jsonl"))
    assert len(found) == count
    what = "the rest was left out" if count else "left out"
    assert [(entry.code, entry.message) for entry in said] == [(Code.UNREADABLE, f"Input/output error; {what}")]


def test_a_disk_that_fails_later_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.md")
    found = scan([Source(path, "x.md")], quiet)
    monkeypatch.setattr(sections, "open", lambda *given: Failing(b"x" * 9, 0), raising=False)
    with pytest.raises(SourceChanged, match=r"x\.md cannot be read any more: Input/output error; run again"):
        list(issues(found, quiet))


def test_a_real_device_s_error_is_told(tmp_path: Path) -> None:
    """Nothing is mapped at the beginning of our own memory."""
    (tmp_path / "x.md").symlink_to("/proc/self/mem")
    assert outcome(tmp_path / "x.md") == (0, [("x.md", Code.UNREADABLE, "Input/output error; left out")])


def test_a_line_over_the_limit_leaves_those_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_DOCUMENT", len(line(3).encode()))
    path = write(tmp_path / "x.jsonl", line(3) + " " * 99_999 + line(6))
    assert outcome(path) == (1, [("x.jsonl", Code.TOO_LARGE, "more than 0 MB; the rest was left out")])
