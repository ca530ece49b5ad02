"""The table of readers, and what a reader may rely on, whoever made it."""

import datetime
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from paperround.model import Code, Diagnostic, Issue, Paper, Source, issues, jsonlines, read, scan
from paperround.model.readers import Document, Piece, Read, Reader, Slice, Split, lines, load, names, reader, registry
from paperround.model.readers.testing import run

from ..command import DIGESTS

LINE = "2024-05-03 One\n2024-05-04 Two\nodd\n\n2024-05-03 Three\n2024-05-05\n"


def days(piece: Piece) -> Iterator[Issue]:
    """Read lines of a day and a title."""
    for number, line in enumerate(piece.text().splitlines(), piece.line):
        day, _, title = line.partition(" ")
        if not line:
            continue
        try:
            date = datetime.date.fromisoformat(day)
        except ValueError:
            piece.tell(number, Code.BAD_ENTRY, "no day; left out")
        else:
            papers = (Paper(title=title, path=piece.path, line=number),) if title else ()
            yield Issue(date=date, title=f"Days ({day})", language="en", papers=papers)


def make(read: Read, **settings: object) -> Reader:
    return reader(seeks="day and title on a line", **settings)(read)  # type: ignore[arg-type]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> dict[str, Reader]:
    """Readers that are installed beside ours for a test, by name."""
    more: dict[str, Reader] = {}
    ours, known = load, names()
    monkeypatch.setattr(registry, "load", lambda name: more[name] if name in more else ours(name))
    monkeypatch.setattr(registry, "names", lambda: sorted([*known, *more]))
    registry.endings.cache_clear()
    yield more  # type: ignore[misc]
    registry.endings.cache_clear()


def given_and_said(*paths: Path) -> tuple[list[Issue], list[Diagnostic]]:
    said: list[Diagnostic] = []
    return list(read(paths, said.append)), said


@pytest.mark.parametrize("settings", [{}, {"split": lines}])
def test_a_document_of_many_days(tmp_path: Path, table: dict[str, Reader], settings: dict[str, Split]) -> None:
    """Cut or not, its issues come in the order of dates, what a day says twice is one issue, nothing is told twice."""
    table["days.days"] = make(days, **settings)
    (tmp_path / "x.days").write_text(LINE)
    found, said = given_and_said(tmp_path / "x.days")
    assert [(issue.date.day, [(paper.title, paper.path, paper.line) for paper in issue.papers]) for issue in found] == [
        (3, [("One", "x.days", 1), ("Three", "x.days", 5)]),
        (4, [("Two", "x.days", 2)]),
    ]
    told = {(entry.line, entry.code) for entry in said}
    assert told == {(3, Code.BAD_ENTRY), (6 if settings else 1, Code.NO_PAPERS)}
    assert len(said) == 2


def test_a_document_of_many_days_is_not_read_for_each_of_them(tmp_path: Path, table: dict[str, Reader]) -> None:
    pieces: list[Piece] = []
    table["days.days"] = make(lambda piece: pieces.append(piece) or days(piece))
    (tmp_path / "x.days").write_text("".join(f"{2000 + year}-05-03 One\n" for year in range(100)))
    assert len(given_and_said(tmp_path / "x.days")[0]) == 100
    assert len(pieces) == 2


def test_bytes_that_are_not_utf_8_are_told_once(tmp_path: Path, table: dict[str, Reader]) -> None:
    table["days.days"] = make(days)
    (tmp_path / "x.days").write_bytes(b"2024-05-03 One\n2024-05-04 \xff\n")
    found, said = given_and_said(tmp_path / "x.days")
    assert ([issue.papers[0].title for issue in found], [entry.code for entry in said]) == (
        ["One", "\ufffd"],
        [Code.NOT_UTF8],
    )


def test_a_stranger_s_markdown_is_asked_before_digests(tmp_path: Path, table: dict[str, Reader]) -> None:
    """Ours takes any Markdown, so it comes last."""
    table["zzz.md"] = make(days, sniff=lambda head: head.startswith(b"2024"))
    (tmp_path / "a.md").write_text("2024-05-03 One\n")
    (tmp_path / "b.md").write_text("## Daily Papers (2024-05-04)\n\n### [Two](https://arxiv.org/abs/2405.00001)\n")
    found, _ = given_and_said(tmp_path)
    assert [issue.papers[0].title for issue in found] == ["One", "Two"]


def test_folders_are_not_searched_for_what_is_only_read_by_name(tmp_path: Path, table: dict[str, Reader]) -> None:
    table["days.days"] = make(days, searched=False)
    (tmp_path / "x.days").write_text(LINE)
    assert given_and_said(tmp_path) == ([], [])
    assert len(given_and_said(tmp_path / "x.days")[0]) == 2


def test_what_lacks_the_same_is_told_once(tmp_path: Path, table: dict[str, Reader]) -> None:
    table["days.days"] = make(days, sniff=lambda head: head.startswith(b"2024"))
    for name in ("a.days", "b.DAYS", "c.md"):
        (tmp_path / name).write_text("x")
    assert [diagnostic.message for diagnostic in given_and_said(tmp_path)[1]] == [
        "a.days and 1 more passed over: no day and title on a line".replace("a.days", f"{tmp_path}/a.days"),
        f"{tmp_path}/c.md passed over: no dated papers, such as below a heading '## Daily Papers (YYYY-MM-DD)'",
    ]


