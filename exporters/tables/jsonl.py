"""papers.jsonl: the typed model itself, for programs and for building elsewhere."""

from collections.abc import Iterator

from ...model import Issue
from ...model.jsonlines import line
from ..contract.format import Offer, Options, Output, Write, exporter

NAME = "papers.jsonl"


class JsonlOptions(Options):
    """JSON lines have no options: they are the model."""


@exporter(JsonlOptions, files=(Offer(NAME, "JSON Lines", "application/jsonl"),))
def export(options: JsonlOptions, output: Output) -> Iterator[Write]:
    """JSON lines: the typed model, one issue a line, oldest first; `paperround build` reads them back."""
    with output.binary(NAME) as file:

        def write(issue: Issue) -> None:
            file.write(line(issue) + b"\n")

        yield write
