from collections.abc import Iterator

from paperround.exporters import Options, Output, Write, exporter


class TitlesOptions(Options):
    min_votes: int = 0
    """Leave out papers with fewer votes than this."""


@exporter(TitlesOptions, files=("titles.txt",))
def export(options: TitlesOptions, output: Output) -> Iterator[Write]:
    """Titles: a line of text for each paper, its date and its title as written."""
    with output.text("titles.txt") as file:
        yield lambda issue: file.writelines(
            f"{issue.date}  {paper.title}\n" for paper in issue.papers if (paper.votes or 0) >= options.min_votes
        )
