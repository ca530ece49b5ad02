"""DAISY Ace, which opens every page in a browser, finds no violation of accessibility in any kind of book."""

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from paperround.model import read

from .books import IMAGES, write_books
from .conftest import GOLDEN, missing, need

ACE = Path(__file__).with_name("node_modules") / "@daisy" / "ace-cli" / "bin" / "ace.js"
CASES = ("mathematics", "english", "japanese", "chinese", "long-title", "hostile")
PARTS = ("2024-07-23", "2024-W20", "2024-05")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write every kind of book of a few issues, in four languages, with mathematics and with text like HTML."""
    for program in ("node", "chromium"):
        need(program)
    if not ACE.exists():
        missing("Ace is not installed: tests/clients/install brings it")
    folder = tmp_path_factory.mktemp("books")
    write_books(read([GOLDEN / case for case in CASES], lambda said: None), folder)
    return folder


@pytest.mark.parametrize("ending", ["", "-kindle"])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("images", IMAGES)
def test_a_book_is_without_violations(books: Path, tmp_path: Path, images: str, part: str, ending: str) -> None:
    book = books / images / f"daily-papers-{part}{ending}.epub"
    report = checked(book, tmp_path)
    assert violations(report) == []
    assert pages(book) <= {said["earl:testSubject"]["url"].rpartition("/")[2] for said in report["assertions"]}
    assert len(report["data"].get("images", [])) == pictures(book) - bool(ending)  # a Kindle file's cover is on no page


def test_what_is_wrong_is_told(books: Path, tmp_path: Path) -> None:
    book = tmp_path / "bad.epub"
    with zipfile.ZipFile(books / "embed" / "daily-papers-2024-07-23.epub") as good, zipfile.ZipFile(book, "w") as bad:
        for member in good.infolist():
            bad.writestr(member, good.read(member).replace(b" alt=", b" data-was="))
    assert ("20240723-01.xhtml", "image-alt") in violations(checked(book, tmp_path))


def checked(book: Path, folder: Path) -> dict[str, Any]:
    """Return Ace's report on a book."""
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": need("chromium")}
    command = ["node", ACE, "--silent", "--force", "--outdir", folder, book]
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (folder / "report.json").exists(), run.stdout + run.stderr
    report: dict[str, Any] = json.loads((folder / "report.json").read_bytes())
    return report


def violations(report: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the page and the rule of everything that failed."""
    return [
        (page["earl:testSubject"]["url"], found["earl:test"]["dct:title"])
        for page in report["assertions"]
        for found in page["assertions"]
        if found["earl:result"]["earl:outcome"] == "fail"
    ]


def pages(book: Path) -> set[str]:
    with zipfile.ZipFile(book) as archive:
        return {Path(name).name for name in archive.namelist() if name.endswith((".xhtml", ".opf"))}


def pictures(book: Path) -> int:
    with zipfile.ZipFile(book) as archive:
        return sum(name.endswith(".jpg") for name in archive.namelist())