def test_a_section_is_small_and_holds_no_contents(tmp_path: Path) -> None:
    """It goes to other processes and machines, which read for themselves."""
    (tmp_path / "x.md").write_text("## Daily Papers (2024-05-03)\n\n### One\n\n" + "- SECRET\n" * 9999)
    (section,) = scan([Source(tmp_path / "x.md", "x.md")], print)
    sent = pickle.dumps(section)
    assert (len(sent) < 600, b"SECRET" in sent) == (True, False)
    assert len(list(issues([pickle.loads(sent)], print))) == 1  # noqa: S301 - ours


def test_the_kit_refuses_slices_that_are_not_where_they_say() -> None:
    def moved(document: Document) -> Iterator[Slice]:
        yield Slice(document.whole()[1:], 0, 1)

    def misdated(document: Document) -> Iterator[Slice]:
        yield Slice(document.whole(), 0, 1, datetime.date(2024, 5, 9))

    with pytest.raises(AssertionError, match="at 0 stands something else"):
        run(make(days, split=moved), LINE.encode())
    with pytest.raises(AssertionError, match="a slice of 2024-05-09 holds issues of"):
        run(make(days, split=misdated), LINE.encode())


@pytest.mark.parametrize("name", ["digest.md", "papers.jsonl", "daily-papers.json", "paper-file.yaml"])
def test_ours_say_what_they_read(name: str) -> None:
    assert load(name).help.endswith(".")
    assert name in names()


def test_nothing_is_imported_before_there_is_a_file_for_it() -> None:
    script = f"import sys\nfrom paperround.model import read\nlist(read([{str(DIGESTS)!r}], id))\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in loaded if name.startswith("paperround.model.readers.")}
    of_markdown = ("contract", "digest", "entries", "paper_file", "registry")
    assert ours == {f"paperround.model.readers.{name}" for name in of_markdown}
    assert "yaml" not in loaded


def test_a_file_in_which_one_finds_nothing_goes_on_to_the_next(tmp_path: Path, table: dict[str, Reader]) -> None:
    """Not even one that takes any Markdown, and complains about it, makes a day vanish."""

    def greedy(piece: Piece) -> Iterator[Issue]:
        piece.tell(1, Code.BAD_ENTRY, "none of mine")
        return iter(())

    table["aaa.md"] = make(greedy)
    (tmp_path / "x.md").write_text(
        "## Daily Papers (2024-05-04)\n\n### [Two](https://arxiv.org/abs/2405.00001)\n\n- x\n"
    )
    found, said = given_and_said(tmp_path)
    assert ([issue.papers[0].title for issue in found], said) == (["Two"], [])


def test_what_all_complain_about_is_told(tmp_path: Path, table: dict[str, Reader]) -> None:
    table["aaa.md"] = make(days)
    (tmp_path / "x.md").write_text("no day\n")
    found, said = given_and_said(tmp_path)
    assert ([entry.code for entry in said], found) == ([Code.BAD_ENTRY], [])


def test_pieces_and_documents_know_their_path_and_date(tmp_path: Path, table: dict[str, Reader]) -> None:
    seen: list[object] = []
    day = datetime.date(2024, 5, 3)

    def dated(document: Document) -> Iterator[Slice]:
        seen.append(document.path)
        yield Slice(document.whole(), 0, 1, day)

    def read(piece: Piece) -> Iterator[Issue]:
        seen.append((piece.path, piece.date))
        yield piece.issue(day, [piece.paper(1, title="One", votes=-1)])

    table["days.days"] = make(read, split=dated)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.days").write_text("x")
    found, said = given_and_said(tmp_path)
    assert seen == ["a/x.days", ("a/x.days", day)]
    assert [(issue.title, issue.papers[0].path, issue.papers[0].votes) for issue in found] == [
        ("Daily Papers (2024-05-03)", "a/x.days", None)
    ]
    assert [entry.code for entry in said] == [Code.ODD_VOTES]


def test_documents_of_the_same_days_are_read_once_each(tmp_path: Path, table: dict[str, Reader]) -> None:
    """Three growing files of one folder hold the same hundred days."""
    pieces: list[str] = []
    table["days.days"] = make(lambda piece: pieces.append(piece.path) or days(piece))
    for name in "abc":
        (tmp_path / f"{name}.days").write_text("".join(f"{2000 + year}-05-03 {name}\n" for year in range(100)))
    found, _ = given_and_said(tmp_path)
    assert [len(issue.papers) for issue in found] == [3] * 100
    assert sorted(pieces) == [f"{n}.days" for n in "aabbcc"]


def test_our_json_lines_are_known_without_a_name(tmp_path: Path) -> None:
    """Standard input has none, and a paper on each line is JSON, too."""
    issue = Issue(
        date="2024-05-03",
        title="Kites",
        language="en",
        papers=(Paper(title="Kites", url="https://example.org/k", path="a.md", line=1),),
    )
    (tmp_path / "spooled").write_bytes(jsonlines.line(issue) + b"\n")
    assert list(read([tmp_path / "spooled"], print)) == [issue]
