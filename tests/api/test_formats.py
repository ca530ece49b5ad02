"""`paperround.export`: files by name, and errors that name the option."""

import datetime

import paperround
import pytest
from paperround.exporters import Series
from paperround.model import Issue, Paper, UsageError

ISSUES = [
    Issue(date=datetime.date(2024, 5, day), title="Daily", language="en", papers=(Paper(title=f"Title {day}"),))
    for day in (3, 4)
]


def test_one_file_is_a_dictionary_too() -> None:
    (name,) = files = paperround.export("bibtex", ISSUES)
    assert name == "papers.bib"
    assert files[name].count(b"@misc{") == 2


def test_parts_are_files() -> None:
    names = [name for name in paperround.export("epub", iter(ISSUES)) if name.endswith(".epub")]
    assert names == ["epub/daily-papers-2024-05-03.epub", "epub/daily-papers-2024-05-04.epub"]


@pytest.mark.parametrize("series", [{"title": "A Gazette"}, Series(title="A Gazette")])
def test_the_series_is_values_or_its_keys(series: Series | dict[str, object]) -> None:
    assert b"<title>A Gazette" in paperround.export("atom", ISSUES, series)["feeds/papers.atom"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"perod": "day"}, "bibtex has no option 'perod'; did you mean 'period'?"),
        ({"period": "year"}, "bibtex: period: "),
        ({"series": {"titel": "A Gazette"}}, "series has no option 'titel'; did you mean 'title'?"),
        ({"series": {"utc_offset": "Seoul"}}, "series: utc_offset: "),
    ],
)
def test_a_wrong_option_is_an_error_of_ours_that_names_it(options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        paperround.export("bibtex", ISSUES, **options)  # type: ignore[arg-type]
    assert str(raised.value).startswith(message)


def test_an_unknown_format_is_an_error_of_ours() -> None:
    with pytest.raises(UsageError, match="there is no format 'bibtx'; did you mean 'bibtex'"):
        paperround.export("bibtx", ISSUES)
