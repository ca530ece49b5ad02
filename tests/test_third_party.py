"""Somebody else's exporter, installed with pip, is a format like ours; and our packages used as a library."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .command import DIGESTS, ROOT, done, files, paperround

EXAMPLE = ROOT / "examples" / "exporter"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Install the example where only a PYTHONPATH finds it."""
    folder = tmp_path_factory.mktemp("third-party")
    copy = shutil.copytree(EXAMPLE, folder / "exporter")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", folder / "site", copy], check=True)
    return str(folder / "site")


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


def test_its_own_tests_run_with_our_kit(site: str) -> None:
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    run = subprocess.run([*pytest_, EXAMPLE], env={**os.environ, "PYTHONPATH": site}, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert "2 passed" in run.stdout


def test_library_use() -> None:
    script = ROOT / "examples" / "library.py"
    run = subprocess.run([sys.executable, script, DIGESTS], capture_output=True, check=True)
    whole = paperround("export", "bibtex", DIGESTS)
    assert 0 < run.stdout.count(b"\n@") + run.stdout.startswith(b"@") < whole.stdout.count(b"\n@")
