"""What may never change by accident: the ids, keys, names and dates of what the examples publish.

A reader shows an entry again when its id or date moves, a `\\cite` breaks when a key does, a bookmark when a name does.
`--update-golden` rewrites tests/golden/permanent; a change there is one that the CHANGELOG has to announce.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from .command import done, paperround
from .sharing import made_once

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).parent / "golden" / "permanent"
CONFIGURATION = """
[[select]]
name = "clocks"
keywords = ["clocks"]
"""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the examples, and a selection of them beside, with every format's defaults."""
    return made_once(tmp_path_factory, "permanent", publish) / "out"


def publish(folder: Path) -> None:
    config = folder / "paperround.toml"
    config.write_text((ROOT / "examples" / "paperround.toml").read_text(encoding="utf-8") + CONFIGURATION, "utf-8")
    done(paperround("build", ROOT / "examples" / "digests", "--config", config, "-o", folder / "out"))


def names(folder: Path) -> Iterator[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    yield from sorted(path.as_posix() for path in paths if not path.name.startswith("."))


def entries(folder: Path) -> Iterator[str]:
    """Yield ids and dates of Atom and OPDS documents and of their entries."""
    for path in sorted((*folder.rglob("*.atom"), *folder.rglob("*.xml"))):
        yield path.relative_to(folder).as_posix()
        for element in etree.parse(path).iter("{*}id", "{*}published", "{*}updated"):
            yield f"  {etree.QName(element).localname} {element.text}"


def guids(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.rss")):
        yield path.relative_to(folder).as_posix()
        for element in etree.parse(path).iter("guid", "pubDate"):
            yield f"  {element.tag} {element.text}"


def items(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("**/feeds/*.json")):
        yield path.relative_to(folder).as_posix()
        for item in json.loads(path.read_bytes())["items"]:
            yield f"  {item['id']} {item['date_published']}"


def keys(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("papers*.bib")):
        yield path.relative_to(folder).as_posix()
        yield from (f"  {key}" for key in re.findall(r"^@\w+\{([^,]+),", path.read_text(encoding="utf-8"), re.M))
    for path in sorted(folder.rglob("papers.csl.json")):
        yield path.relative_to(folder).as_posix()
        yield from (f"  {entry['id']}" for entry in json.loads(path.read_bytes()))


def books(folder: Path) -> Iterator[str]:
    """Yield identifiers, dates and places in series of books, and the names of their pages."""
    for path in sorted(folder.rglob("*.epub")):
        yield path.relative_to(folder).as_posix()
        with zipfile.ZipFile(path) as book:
            package = etree.fromstring(book.read(next(name for name in book.namelist() if name.endswith(".opf"))))
            for element in package.iter("{*}identifier", "{*}date"):
                yield f"  {etree.QName(element).localname} {element.text}"
            for element in package.iter("{*}meta"):
                if element.get("property") in ("dcterms:modified", "group-position", "belongs-to-collection"):
                    yield f"  {element.get('property')} {element.text}"
            yield from (f"  {name}" for name in sorted(book.namelist()) if name.endswith("xhtml"))


@pytest.mark.parametrize("tell", [names, entries, guids, items, keys, books], ids=lambda tell: tell.__name__)
def test_nothing_permanent_has_changed(
    tell: Callable[[Path], Iterator[str]], published: Path, request: pytest.FixtureRequest
) -> None:
    kept = KEPT / f"{tell.__name__}.txt"
    now = list(tell(published))
    if request.config.getoption("--update-golden"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
    before = kept.read_text(encoding="utf-8").splitlines()
    gone = [line for line in before if line not in now]
    assert not gone, f"readers know what is gone: {gone[:5]}"
    assert now == before, "new names and ids are for ever: write them down with --update-golden"
