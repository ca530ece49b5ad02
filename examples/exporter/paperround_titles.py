from collections.abc import Iterator

from paperround.exporters import Options, Output, Write, exporter


class TitlesOptions(Options):
    separator: str = "  "
    """What stands between the date and the title."""


@exporter(TitlesOptions, files=("titles.txt",))
def export(options: TitlesOptions, output: Output) -> Iterator[Write]:
    """Titles: a line of text for each paper, its date and its title as written."""
    with output.text("titles.txt") as file:
        yield lambda issue: file.writelines(f"{issue.date}{options.separator}{paper.title}\n" for paper in issue.papers)
