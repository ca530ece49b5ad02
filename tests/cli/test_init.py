"""`paperround init`: what it asks, what it guesses, and that what it writes works."""

import os
import pty
import re
import select
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from paperround.cli.main import run
from paperround.publish import read_config

from ..command import DIGESTS, done, paperround

TOML, WORKFLOW = "paperround.toml", ".github/workflows/paperround.yml"
DIGEST = (DIGESTS / "2024" / "05" / "03.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository on GitHub with a digest of two days in it."""
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    inside = tmp_path / "my-papers"
    monkeypatch.chdir(tmp_path)
    put(inside / "daily notes" / "2024" / "05" / "03.md", DIGEST)
    put(inside / "README.md", "intro\n\n# [The **best** papers](https://example.org) #\n")
    git(inside, "init", "-q", "-b", "trunk")
    git(inside, "remote", "add", "origin", "git@github.com:Somebody/Papers.git")
    return inside


def workflow(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((folder / WORKFLOW).read_text("utf-8"))
    return loaded


def series(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads((folder / TOML).read_text("utf-8"))["series"]
    return loaded


def digests_of(folder: Path) -> str:
    """Return what the workflow hands to our action."""
    (step,) = workflow(folder)["jobs"]["publish"]["steps"]
    given: str = step["with"]["digests"]
    return given


def test_everything_is_guessed_from_the_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(folder)]) == 0
    assert series(folder) == {
        "id": "daily-papers",
        "title": "The best papers",
        "base_url": "https://somebody.github.io/Papers",
    }
    assert digests_of(folder) == "daily notes"
    assert workflow(folder)[True]["push"]["branches"] == ["trunk"]  # YAML 1.1 takes `on` for true
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [f"wrote {folder / TOML}", f"wrote {folder / WORKFLOW}"]


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/A-b/C.d", "https://a-b.github.io/C.d"),
        ("https://token@github.com/a/b.git", "https://a.github.io/b"),
        ("ssh://git@github.com/a/A.github.io.git", "https://a.github.io"),
        ("https://gitlab.com/a/b.git", None),
        ("/srv/a/b.git", None),
    ],
)
def test_the_address_is_that_of_pages(folder: Path, remote: str, address: str | None) -> None:
    git(folder, "remote", "set-url", "origin", remote)
    assert run(["init", str(folder)]) == 0
    assert series(folder).get("base_url") == address


@pytest.mark.parametrize(
    ("names", "digests"),
    [
        (["2024-05-03.md"], "."),
        (["2024/05/03.md", "2025/05/03.md"], "."),
        (["papers/a.md", "papers/b.md", "papers/old/c.md"], "papers"),
        (["x/daily/2024-W18/a.md"], "x/daily"),
        (["a/x.md", "b/x.md"], "."),
        ([], "digests"),
    ],
)
def test_digests_are_found(tmp_path: Path, names: list[str], digests: str) -> None:
    for number, name in enumerate(names, 1):
        put(tmp_path / "new" / name, DIGEST.replace("2024-05-03", f"2024-05-{number:02}"))
    done(paperround("init", tmp_path / "new"))
    assert digests_of(tmp_path / "new") == digests
    assert series(tmp_path / "new")["title"] == "New"


def test_flags_are_taken_as_they_are(folder: Path) -> None:
    title = 'Ein "Titel" \\ ${{ x }} # 논문 <b>& 😀'
    flags = ["--title", title, "--base-url", "https://example.org/x", "--digests", "it's $(here)"]
    assert run(["init", str(folder), *flags]) == 0
    config = read_config(folder / TOML).series({})
    assert (config.title, config.base_url) == (title, "https://example.org/x")
    assert digests_of(folder) == "it's $(here)"


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (
            ["--base-url", "example.org"],
            "--base-url: write it like https://example.org/papers, with https:// or http://",
        ),
        (["--title", "a\nb"], "--title: "),
        (["--digests", "../x"], "--digests: '../x' is expected to be inside the folder"),
        (["--digests", "/x"], "--digests: '/x' is expected to be inside the folder"),
        (["--digests", "a\nb"], "--digests: 'a\\nb' is no name of a folder"),
    ],
)
def test_a_wrong_answer_is_one_line_and_writes_nothing(
    folder: Path, flags: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(folder), *flags]) == 2
    assert capsys.readouterr().err.startswith(f"paperround: {message}")
    assert not (folder / TOML).exists()
    assert not (folder / ".github").exists()


def test_nothing_is_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / TOML).write_text("mine")
    assert run(["init", str(folder)]) == 2
    said = "paperround: paperround.toml is there already, so nothing was written; --force replaces it\n"
    assert capsys.readouterr().err == said
    assert (folder / TOML).read_text() == "mine"
    assert not (folder / ".github").exists()
    assert run(["init", str(folder), "--force"]) == 0
    assert run(["init", str(folder)]) == 2
    assert f"paperround: {TOML} and {WORKFLOW} are there already" in capsys.readouterr().err


