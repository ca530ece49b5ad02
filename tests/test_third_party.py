"""Somebody else's exporter and reader, installed with pip, are like ours."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .command import DIGESTS, ROOT, done, files, paperround
from .sharing import made_once

EXAMPLE = ROOT / "examples" / "exporter"
READER = ROOT / "examples" / "reader"
LIST = READER / "reading-list.csv"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Install the examples where only a PYTHONPATH finds them."""
    return str(made_once(tmp_path_factory, "third-party", install) / "site")


def install(folder: Path) -> None:
    copies = [shutil.copytree(example, folder / example.name) for example in (EXAMPLE, READER)]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", folder / "site", *copies], check=True)


def test_it_is_at_most_twenty_lines() -> None:
    assert len((EXAMPLE / "paperround_titles.py").read_text(encoding="utf-8").splitlines()) <= 20


def test_formats_lists_it(site: str) -> None:
    lines = done(paperround("formats", PYTHONPATH=site)).splitlines()
    (at,) = (number for number, line in enumerate(lines) if line.startswith("titles "))
    assert lines[at].endswith(" Titles: a line of text for each paper, its date and its title as written.")
    assert lines[at + 1].split() == ["titles.txt"]


def test_help_knows_it_and_its_option(site: str) -> None:
    assert " titles " in done(paperround("export", "--help", PYTHONPATH=site))
    shown = " ".join(done(paperround("export", "titles", "--help", PYTHONPATH=site)).split())
    assert "--separator TEXT What stands between the date and the title." in shown


def test_export_takes_its_flag(site: str) -> None:
    every = done(paperround("export", "titles", DIGESTS, PYTHONPATH=site)).splitlines()
    marked = done(paperround("export", "titles", DIGESTS, "--separator", " | ", PYTHONPATH=site)).splitlines()
    assert len(every) > 40
    assert marked == [line.replace("  ", " | ", 1) for line in every]


