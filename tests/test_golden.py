"""Every format of every fixture: a fixture is a folder, what it should give stands in its `expected` folder.

A fixture under tests/golden/digests or tests/golden/diagnostics holds digests in any arrangement, and perhaps a
papers.jsonl that is a source, too, and an arxiv.jsonl with records of the papers. `earlier/` in it is published
first, into the same folder. `limit`, `papers-limit` and `feed-limit` hold smaller limits for documents, issues and
feeds, `series.json` another series, `options.json` the options of formats, `select.json` selections, `cache/` what
is known of pictures, `previous` names a folder that is taken over. What is read (papers.jsonl) and what is told
(diagnostics.txt) is kept for every fixture, the files of every format for the few that cover what formats can do.
Nothing here knows a format: text is compared as it is, an archive by a listing.
"""

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from paperround.cli import show
from paperround.exporters import Series, bind, names
from paperround.exporters.epub import content
from paperround.exporters.feeds import parts as feeds
from paperround.model import Code, Diagnostic, Source, limits
from paperround.publish import Job, Pictures, Policy, Selection, Span, Stream, build, find

from .comparison import difference

GOLDEN = Path(__file__).parent / "golden"
SAME = (".css", ".js", ".svg", "search.html")
"""Ends of the names of files that hardly any input changes: it is enough that they are there."""
LIMITS = (
    ("limit", limits, "LARGEST_DOCUMENT"),
    ("kindle-limit", content, "KINDLE_MOST"),
    ("papers-limit", limits, "MOST_PAPERS"),
    ("feed-limit", feeds, "SIZE_LIMIT"),
)
EVERY_FORMAT = {
    "chinese",
    "english",
    "hostile",
    "inline-markdown",
    "japanese",
    "mathematics",
    "month-and-year-boundary",
    "nested-points",
    "video-tag",
    "with-records",
}
"""Fixtures that keep the files of every format: languages, escaping, mathematics, periods, media, records."""
OTHERS = ("series.json", "options.json", "select.json", "cache", "previous", "published", "strangers")
CASES = sorted(path for kind in ("digests", "diagnostics") for path in (GOLDEN / kind).iterdir() if path.is_dir())
SERIES = Series.model_validate(
    {
        "title": "데일리 페이퍼",
        "base_url": "https://example.org/papers",
        "utc_offset": "+09:00",
        "publisher": "Example Readers",
        "rights": "Summaries under CC BY 4.0.",
        "icon": "https://example.org/icon.png",
        "logo": "https://example.org/logo.png",
    }
)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixture_gives_what_is_expected(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    for name, module, constant in LIMITS:
        if (case / name).exists():
            monkeypatch.setattr(module, constant, int((case / name).read_text()))
    given = publish(case, tmp_path)
    if case.name not in EVERY_FORMAT:
        given = {name: text for name, text in given.items() if name in ("diagnostics.txt", "papers.jsonl")}
    expected = case / "expected"
    if request.config.getoption("--update-golden"):
        rewrite(expected, given)
    if shown := difference(read(expected), given):
        pytest.fail(shown, pytrace=False)


def test_every_code_has_a_fixture_that_shows_it() -> None:
    for code in Code:
        said = GOLDEN / "diagnostics" / code.word / "expected" / "diagnostics.txt"
        assert said.exists(), f"no tests/golden/diagnostics/{code.word}"
        assert any(f" {code.word} " in f" {line} " for line in said.read_text().splitlines()), said


def publish(case: Path, root: Path) -> dict[str, str]:
    """Build a fixture with every format; return its files as text, and its diagnostics."""
    said: list[str] = []
    series = SERIES
    if (case / "series.json").exists():
        series = Series.model_validate_json((case / "series.json").read_bytes())

    options = json.loads((case / "options.json").read_bytes()) if (case / "options.json").exists() else {}

    given = case / "previous"
    previous = str(case / given.read_text().strip()) if given.exists() else None

    tables = json.loads((case / "select.json").read_bytes()) if (case / "select.json").exists() else []
    chosen = [Selection.model_validate(table) for table in tables]
    selections = [
        Stream(each.placed(series), tuple(bind(name, {}) for name in each.formats), each.criteria) for each in chosen
    ]

    def report(diagnostic: Diagnostic) -> None:
        said.append(show.text(diagnostic))

    def run(folder: Path) -> None:
        given = [Source(folder, ""), *(Source(path, path.name) for path in folder.glob("papers.jsonl"))]
        found = find(given, Span(), report)
        arxiv = folder / "arxiv.jsonl"
        records = arxiv if arxiv.exists() else None
        formats = [bind(name, options.get(name, {})) for name in names()]
        pictures = Pictures(case / "cache")
        job = Job(
            found,
            formats,
            series,
            report,
            lambda done, total: None,
            selections=selections,
            metadata=records,
            pictures=pictures,
        )
        build(job, root / "out", Policy(previous=previous))

    if (case / "strangers").is_dir():
        shutil.copytree(case / "strangers", root / "out")
    if (case / "earlier").is_dir():
        run(case / "earlier")
    inputs = root / "in"
    ours = ("expected", "earlier", *(name for name, _, _ in LIMITS), *OTHERS)
    shutil.copytree(case, inputs, symlinks=True, ignore=shutil.ignore_patterns(*ours))
    run(inputs)
    files = without_sizes(root / "out") if (root / "out").exists() else {}
    shown = "".join(f"{line.replace(f'{inputs}/', '').replace(f'{case}/', '')}\n" for line in dict.fromkeys(said))
    return files | ({"diagnostics.txt": shown} if shown else {})


def read(folder: Path) -> dict[str, str]:
    """Return the files below a folder as text, without our own dot files."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    found: dict[str, str] = {}
    for path in paths:
        data = path.read_bytes()
        ending = ".listing" if zipfile.is_zipfile(io.BytesIO(data)) else ""
        found[path.relative_to(folder).as_posix() + ending] = "" if path.name.endswith(SAME) else as_text(data)
    return found


def without_sizes(folder: Path) -> dict[str, str]:
    """Return published files as text, but for the lengths of compressed ones: those vary with the compressor."""
    paths = [path for path in folder.rglob("*") if path.suffix in (".epub", ".jpg")]
    sizes = {str(path.stat().st_size): f"(length of {path.name})" for path in sorted(paths)}
    files = read(folder)
    if not sizes:
        return files
    length = re.compile(rf"\b(?:{'|'.join(sizes)})\b")
    return {name: length.sub(lambda match: sizes[match[0]], text) for name, text in files.items()}


def as_text(data: bytes) -> str:
    """Return text as it is, an archive as its members one after another, anything else as its kind."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(entry, as_text(archive.read(entry))) for entry in archive.infolist()]
        return "".join(f"==== {entry.filename} ({entry.compress_type})\n{text}\n" for entry, text in members)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return f"binary, starts with {data[:3].hex()}"


def rewrite(folder: Path, files: dict[str, str]) -> None:
    """Make a folder hold exactly these files."""
    if folder.exists():
        shutil.rmtree(folder)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
