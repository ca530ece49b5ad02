"""CSV: a table with a row for every paper of every issue, from which the issues can be read back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from ...model import Author, Issue, Paper, Record
from ..contract.format import Offer, Options, Output, Write, exporter
from .summary_markdown import summary_markdown

COLUMNS = (
    "date",
    "position",
    "arxiv_id",
    "title",
    "url",
    "votes",
    "authors",
    "authors_complete",
    "authors_ordered",
    "media_kind",
    "media_url",
    "summary",
    "language",
    "issue_title",
    "path",
    "line",
    "record_title",
    "record_authors",
    "record_names",
    "record_categories",
    "record_abstract",
    "record_doi",
    "record_journal",
    "record_comment",
    "record_published",
    "record_updated",
    "group",
)
"""The header; columns are only ever added at its end."""

_NO_RECORD = ("",) * sum(column.startswith("record_") for column in COLUMNS)
_FORMULAS = tuple("=+-@\t\r＝＋－＠")
"""What makes spreadsheets run a cell as a formula; the wide forms do in East Asian locales (OWASP, CSV injection)."""
_SEPARATORS = str.maketrans({";": "；", "\t": " "})
"""What ends a cell, quoted or not, where a locale separates by semicolons or somebody chooses tabs.

What stands behind it would be a cell of its own, in the wrong column, and perhaps a formula.
"""


class CsvOptions(Options):
    """Options of the csv format."""

    dialect: Literal["plain", "excel"] = "plain"
    """"plain" keeps every value as it is; "excel" opens right in Excel and LibreOffice, which changes some cells."""


@exporter(CsvOptions, files=(Offer("papers.csv", "CSV", "text/csv"),))
def export(options: CsvOptions, output: Output) -> Iterator[Write]:
    """CSV table: a row for every paper of every issue."""
    rows = spreadsheet_rows if options.dialect == "excel" else plain_rows
    with output.text("papers.csv") as file:
        mark = "\ufeff" if options.dialect == "excel" else ""  # without it Excel reads in the machine's code page
        file.write(mark + _line(COLUMNS))

        def write(issue: Issue) -> None:
            file.write("".join([_line(row) for row in rows(issue)]))

        yield write


def plain_rows(issue: Issue) -> Iterator[Sequence[str]]:
    """Yield an issue's rows, every value as it is."""
    for position, paper in enumerate(issue.papers, 1):
        yield _row(issue, position, paper, "-")


def spreadsheet_rows(issue: Issue) -> Iterator[Sequence[str]]:
    """Yield an issue's rows as a spreadsheet keeps them: no cell a formula or two, no id a number."""
    for position, paper in enumerate(issue.papers, 1):
        row = _row(issue, position, paper, "•")
        parted = [cell.replace("; ", ";").translate(_SEPARATORS) for cell in row]
        guarded = [f"'{cell}" if cell.startswith(_FORMULAS) else cell for cell in parted]
        if paper.arxiv_id:
            guarded[2] = f"arXiv:{paper.arxiv_id}"  # 2405.01230 is a number to a spreadsheet, which drops its last 0
        yield guarded


def join(items: Iterable[str]) -> str:
    """Join a list into one cell: items separated by "; ", and `;` and `\\` inside an item behind a backslash."""
    return "; ".join(_behind_backslash(item, ";") for item in items)


def _line(row: Sequence[str]) -> str:
    """Return a row as RFC 4180 has it; twice as fast as the csv module, which looks at every letter."""
    # To look for each sign takes two thirds of the time of a regular expression.
    cells = [_quoted(cell) if "," in cell or '"' in cell or "\n" in cell or "\r" in cell else cell for cell in row]
    return ",".join(cells) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _row(issue: Issue, position: int, paper: Paper, bullet: str) -> tuple[str, ...]:
    return (
        issue.date.isoformat(),
        str(position),
        paper.arxiv_id or "",
        paper.title,
        paper.url or "",
        "" if paper.votes is None else str(paper.votes),
        join(paper.authors),
        _truth(paper.authors_complete),
        _truth(paper.authors_ordered),
        paper.media.kind if paper.media else "",
        paper.media.url if paper.media else "",
        summary_markdown(paper.summary, bullet),
        issue.language,
        issue.title,
        paper.path,
        str(paper.line),
        *(_record(paper.record) if paper.record else _NO_RECORD),
        paper.group or "",
    )


def _record(record: Record) -> tuple[str, ...]:
    return (
        record.title,
        join(author.name for author in record.authors),
        _names(record.authors),
        join(record.categories),
        record.abstract or "",
        record.doi or "",
        record.journal_ref or "",
        record.comment or "",
        record.published.isoformat() if record.published else "",
        record.updated.isoformat() if record.updated else "",
    )


def _names(authors: tuple[Author, ...]) -> str:
    """Join the parts of names, "Family|Given|Suffix|corporate" each, an empty item where there are none."""
    known = any(author.family or author.given or author.suffix or author.corporate for author in authors)
    return join(map(_parts, authors)) if known else ""


def _parts(author: Author) -> str:
    parts = (author.family, author.given, author.suffix, "corporate" if author.corporate else None)
    return "|".join(_behind_backslash(part or "", "|") for part in parts)


def _behind_backslash(text: str, separator: str) -> str:
    return (
        text.replace("\\", "\\\\").replace(separator, f"\\{separator}") if separator in text or "\\" in text else text
    )


def _truth(value: bool) -> str:
    return "true" if value else "false"