def test_build_writes_it_with_the_options_of_its_table(site: str, tmp_path: Path) -> None:
    (tmp_path / "paperround.toml").write_text('[titles]\nseparator = " | "\n')
    done(paperround("build", DIGESTS, "-o", "public", cwd=tmp_path, PYTHONPATH=site))
    marked = done(paperround("export", "titles", DIGESTS, "--separator", " | ", PYTHONPATH=site))
    published = files(tmp_path / "public")
    assert published["titles.txt"].decode() == marked
    assert "papers.bib" in published


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('seperator = ";"', "paperround.toml: [titles] has no key 'seperator'; did you mean 'separator'?"),
        ("separator = 2", "paperround.toml: [titles] separator: should be a valid string; not 2"),
    ],
)
def test_a_wrong_key_or_value_is_a_clear_error(site: str, tmp_path: Path, table: str, message: str) -> None:
    (tmp_path / "paperround.toml").write_text(f"[titles]\n{table}\n")
    result = paperround("build", DIGESTS, "-o", "public", cwd=tmp_path, PYTHONPATH=site)
    assert result.returncode == 2
    assert result.stderr.decode().startswith(f"paperround: {message}")
    assert result.stderr.count(b"\n") == 1
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize(("example", "passed"), [(EXAMPLE, "2 passed"), (READER, "4 passed")])
def test_its_own_tests_run_with_our_kit(site: str, example: Path, passed: str) -> None:
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    path = os.pathsep.join(filter(None, (site, os.environ.get("PYTHONPATH"))))
    run = subprocess.run([*pytest_, example], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert passed in run.stdout


def test_the_reader_shown_is_the_example() -> None:
    page = (ROOT / "docs" / "readers.md").read_text(encoding="utf-8")
    code, _ = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    assert code in (READER / "paperround_reading_list.py").read_text(encoding="utf-8")
    (entry,) = re.findall(r"^```toml\n(.*?)^```$", page, re.M | re.S)
    assert entry in (READER / "pyproject.toml").read_text(encoding="utf-8")


def test_its_reader_reads_alone_and_beside_digests(site: str, tmp_path: Path) -> None:
    titles = done(paperround("export", "titles", LIST, PYTHONPATH=site)).splitlines()
    assert [line[:10] for line in titles] == ["2024-05-03", "2024-05-03", "2024-05-07"]
    folder = shutil.copytree(DIGESTS, tmp_path / "digests")
    shutil.copy(LIST, folder)
    both = done(paperround("export", "titles", folder, PYTHONPATH=site)).splitlines()
    assert len(both) > 40
    assert titles[2] in both


def test_a_reader_that_changes_makes_its_days_anew(site: str, tmp_path: Path) -> None:
    mine = shutil.copytree(site, tmp_path / "site")
    shutil.copy(LIST, tmp_path)
    command = ("build", LIST.name, DIGESTS, "-o", "public", "--format", "jsonl", "--format", "html")
    done(paperround(*command, cwd=tmp_path, PYTHONPATH=str(mine)))
    before = files(tmp_path / "public")
    code = mine / "paperround_reading_list.py"
    code.write_text(code.read_text(encoding="utf-8").replace("title=title", "title=title.upper()"), encoding="utf-8")
    done(paperround(*command, cwd=tmp_path, PYTHONPATH=str(mine)))
    after = files(tmp_path / "public")
    assert b"THE ANNOTATED TRANSFORMER" in after["issues/2024-05-07.html"]
    assert after["issues/2024-05-02.html"] == before["issues/2024-05-02.html"]


def test_its_reader_leaves_our_tables_alone(site: str, tmp_path: Path) -> None:
    done(paperround("export", "csv", DIGESTS, "-o", tmp_path / "papers.csv"))
    result = paperround("check", DIGESTS, tmp_path, PYTHONPATH=site)
    assert b"papers.csv passed over: no 'day,title,link,note' on its first line" in result.stdout
    assert result.returncode == 0


def test_a_reader_needs_at_most_twenty_five_lines() -> None:
    assert len((READER / "paperround_reading_list.py").read_text(encoding="utf-8").splitlines()) <= 26


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_the_configuration_names_needs_no_package(tmp_path: Path, jobs: str) -> None:
    """Workers load it, too, and its bytes are in the fingerprints."""
    (tmp_path / "config").mkdir()
    code = shutil.copy(READER / "paperround_reading_list.py", tmp_path / "config" / "mine.py")
    (tmp_path / "config" / "paperround.toml").write_text('readers = ["./mine.py"]\n')
    shutil.copy(LIST, tmp_path)
    command = ("build", LIST.name, DIGESTS, "-o", "public", "--config", "config/paperround.toml", "--jobs", jobs)
    done(paperround(*command, cwd=tmp_path))
    before = files(tmp_path / "public")
    assert b"The Annotated Transformer" in before["issues/2024-05-07.html"]
    assert paperround(*command, cwd=tmp_path).stderr.count(b" 0 files written") == 1
    text = Path(code).read_text(encoding="utf-8").replace("title=title", "title=title.upper()")
    Path(code).write_text(text, encoding="utf-8")
    done(paperround(*command, cwd=tmp_path))
    after = files(tmp_path / "public")
    assert b"THE ANNOTATED TRANSFORMER" in after["issues/2024-05-07.html"]
    assert after["issues/2024-05-02.html"] == before["issues/2024-05-02.html"]


def test_check_takes_it_from_the_folder_at_hand(tmp_path: Path) -> None:
    shutil.copy(READER / "paperround_reading_list.py", tmp_path / "mine.py")
    (tmp_path / "paperround.toml").write_text('readers = ["mine.py"]\n')
    shutil.copy(LIST, tmp_path)
    assert b"3 papers" in paperround("check", LIST.name, cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"mine.py"', "'readers' is expected to be a list of paths of Python files"),
        ('["gone.py"]', "readers: gone.py: no such file"),
        ('["none.py"]', "readers: none.py has no reader with endings: decorate one with @reader(…, endings=('.csv',))"),
        ('["broken.py"]', "readers: broken.py cannot be run: NameError: name 'x' is not defined"),
        ('["none.txt"]', "readers: none.txt is no Python file"),
    ],
)
def test_a_file_without_readers_is_a_clear_error(tmp_path: Path, value: str, message: str) -> None:
    (tmp_path / "paperround.toml").write_text(f"readers = {value}\n")
    (tmp_path / "none.py").write_text("x = 1\n")
    (tmp_path / "broken.py").write_text("x\n")
    (tmp_path / "none.txt").write_text("x\n")
    result = paperround("build", DIGESTS, "-o", "public", cwd=tmp_path)
    assert (result.returncode, result.stderr.decode()) == (2, f"paperround: paperround.toml: {message}\n")


def test_a_reader_that_is_none_is_a_clear_error(tmp_path: Path) -> None:
    metadata = tmp_path / "odd-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(
        "[paperround.readers]\nlost.odd = nowhere:read\nnone.even = json:loads\n"
    )
    for name, message in (("x.odd", "cannot be imported"), ("x.even", "is not a reader: decorate it with @reader")):
        (tmp_path / name).write_text("x")
        result = paperround("check", tmp_path / name, PYTHONPATH=str(tmp_path))
        assert (result.returncode, message in result.stderr.decode()) == (2, True)
        assert result.stderr.count(b"\n") == 1
    assert paperround("check", DIGESTS, PYTHONPATH=str(tmp_path)).returncode == 0
