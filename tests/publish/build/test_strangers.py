"""Files of other people: never replaced or removed without being asked, whatever their names."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.exporters import Series, bind, names
from paperround.model import Code, Diagnostic, Source, UsageError
from paperround.publish import Job, Policy, Result, Span, build, find
from paperround.publish.build.strangers import gives_way

from ...command import files, sealed
from .test_incremental import PAPER, write

MINE = b"mine\n"


@pytest.fixture
def digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "digests"
    folder.mkdir()
    write(folder, "2024-05-03", PAPER.format(1, 1, "글"))
    return folder


def publish(digests: Path, root: Path, said: list[Diagnostic] | None = None, **policy: bool) -> Result:
    report = [].append if said is None else said.append
    found = find([Source(digests, "digests")], Span(), report)
    exporters = [bind(name, {}) for name in names()]
    series = Series(base_url="https://example.org")
    return build(Job(found, exporters, series, report, lambda done, total: None), root, Policy(**policy))


def lay(root: Path, name: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(MINE)


def test_none_of_our_names_is_taken_from_somebody_else(digests: Path, tmp_path: Path) -> None:
    publish(digests, tmp_path / "full")
    ours = {name: data for name, data in files(tmp_path / "full").items() if not name.startswith(".")}
    for number, name in enumerate(ours):
        root = tmp_path / f"out{number}"
        lay(root, name)
        if gives_way(name):
            said: list[Diagnostic] = []
            publish(digests, root, said)
            assert [each.message for each in said if each.code is Code.FOREIGN_FILE]
            assert ours | {name: MINE} == {name: files(root)[name] for name in ours}
            continue
        with pytest.raises(UsageError, match="--adopt") as raised:
            publish(digests, root)
        assert f"{name} in {root} is not ours" in str(raised.value)
        assert set(files(root)) <= {name, ".paperround.lock"}
        assert not [path for path in root.rglob("*") if path.is_dir() and not list(path.iterdir())]
        assert (root / name).read_bytes() == MINE
    publish(digests, root, adopt=True)
    assert files(root) == files(tmp_path / "full")


def test_a_file_that_gives_way_is_told_of_until_it_is_gone(digests: Path, tmp_path: Path) -> None:
    root = tmp_path / "out"
    lay(root, "static/icon.svg")
    for _ in range(2):
        said: list[Diagnostic] = []
        publish(digests, root, said)
        assert [each.message.partition(" ")[0] for each in said if each.code is Code.FOREIGN_FILE] == [
            "static/icon.svg"
        ]
        assert (root / "static/icon.svg").read_bytes() == MINE
    (root / "static/icon.svg").unlink()
    publish(digests, root)
    publish(digests, tmp_path / "full")
    assert files(root) == files(tmp_path / "full")


def test_adopt_takes_over_what_a_run_before_has_left(digests: Path, tmp_path: Path) -> None:
    root = tmp_path / "out"
    lay(root, "static/icon.svg")
    publish(digests, root)
    publish(digests, root, adopt=True)
    assert (root / "static/icon.svg").read_bytes() != MINE


def test_what_the_manifest_names_is_ours_whatever_it_holds(digests: Path, tmp_path: Path) -> None:
    publish(digests, tmp_path / "out")
    lay(tmp_path / "out", "index.html")
    publish(digests, tmp_path / "out")
    assert (tmp_path / "out/index.html").read_bytes() != MINE


def test_without_a_manifest_our_bytes_are_ours_and_others_are_named(digests: Path, tmp_path: Path) -> None:
    root = tmp_path / "out"
    publish(digests, root)
    (root / ".paperround.json").write_text("{")
    assert not any(publish(digests, root).files.values())
    (root / ".paperround.json").unlink()
    lay(root, "papers.csv")
    before = files(root)
    with pytest.raises(UsageError, match=r"^papers.csv in .* is not ours"):
        publish(digests, root)
    assert files(root) == before


@pytest.mark.parametrize("lay_out", [Path.mkdir, lambda path: path.symlink_to("/nowhere")])
def test_a_folder_or_a_link_stands_in_the_way_as_well(
    digests: Path, tmp_path: Path, lay_out: Callable[[Path], None]
) -> None:
    root = tmp_path / "out"
    root.mkdir()
    lay_out(root / "papers.csv")
    with pytest.raises(UsageError, match=r"^papers.csv in "):
        publish(digests, root)
    assert {path.name for path in root.iterdir()} == {"papers.csv", ".paperround.lock"}


@pytest.mark.parametrize(
    "words",
    [
        ["build", "digests", "-o", "out"],
        ["build", "digests", "-o", "out", "--format", "csv", "--format", "html"],
        ["build", "digests", "-o", "out", "--jobs", "2"],
        ["build", "digests", "-o", "out", "--previous", "published"],
        ["build", "digests", "-o", "out", "--prune", "--force"],
        ["export", "csv", "digests", "-o", "out"],
        ["export", "html", "digests", "-o", "out/"],
    ],
)
def test_every_command_asks(digests: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "digests", "-o", "published"]) == 0
    lay(Path("out"), "papers.csv")
    lay(Path("out"), "index.html")
    capsys.readouterr()
    assert run(words) == 2
    assert capsys.readouterr().err.splitlines()[-1].count("--adopt") == 1
    kept = {name: data for name, data in files(Path("out")).items() if not name.startswith(".")}
    assert kept == {"papers.csv": MINE, "index.html": MINE}
    assert run([*words, "--adopt"]) == 0
    assert {MINE} != {Path("out/papers.csv").read_bytes(), Path("out/index.html").read_bytes()}


def test_a_file_that_the_user_names_is_replaced(digests: Path) -> None:
    Path("papers.csv").write_bytes(MINE)
    assert run(["export", "csv", "digests", "-o", "papers.csv"]) == 0
    assert Path("papers.csv").read_bytes() != MINE


@pytest.mark.parametrize(
    "words",
    [
        ["build", "digests", "-o", ""],
        ["build", "digests", "-o", "digests"],
        ["build", "digests", "-o", "."],
        ["build", "digests", "-o", "digests/other"],
        ["build", "digests/2024-05-03.md", "-o", "digests/2024-05-03.md"],
        ["export", "html", "digests", "-o", ""],
        ["export", "html", "digests", "-o", "digests"],
        ["export", "csv", "digests/2024-05-03.md", "-o", "digests/2024-05-03.md"],
        ["export", "csv", "digests/2024-05-03.md", "-o", "link"],
        ["metadata", "digests/2024-05-03.md", "-o", "digests/2024-05-03.md"],
        ["metadata", "digests", "-o", ""],
        ["build", "digests", "-o", "out", "--metadata", ""],
        ["build", "digests", "-o", "out", "--cache", ""],
    ],
)
def test_nothing_is_written_over_what_is_read(
    digests: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    lay(digests, "other/notes.txt")
    Path("link").symlink_to("digests/2024-05-03.md")
    before = files(Path())
    assert run(words) == 2
    assert capsys.readouterr().err
    assert {name: data for name, data in files(Path()).items() if not name.endswith(".lock")} == before


def test_a_folder_of_its_own_in_a_source_may_be_published_into(digests: Path) -> None:
    for _ in range(2):
        assert run(["build", "digests", "-o", "digests/public"]) == 0
    assert run(["build", "digests", "-o", "full"]) == 0
    assert files(Path("digests/public")).keys() == files(Path("full")).keys()


def test_a_damaged_name_in_a_manifest_is_no_name(digests: Path, tmp_path: Path) -> None:
    root = tmp_path / "out"
    publish(digests, root)
    path = root / ".paperround.json"
    values = json.loads(path.read_text())
    for made in values["parts"].values():
        made["left"], made["files"] = ["../../outside)"], [*made["files"], "../../outside)"]
    values["files"]["../../outside)"] = values["files"]["index.html"]
    path.write_bytes(sealed(values))
    publish(digests, root)
    publish(digests, tmp_path / "full")
    assert files(root) == files(tmp_path / "full")
