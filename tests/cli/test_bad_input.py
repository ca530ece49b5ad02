"""What a wrong user and odd input get: one clear line, the right status, and nothing published is lost."""

import subprocess
import sys
from pathlib import Path

import pytest
from paperround.cli.main import run

DIGEST = """## Daily Papers (2024-05-03)

### [Attention Is All You Need](https://arxiv.org/abs/1706.03762)

Vote: 3

Authors: Ashish Vaswani, Noam Shazeer

- 순환 없이 어텐션만으로 번역합니다.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "03.md").write_text(DIGEST, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.md").touch()
    (tmp_path / "latin.md").write_bytes(DIGEST.encode() + b"- caf\xe9.\n")
    (tmp_path / "cut.md").write_text(DIGEST + "\n### [Deep Residual Learn", encoding="utf-8")
    (tmp_path / "utf16.md").write_bytes(DIGEST.encode("utf-16"))
    (tmp_path / "file").touch()
    (tmp_path / "bad.toml").write_text("[series\n")
    (tmp_path / "number.toml").write_text("[series]\ntitle = 3\n")
    (tmp_path / "key.toml").write_text("[series]\nbase-ulr = 'https://example.org'\n")
    (tmp_path / "value.toml").write_text("[series]\nutc_offset = '9'\n")
    (tmp_path / "id.toml").write_text("[series]\nid = 'My papers'\n")
    (tmp_path / "language.toml").write_text("[series]\nlanguage = 'korean'\n")
    (tmp_path / "title.toml").write_text("title = 'My papers'\n")
    (tmp_path / "metadata.toml").write_text("metadata = 3\n")
    (tmp_path / "table.toml").write_text("[epbu]\n")
    (tmp_path / "scalar.toml").write_text("csv = 1\n")
    (tmp_path / "list.toml").write_text("[epub]\nperiods = 'day'\n")
    (tmp_path / "name.toml").write_text("[[select]]\nname = 'A B'\n")
    (tmp_path / "one.toml").write_text("[select]\nname = 'ab'\n")
    (tmp_path / "offset.toml").write_text("[series]\nutc_offset = 9\n")
    (tmp_path / "deep.toml").write_text(f"csv = {'[' * 5000}\n")
    (tmp_path / "mark.toml").write_text("\ufeff[csv]\ndialect = 'excel'\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        ("build nowhere -o public", 2, "nowhere: no such file or folder in /"),
        ("build digest -o public", 2, "digest: no such file or folder in "),
        (
            "check digests --since 05/03/2024",
            2,
            "Invalid value for '--since': '05/03/2024' is not a date: write it like 2024-",
        ),
        ("check digests --since 2024-05-04 --until 2024-05-03", 2, "--until 2024-05-03 is before --since 2024-05-04"),
        (
            "export csv digests --min-votes many",
            2,
            "Invalid value for '--min-votes': 'many' is not a whole number from 0 on",
        ),
        (
            "build empty -o public",
            2,
            "no digests in empty: it holds no file; write the first digest into it, such as 2024-05-03.md",
        ),
        ("build empty.md -o public", 2, "no digests in empty.md: "),
        ("build digests -o file", 2, "cannot write file: it is no folder"),
        ("build digests -o /dev/null/public", 2, "cannot write /dev/null/public: Not a directory"),
        ("build digests -o public --format epbu", 2, "there is no format 'epbu'; did you mean 'epub'?"),
        (
            "build digests -o public --base-url ftp://x",
            2,
            "--base-url: write it like https://example.org/papers, with https:// or http:// before the host; not 'ftp://x'",
        ),
        (
            "build digests -o public --config nowhere.toml",
            2,
            "nowhere.toml: no such file; `paperround init` writes paperround.toml",
        ),
        ("build digests -o public --config bad.toml", 2, "bad.toml: not TOML: "),
        (
            "build digests -o public --config number.toml",
            2,
            "number.toml: [series] title: should be a valid string; not 3",
        ),
        (
            "build digests -o public --config key.toml",
            2,
            "key.toml: [series] has no key 'base_ulr'; did you mean 'base_url'?",
        ),
        (
            "build digests -o public --config value.toml",
            2,
            "value.toml: [series] utc_offset: write it like +09:00; not ",
        ),
        (
            "build digests -o public --config table.toml",
            2,
            "table.toml: there is no table [epbu]; did you mean 'epub'?",
        ),
        ("build digests -o public --config scalar.toml", 2, "scalar.toml: 'csv' is expected to be a table: [csv]"),
        (
            "build digests -o public --config list.toml",
            2,
            "list.toml: [epub] periods: write it as a list, between [ and ]; not 'day'",
        ),
        (
            "build digests -o public --config name.toml",
            2,
            "name.toml: [[select]] name: write it like robots; not 'A B'",
        ),
        ("build digests -o public --config one.toml", 2, "one.toml: [select] is a list of tables: write [[select]]"),
        (
            "build digests -o public --config offset.toml",
            2,
            "offset.toml: [series] utc_offset: write it like +09:00; not 9",
        ),
        ("build digests -o public --config deep.toml", 2, "deep.toml: nested too deeply"),
        ("build digests -o public --config id.toml", 2, "id.toml: [series] id: write it like daily-papers; not 'My "),
        (
            "build digests -o public --config language.toml",
            2,
            "language.toml: [series] language: write it like ko; not 'korean'",
        ),
        (
            "build digests -o public --config title.toml",
            2,
            "title.toml: 'title' is outside a table: put it below the line [series]",
        ),
        (
            "build digests -o public --config metadata.toml",
            2,
            "metadata.toml: 'metadata' is expected to be the path of a file, like \"arxiv.jsonl\"",
        ),
        (
            "build digests -o public --metadata x.jsonl",
            2,
            "x.jsonl: there is no such file of arXiv's records; `paperround metadata digests -o x.jsonl` makes it",
        ),
        ("export csv digests --id 2405.99999", 2, "there is no paper 2405.99999 in digests"),
        ("export csv digests --id 2405", 2, "Invalid value for '--id': '2405' is no arXiv id"),
        (f"check {'a' * 300}", 2, f"{'a' * 300}: File name too long"),
        ("check empty.md/x", 2, "empty.md/x: Not a directory"),
        ("build digests", 2, "Missing option '-o' / '--output'."),
        ("build -o public", 2, "Missing argument 'SOURCE...'."),
        ("export bibtx digests", 2, "there is no format 'bibtx'; did you mean 'bibtex'?"),
        ("export csv digests --dialect lotus", 2, "Invalid value for '--dialect'"),
        ("export csv digests -o nowhere/papers.csv", 2, "cannot write nowhere/papers.csv: No such file or directory"),
        ("export epub digests", 2, "epub writes epub/"),
        ("export html digests", 2, "html writes pages and what they need: name a folder, like -o pages/"),
        ("export html digests -o page.html", 2, "html writes pages and what they need: name a folder"),
        ("export csv digests --since 2025-01-01", 2, "no digests between the dates asked for: digests has 2024-05-03"),
        (
            "export csv digests --since 05/01",
            2,
            "Invalid value for '--since': '05/01' is not a date: write it like 2024-05-03",
        ),
        ("check digests nowhere", 2, "nowhere: no such file or folder"),
        ("publish digests", 2, "there is no command 'publish'"),
    ],
)
def test_a_wrong_user_gets_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, status: int, line: str
) -> None:
    assert run(words.split()) == status
    said = capsys.readouterr()
    (only,) = [row for row in said.err.splitlines() if not row.startswith("not-a-digest")]
    assert only.startswith(f"paperround: {line}")
    assert not said.out


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        (
            "check latin.md",
            1,
            "latin.md:10: not-utf8 byte 0xE9 is not UTF-8; replaced by U+FFFD, like any more of them",
        ),
        ("check cut.md", 1, "cut.md:11: cut-heading the heading breaks off: '[Deep Residual Learn'"),
        ("check digests utf16.md", 1, "utf16.md:1: not-utf8 the document is UTF-16, not UTF-8; left out"),
        (
            "check digests empty.md",
            0,
            "not-a-digest empty.md passed over: no dated papers, such as below a heading "
            "'## Daily Papers (YYYY-MM-DD)'",
        ),
        ("check digests --strict", 0, "1 issue, 1 paper, 2024-05-03 to 2024-05-03"),
    ],
)
def test_odd_input_is_told_and_the_run_goes_on(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, status: int, line: str
) -> None:
    assert run(words.split()) == status
    assert line in capsys.readouterr().out.splitlines()


def test_an_unreadable_file_is_told_and_the_rest_is_published(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "digests" / "gone.md").symlink_to("nowhere.md")
    assert run(["build", "digests", "-o", "public", "--format", "csv"]) == 1
    assert "digests/gone.md: unreadable No such file or directory; left out" in capsys.readouterr().err
    assert (folder / "public" / "papers.csv").exists()


@pytest.mark.parametrize(
    "words", ["build nowhere -o public", "build empty.md -o public", "build digests -o public --config key.toml"]
)
def test_a_refused_build_leaves_what_was_published(folder: Path, words: str) -> None:
    assert run(["build", "digests", "-o", "public"]) == 0
    before = contents(folder / "public")
    assert run(words.split()) == 2
    assert contents(folder / "public") == before


def test_a_file_in_the_way_of_a_folder_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "public").mkdir()
    (folder / "public" / "feeds").touch()
    assert run(["build", "digests", "-o", "public", "--format", "atom"]) == 2
    (line,) = [row for row in capsys.readouterr().err.splitlines() if "base-url" not in row]
    assert line.startswith("paperround: cannot write feeds/")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("check - <&-", 2, "standard input is closed"),
        ("export csv digests >&-", 2, "standard output is closed"),
        ("export csv digests > /dev/full", 2, "cannot write: No space left on device"),
        ("check digests > /dev/full", 2, "cannot write: No space left on device"),
        ("--help > /dev/full", 2, "cannot write: No space left on device"),
        ("check '' ", 2, "'' is no file or folder"),
        ("check nowhere 2> /dev/full", 2, None),
        ("check digests >&- 2>&-", 0, None),
        ("build digests -o public --format csv <&- >&- 2>&-", 0, None),
        ("export csv digests -o - 2>&1 | grep -q ^2024-05-03,", 0, None),
        ("export csv /dev/stdin < digests/03.md | grep -q ^2024-05-03,", 0, None),
        ("cat digests/03.md | {paperround} check /dev/stdin", 0, None),
        ("export csv digests --id https://arxiv.org/abs/1706.03762v1 | grep -q ^2024-05-03,", 0, None),
        ("export csv digests --config mark.toml | grep -q '^.*date,'", 0, None),
    ],
)
def test_streams_that_are_closed_full_or_special(folder: Path, line: str, status: int, said: str | None) -> None:
    ours = Path(sys.executable).with_name("paperround")
    line = line.format(paperround=ours) if "{" in line else f"{ours} {line}"
    done = subprocess.run(["bash", "-c", line], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)
    assert (done.returncode, done.stderr.decode()) == (status, f"paperround: {said}\n" if said else "")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_name_that_ends_with_a_slash_is_a_folder(folder: Path) -> None:
    assert run(["export", "csv", "digests", "-o", "new/"]) == 0
    assert (folder / "new" / "papers.csv").is_file()


@pytest.mark.parametrize("words", ["export opml digests", "export opml digests -o new/", "export opds digests -o new/"])
def test_a_format_that_lists_others_files_says_so(folder: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    assert run(words.split()) == 2
    assert "has nothing to list: it names files of other formats" in capsys.readouterr().err.splitlines()[-1]


def test_a_path_with_a_slip_names_what_it_may_have_meant(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "digest"]) == 2
    assert capsys.readouterr().err.endswith("; did you mean 'digests'?\n")
    assert run(["check", "digests/04.md"]) == 2
    assert capsys.readouterr().err.endswith("; did you mean 'digests/03.md'?\n")


def test_a_configuration_above_the_working_folder_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "paperround.toml").write_text("")
    said = (
        "../paperround.toml is not read, because it is not in the working folder; --config ../paperround.toml reads it"
    )
    monkeypatch.chdir(folder / "digests")
    words = ["build", ".", "-o", "../public", "--format", "csv"]
    assert run(words) == 0
    assert capsys.readouterr().err.splitlines()[0] == said
    assert run([*words, "--config", "../paperround.toml"]) == 0
    assert run([*words, "--quiet"]) == 0
    assert run([*words, "--diagnostics", "json"]) == 0
    assert said not in capsys.readouterr().err
    monkeypatch.chdir(folder)
    assert run(["build", "digests", "-o", "public", "--format", "csv"]) == 0
    assert said not in capsys.readouterr().err
