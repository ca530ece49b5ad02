"""Hostile values in every field of what arXiv says: in its answers and in its snapshot."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from paperround.model import Diagnostic, UsageError
from paperround.publish.records.snapshot import gather

from ...fuzz.targets import answer
from ...model.test_hostile_fields import RARELY, check, texts, values
from .test_snapshot import line, plain

ANSWER = (Path(__file__).parents[2] / "fuzz" / "seeds" / "arxiv" / "today.atom").read_text(encoding="utf-8")
PLACES = [found.span(1) for found in re.finditer(r'(?:>|(?:term|href|rel|scheme)=")([^<>"\n]+)', ANSWER)]
FIELDS = (
    "id",
    "authors",
    "authors_parsed",
    "title",
    "comments",
    "journal-ref",
    "doi",
    "categories",
    "abstract",
    "versions",
)


@pytest.mark.parametrize("place", PLACES)
@RARELY
@given(text=texts)
def test_an_answer(place: tuple[int, int], text: str) -> None:
    """Whatever stands in an element or an attribute, the answer is read or one line says why not."""
    start, end = place
    written = ANSWER[:start] + escape(text, {'"': "&quot;"}) + ANSWER[end:]
    answer(written.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("field", FIELDS)
@RARELY
@given(value=values)
def test_a_line_of_the_snapshot(field: str, value: object) -> None:
    said: list[Diagnostic] = []
    with TemporaryDirectory(prefix="paperround-") as folder:
        path = Path(folder, "snapshot")
        plain(path, line("2405.00009") + line("2405.00001", **{field: value}) + line("2405.00002"))
        (found,) = gather(path, ["2405.00001", "2405.00002"], said.append)
    check(said)
    assert found["2405.00002"]
    if field not in ("id", "title", "authors", "authors_parsed"):
        assert found["2405.00001"]
        assert found["2405.00001"].title == "Paper 2405.00001"


@pytest.mark.parametrize("field", FIELDS)
@RARELY
@given(value=values)
def test_the_first_line_of_the_snapshot(field: str, value: object) -> None:
    """The first line may say that the file is no snapshot, in one line."""
    said: list[Diagnostic] = []
    with TemporaryDirectory(prefix="paperround-") as folder:
        path = Path(folder, "snapshot")
        plain(path, line("2405.00001", **{field: value}) + line("2405.00002"))
        try:
            (found,) = gather(path, ["2405.00002"], said.append)
            assert found["2405.00002"]
        except UsageError as error:
            complaint = str(error)
        else:
            complaint = "none"
    assert len(complaint.splitlines()) == 1
    check(said)