def test_every_commented_key_can_be_used(folder: Path) -> None:
    assert run(["init", str(folder)]) == 0
    text = (folder / TOML).read_text("utf-8")
    opened = re.sub(r"^# (?=[a-z_]+ = |\[)", "", text, flags=re.M).replace('"…"', '"https://example.org/en"')
    opened = opened.replace('language = "https://example.org/en"', 'language = "en"')
    (folder / TOML).write_text(opened, encoding="utf-8")
    config = read_config(folder / TOML)
    config.check_tables()
    assert set(config.tables["series"]) == set(type(config.series({})).model_fields)
    assert [selection.name for selection in config.selections()] == ["best"]
    config.exporter("csv", {})


def test_true_authors_by_default(folder: Path) -> None:
    assert run(["init", str(folder)]) == 0
    assert read_config(folder / TOML).metadata == folder / "arxiv.jsonl"
    assert (folder / "arxiv.jsonl").read_bytes() == b""
    (folder / "arxiv.jsonl").write_text("mine")
    assert run(["init", str(folder), "--force"]) == 0
    assert (folder / "arxiv.jsonl").read_text() == "mine"


def test_the_workflow_may_do_no_more_than_it_has_to(folder: Path) -> None:
    assert run(["init", str(folder)]) == 0
    found = workflow(folder)
    assert found["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert found["concurrency"] == "pages"
    assert "run:" not in (folder / WORKFLOW).read_text("utf-8")


def test_the_workflow_is_ten_lines_and_publishes_when_something_is_new(folder: Path) -> None:
    assert run(["init", str(folder)]) == 0
    assert len((folder / WORKFLOW).read_text("utf-8").splitlines()) == 10
    assert set(workflow(folder)[True]) == {"push", "schedule", "workflow_dispatch"}


def test_the_workflow_takes_our_action_of_this_version(folder: Path) -> None:
    assert run(["init", str(folder)]) == 0
    minor = ".".join(version("paperround").split(".")[:2])
    assert f"uses: paperround/paperround@v{minor}," in (folder / WORKFLOW).read_text("utf-8")


def test_the_guesses_are_offered_on_a_terminal_and_asked_again_when_wrong(folder: Path) -> None:
    said, status = conversation(
        ["init", str(folder)],
        [
            ("Title of the series [The best papers]: ", "\r"),
            ("Address it will be published at [https://somebody.github.io/Papers]: ", "nowhere\r"),
            ("Error: write it like https://example.org/papers", ""),
            ("Address it will be published at [https://somebody.github.io/Papers]: ", "https://example.org/p\r"),
            ("Folder of the digests [daily notes]: ", "\r"),
        ],
    )
    assert status == 0, said
    assert series(folder)["base_url"] == "https://example.org/p"
    assert conversation(["init", str(folder), "--yes", "--force"], [("wrote", "")])[1] == 0
    assert series(folder)["base_url"] == "https://somebody.github.io/Papers"


def test_a_question_can_be_left_open_and_broken_off(tmp_path: Path) -> None:
    asked = [("Title of the series [X]: ", "\r"), ("Address it will be published at: ", "\r")]
    words = ["init", str(tmp_path / "x"), "--digests", "d"]
    assert conversation(words, asked)[1] == 0
    assert "base_url" not in series(tmp_path / "x")
    assert conversation(["init", str(tmp_path / "y")], [("Title of the series [Y]: ", "\x04")])[1] == 130
    assert not (tmp_path / "y").exists()


def test_a_folder_below_the_top_of_a_repository_is_told_where_workflows_belong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(folder / "daily notes")]) == 0
    assert f"move {WORKFLOW} to {folder}" in capsys.readouterr().out


def conversation(words: list[str], turns: list[tuple[str, str]]) -> tuple[str, int]:
    """Run paperround on a terminal, wait for each text and answer it; return all it said, and its status."""
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).with_name("paperround")), *words]
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            said = talk(ours, turns)
            status = process.wait(30)
        except BaseException:
            process.kill()
            raise
    os.close(ours)
    return said, status


def talk(terminal: int, turns: list[tuple[str, str]]) -> str:
    said, at = "", 0
    for text, answer in turns:
        while text not in said[at:]:
            piece = heard(terminal, said)
            assert piece, said
            said += piece
        at = said.index(text, at) + len(text)
        os.write(terminal, answer.encode())
    while piece := heard(terminal, said):
        said += piece
    return said


def heard(terminal: int, before: str) -> str:
    """Return what comes next on a terminal, '' when its other side is closed."""
    assert select.select([terminal], [], [], 30)[0], before
    try:
        return os.read(terminal, 4096).decode()
    except OSError:  # Linux says EIO then
        return ""


def put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)
