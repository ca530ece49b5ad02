"""CSV: our writer beside csv and pandas with the same cells."""

import csv
import io
from pathlib import Path

from paperround.exporters import load
from paperround.exporters.testing import run

from .contest import Contest, Contestant, Work
from .exporting import issues_of, ours


def rows(archive: Path) -> list[list[str]]:
    """Return the cells of our papers.csv."""
    text = run(load("csv"), issues_of(archive))["papers.csv"].decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def csv_writer(archive: Path) -> Work:
    cells = rows(archive)
    return lambda: csv.writer(io.StringIO(newline="")).writerows(cells)


def pandas(archive: Path) -> Work:
    from pandas import DataFrame

    head, *cells = rows(archive)
    return lambda: DataFrame(cells, columns=head).to_csv(index=False)


CONTESTS = (
    Contest(
        "CSV, one row a paper and issue",
        "Goal: at most 4 Y. Ours starts from the model, the others from finished cells.",
        (
            Contestant("paperround csv", ours("csv")),
            Contestant("csv.writer", csv_writer),
            Contestant("pandas", pandas),
        ),
    ),
)
