"""Runs the contests on a generated archive of 357 issues and writes the table of docs/benchmarks.md."""

import importlib
import sys
import tempfile
from pathlib import Path

from .archive import ISSUES, make
from .contest import Contest, measure

MODULES = ("parsing", "feeds", "books", "pages", "bibliography", "tables", "everything", "startup")
TABLE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_START, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def main(names: list[str]) -> None:
    """Measure the named modules, all of them for none; only a run of all rewrites the table."""
    with tempfile.TemporaryDirectory(prefix="paperround-bench-") as folder:
        archive = Path(folder, "digests")
        make(archive)
        tables = [table(module, archive) for module in names or MODULES]
    if not names:
        before, _, rest = TABLE.read_text(encoding="utf-8").partition(_START)
        after = rest.partition(_END)[2]
        TABLE.write_text(f"{before}{_START}\n{''.join(tables)}{_END}{after}", encoding="utf-8")


def table(name: str, archive: Path) -> str:
    """Measure the contests of a module, print each line as it comes, and return their tables in Markdown.

    A module whose measure is another one has a `table` of its own.
    """
    module = f"benchmarks.{name}"
    imported = importlib.import_module(module)
    if hasattr(imported, "table"):
        return str(imported.table(archive))
    contests: tuple[Contest, ...] = imported.CONTESTS
    text = ""
    for number, contest in enumerate(contests):
        rows = [f"### {contest.title}\n", f"{contest.goal}\n", "| | × Y | × ours | peak MB |", "|---|--:|--:|--:|"]
        ours = 0.0
        for place, contestant in enumerate(contest.contestants):
            figures = measure(module, number, place, archive)
            ours = ours or figures.ratio
            sample = "" if contestant.share == 1 else f" (from {contestant.share * ISSUES:.0f} issues)"
            measured = f"{figures.ratio:.1f} | {figures.ratio / ours:.2f} | {figures.megabytes:.0f}"
            rows.append(f"| {contestant.name}{sample} | {measured} |")
            print(rows[-1], flush=True)
        text += "\n".join(rows) + "\n\n"
    return text


if __name__ == "__main__":
    main(sys.argv[1:])
