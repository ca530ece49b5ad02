"""The commands as a user runs them."""

import io
import json
import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.cli.printable import printable
from paperround.cli.show import github
from paperround.exporters import names, registry
from paperround.model import Code, Diagnostic, UsageError

DIGESTS = str(Path(__file__).parents[2] / "examples" / "digests")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_formats_names_every_format_its_sentence_and_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["formats"]) == 0
    out = capsys.readouterr().out
    for name in names():
        assert f"\n{name} " in f"\n{out}"
    assert "papers.jsonl" in out


def test_one_text_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "jsonl", DIGESTS]) == 0
    printed = capfdbinary.readouterr().out
    assert run(["export", "jsonl", DIGESTS, "-o", "file.jsonl"]) == 0
    assert run(["export", "jsonl", DIGESTS, "-o", "folder/"]) == 0 or Path("folder").exists()
    assert Path("file.jsonl").read_bytes() == printed
    assert len(printed.splitlines()) > 5


def test_since_and_until_are_both_included(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "jsonl", DIGESTS, "--since", "2024-05-01", "--until", "2024-05-03"]) == 0
    dates = [json.loads(line)["date"] for line in capfdbinary.readouterr().out.splitlines()]
    assert dates[0] >= "2024-05-01"
    assert dates[-1] == "2024-05-03"


def test_one_book_goes_to_a_file(tmp_path: Path) -> None:
    assert run(["export", "epub", DIGESTS, "--since", "2024-05-03", "--until", "2024-05-03", "-o", "book.epub"]) == 0
    assert Path("book.epub").read_bytes().startswith(b"PK")
    assert run(["export", "epub", DIGESTS, "-o", "books"]) == 0
    assert len(list(Path("books/epub").glob("*.epub"))) > 5


def test_flags_win_over_the_configuration_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("paperround.toml").write_text('[csv]\ndialect = "excel"\n')
    assert run(["export", "csv", DIGESTS]) == 0
    assert capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbf")
    assert run(["export", "csv", DIGESTS, "--dialect", "plain"]) == 0
    assert not capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("source", ["digest", "jsonl"])
def test_standard_input_is_a_source(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"## Daily Papers (2024-05-03)\n\n### [T](https://arxiv.org/abs/2405.00001)\n\n- \xea\xb8\x80.\n"
    Path("x.md").write_bytes(text)
    assert run(["export", "jsonl", "x.md", "-o", "x.jsonl"]) == 0
    given = text if source == "digest" else Path("x.jsonl").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert run(["export", "csv", "-", "-o", "x.csv"]) == 0
    assert b"2405.00001" in Path("x.csv").read_bytes()


def test_check_counts_and_strict_fails_on_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", DIGESTS]) == 0
    assert "papers, 2024-03-04 to " in capsys.readouterr().out.splitlines()[-1]
    assert run(["check", DIGESTS, "--strict"]) == 1


def test_diagnostics_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", DIGESTS, "--diagnostics", "json"])
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"path", "line", "code", "severity", "message"} == set(said[0])
    assert {row["severity"] for row in said} <= {"note", "warning", "error"}


def test_diagnostics_for_github() -> None:
    said = Diagnostic("a,b:c.md", 7, Code.ODD_VOTES, "100% odd\nreally")
    assert github(said) == "::warning file=a%2Cb%3Ac.md,line=7,title=odd-votes::100%25 odd�really"
    assert github(Diagnostic("", 0, Code.NOT_A_DIGEST, "x")) == "::notice title=not-a-digest::x"


def test_a_name_that_a_terminal_would_obey_is_shown_harmless() -> None:
    assert printable("a\x1b[2J\n\udcff.md") == "a\ufffd[2J\ufffd\ufffd.md"


def test_a_reader_that_has_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "paperround.cli", "export", "jsonl", DIGESTS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_nothing_but_a_summary_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", DIGESTS, "-o", "public", "--format", "csv", "--base-url", "https://example.org"]) == 0
    said = capsys.readouterr()
    assert not said.out
    assert "\x1b" not in said.err
    last = "54 papers in 10 issues: 1 file written, 0 unchanged in public; N warnings, N notes (--verbose shows all)"
    assert re.sub(r"\d+(?= warn| note)", "N", said.err.splitlines()[-1]) == last


PAPER = "### [T](https://arxiv.org/abs/2405.0000{0})\n\nVote: many\n\n- a\n\n### [U\n\n- b\n"
ODD = f"## Daily Papers (2024-05-0{{0}})\n\n{PAPER}"


@pytest.fixture
def odd() -> None:
    """Three digests, each with a warning and an error."""
    for day in "123":
        Path(f"{day}.md").write_text(ODD.format(day), encoding="utf-8")


def said_of(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Return place and code of what a run says to a person, and its last line as it is."""
    run(["export", "csv", ".", "-o", "x.csv", *words])
    return [re.sub(r"^(\S+ \S+) .*?(\(.*|$)", r"\1 \2", line).strip() for line in capsys.readouterr().err.splitlines()]


@pytest.mark.usefixtures("odd")
def test_a_kind_is_one_line_and_errors_are_whole(capsys: pytest.CaptureFixture[str]) -> None:
    errors = [f"./{day}.md:9: cut-heading" for day in "123"]
    warnings = [f"./{day}.md:5: odd-votes" for day in "123"]
    assert said_of(capsys) == [*errors, "./1.md:5: odd-votes (and 2 more)"]
    assert sorted(said_of(capsys, "--verbose")) == sorted([*errors, *warnings])
    assert sorted(said_of(capsys, "--strict")) == sorted([*errors, *warnings])
    assert said_of(capsys, "-q") == errors
    assert said_of(capsys, "-q", "--strict") == errors


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("style", ["json", "github"])
def test_programs_get_every_diagnostic(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["export", "csv", ".", "-o", "x.csv", "--diagnostics", style])
    assert len(capsys.readouterr().err.splitlines()) == 6


@pytest.mark.usefixtures("odd")
def test_the_last_line_counts_what_a_check_counts(capsys: pytest.CaptureFixture[str]) -> None:
    run(["build", ".", "-o", "public", "--format", "csv"])
    built = capsys.readouterr().err.splitlines()[-1]
    run(["check", "."])
    checked = capsys.readouterr().out.splitlines()
    counts = "3 errors, 3 warnings"
    assert len(checked) == 7
    assert built.partition("; ")[2] == f"{counts} (--verbose shows all)"
    assert checked[-1].partition("; ")[2] == counts
    run(["build", ".", "-o", "public", "--format", "csv", "-q"])
    assert capsys.readouterr().err.splitlines()[-1].endswith(" in public; 3 errors")


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "\nCommands:\n" in capsys.readouterr().err


def test_a_format_whose_module_is_missing_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("stranger", "nowhere.at_all:export", registry.GROUP)
    monkeypatch.setattr(registry, "_entries", lambda: {"stranger": entry})
    with pytest.raises(UsageError, match=r"format 'stranger' \(nowhere.at_all:export\) cannot be imported"):
        registry.load("stranger")


def test_pages_alone_have_their_style(tmp_path: Path) -> None:
    assert run(["export", "html", str(DIGESTS), "-o", str(tmp_path / "pages")]) == 0
    page = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="stylesheet" href="static/style.css">' in page
    assert (tmp_path / "pages" / "static" / "style.css").stat().st_size
