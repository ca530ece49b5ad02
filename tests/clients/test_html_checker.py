"""The Nu HTML checker, which is W3C's, finds nothing to say about any page of any fixture."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from paperround.exporters import Series
from paperround.exporters.html.render import STATIC
from paperround.model import read

from ..command import DIGESTS, ROOT
from ..exporters.html.html_cases import write_site
from .conftest import GOLDEN, REAL, missing, need
from .static_host import Host, served

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FIXTURES = sorted(path for path in GOLDEN.iterdir() if path.is_dir())
LANGUAGES = (None, "en", "fr")
JAVA = [
    "java",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xss4m",
    "-Dnu.validator.servlet.allow-forbidden-hosts=true",
]
INLINE = "info warning: Inline script violates Content Security Policy (meta tag)"
"""Said of a paper's data block too. HTML's "prepare the script element" ends before the policy where a type is no
script's, and tests/exporters/html/test_html.py finds no other script inline."""
CHECKER = [*JAVA, "-jar", JAR, "--stdout", "--format", "gnu"]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Serve the pages of every fixture: the checker holds them against their policy, which a disk has no origin for."""
    need("java")
    if not JAR.exists():
        missing("vnu-jar is not installed: tests/clients/install brings it")
    with served(tmp_path) as host:
        yield host


def test_every_page_is_without_errors_and_warnings(host: Host) -> None:
    for source in [*FIXTURES, DIGESTS] + [REAL] * REAL.is_dir():
        issues = list(read([source], lambda said: None))
        for language in LANGUAGES if source in (DIGESTS, GOLDEN / "hostile") else LANGUAGES[:1]:
            write_site(issues, host.folder / f"{source.name}-{language}", Series(language=language))
    write_site([], host.folder / "nothing", Series())
    pages = [path.relative_to(host.folder).as_posix() for path in sorted(host.folder.rglob("*.html"))]
    assert len(pages) > 5 * len(FIXTURES)
    said = check(*(f"{host.address}/{page}" for page in pages)).splitlines()
    assert [line for line in said if INLINE not in line] == []


def test_stylesheet_and_icon_are_without_errors_and_warnings() -> None:
    if not JAR.exists():
        missing("vnu-jar is not installed: tests/clients/install brings it")
    folder = ROOT / "exporters" / "html" / "static"
    assert {path.name for path in folder.iterdir()} == set(STATIC)
    assert check("--css", folder / "style.css") + check("--svg", folder / "icon.svg") == ""


def test_a_bad_page_is_told(host: Host) -> None:
    (host.folder / "bad.html").write_text("<!DOCTYPE html><title>Bad</title><p><li>", encoding="utf-8")
    assert "error" in check(f"{host.address}/bad.html")


def check(*arguments: str | Path) -> str:
    """Return what the checker says."""
    return subprocess.run([*CHECKER, *arguments], capture_output=True, text=True).stdout
