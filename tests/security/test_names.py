"""No date, slug, title, format or link makes us write outside of the folder that we were given."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.exporters import BoundExporter, Options, Output, Series, Write, bind, exporter, names, part_of
from paperround.exporters.contract.parts import name_pattern
from paperround.model import OutputError, Source
from paperround.publish import Job, Selection, Span, build, export, find
from paperround.publish.build.folder import Folder, is_safe
from pydantic import ValidationError

from ..command import done, files, paperround

DIGEST = "## Daily Papers (2024-05-03)\n\n### [{0}](https://example.org/{1})\n\n- {0}\n"
EVIL = ["..", ".", "/", "\\", "\0", "\n", "a/../..", "/etc/passwd", "C:\\x", "~", "con", "-rf", "%2e%2e", "․․", "．．/"]
odd = st.lists(st.sampled_from([*EVIL, "a", "0", "-", "{part}", "{series}"]), min_size=1, max_size=5).map("".join)


@given(odd | st.text())
def test_a_slug_is_one_word(text: str) -> None:
    for kind, key in ((Series, "id"), (Selection, "name")):
        try:
            value = getattr(kind.model_validate({key: text}), key)
        except ValidationError:
            continue
        assert value.isascii()
        assert not set(value) & set("./\\~% \n\0")


@given(st.dates(), st.sampled_from(["day", "week", "month"]))
def test_a_part_is_a_date(date: datetime.date, period: str) -> None:
    part = part_of(period, date)  # type: ignore[arg-type]
    assert set(part) <= set("0123456789-W")


@given(st.from_regex(r"[a-z0-9]+(?:-[a-z0-9]+)*", fullmatch=True), st.dates())
def test_every_declared_name_is_safe(series: str, date: datetime.date) -> None:
    for format_name in names():
        bound = bind(format_name, {})
        for pattern in bound.files:
            for part in bound.parts(date):
                name = pattern.replace("{series}", series).replace("{name}", "2405.01535")
                assert is_safe(name.replace("{part}", part) if part else "x")


@given(odd | st.text())
def test_a_name_that_is_safe_stays_inside(name: str) -> None:
    if is_safe(name):
        assert not Path(name).is_absolute()
        assert os.path.normpath(f"/root/{name}") == f"/root/{name}"
        assert not any(part.startswith(".") for part in name.split("/"))
    else:
        with pytest.raises(ValueError, match="not a name"):
            Folder(Path("/nowhere")).path(name)


@given(odd | st.text(max_size=20))
def test_a_declared_pattern_matches_nothing_outside(name: str) -> None:
    for pattern in ("{part}.txt", "feeds/{series}-{part}.xml", "{part}/x"):
        if name_pattern(pattern, "daily-papers").fullmatch(name):
            assert ".." not in Path(name).parts
            assert not name.startswith("/")


class _Named(Options):
    name: str = ""


@pytest.mark.parametrize("name", ["../out.txt", "/tmp/out.txt", "a/../../out.txt", ".hidden", "x\0y", "", "."])  # noqa: S108
def test_a_format_cannot_write_outside_even_if_it_declares_so(name: str, tmp_path: Path) -> None:
    @exporter(_Named, files=(name or "x",))
    def bad(options: _Named, output: Output) -> Iterator[Write]:
        """Write where it should not."""
        with output.text(name) as file:
            file.write("x")
        yield lambda issue: None

    with pytest.raises(ValueError, match=r"not a name for a published file|not among the files"):
        export(job(tmp_path, bad.bind("bad", {})), tmp_path / "folder" / "out")
    assert [path for path in files(tmp_path) if path != "in.md"] == []


@pytest.mark.parametrize(
    "title", ["../../evil", "/etc/passwd", "a\\b", "$(touch evil)", "`touch evil`", "CON", "\u202egnp"]
)
def test_a_title_names_no_file(title: str, tmp_path: Path) -> None:
    (tmp_path / "in.md").write_text(DIGEST.format(title, "x"), encoding="utf-8")
    (tmp_path / "plain.md").write_text(DIGEST.format("Plain", "x"), encoding="utf-8")
    build(job(tmp_path, bind("epub", {}), bind("csv", {})), tmp_path / "out")
    assert {name for name in files(tmp_path / "out") if not name.startswith(".")} == {
        "epub/daily-papers-2024-05-03.epub",
        "epub/daily-papers-2024-05-03.jpg",
        "epub/daily-papers-2024-05-03-thumbnail.jpg",
        "papers.csv",
    }


# ------------------------------------------------------------------------------------------------ links in the folder


def test_a_link_in_the_place_of_a_file_is_a_stranger_s_and_never_followed(tmp_path: Path) -> None:
    """Neither for the file nor for the temporary one beside it."""
    (tmp_path / "in.md").write_text(DIGEST.format("Title", "x"), encoding="utf-8")
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    for name in (
        "papers.csv",
        ".papers.csv.tmp",
        ".paperround.json",
        "..paperround.json.tmp",
        ".papers.bib.tmp",
        ".paperround.journal",
    ):
        (out / name).symlink_to(tmp_path / "mine")
    assert paperround("build", "in.md", "-o", "out", cwd=tmp_path).returncode == 2
    assert (out / "papers.csv").is_symlink()
    done(paperround("build", "in.md", "-o", "out", "--adopt", cwd=tmp_path))
    assert (tmp_path / "mine").read_text() == "mine"
    assert not (out / "papers.csv").is_symlink()
    assert (out / "papers.csv").read_bytes().startswith(b"date,")
    done(paperround("export", "csv", "in.md", "-o", "out/alone.csv", cwd=tmp_path))
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_file_that_is_exported_alone_follows_no_link_beside_it(tmp_path: Path) -> None:
    (tmp_path / "in.md").write_text(DIGEST.format("Title", "x"), encoding="utf-8")
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / ".papers.csv.tmp").symlink_to("mine")
    done(paperround("export", "csv", "in.md", "-o", "papers.csv", cwd=tmp_path))
    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "papers.csv").read_bytes().startswith(b"date,")


def test_a_folder_that_is_a_link_is_the_owner_s_wish(tmp_path: Path) -> None:
    """Books may lie on another disk; who can lay links into the folder can write it anyway."""
    (tmp_path / "in.md").write_text(DIGEST.format("Title", "x"), encoding="utf-8")
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "epub").symlink_to(tmp_path / "disk")
    done(paperround("build", "in.md", "-o", "out", cwd=tmp_path))
    assert (tmp_path / "disk" / "daily-papers-2024-05-03.epub").exists()


def test_a_link_in_a_circle_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "in.md").write_text(DIGEST.format("Title", "x"), encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "epub").symlink_to("epub")
    with pytest.raises(OutputError, match="cannot write epub/"):
        build(job(tmp_path, bind("epub", {})), tmp_path / "out")


def job(folder: Path, *formats: BoundExporter) -> Job:
    if not (folder / "in.md").exists():
        (folder / "in.md").write_text(DIGEST.format("Title", "x"), encoding="utf-8")
    found = find([Source(folder / "in.md", "in.md")], Span(), print)
    return Job(found, formats, Series(), lambda said: None, lambda at, total: None)
