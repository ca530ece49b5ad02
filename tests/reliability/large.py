"""Measure what the largest inputs cost: `python -m tests.reliability.large [--megabytes N] [KIND...]`.

A document of 32 MB of each kind goes through `check` and `build`, each in a process of its own. Whatever stands in it,
that may take 200 MB and 20 seconds of CPU time; it ends with an exit status that we know and without a traceback.
CPU time is measured because a busy machine stretches the other one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paperround.model.limits import LARGEST_DOCUMENT

MEGABYTE = 1024 * 1024
MOST_MEMORY = 200
"""In megabytes, at the peak."""
MOST_SECONDS = 20.0
PAPERROUND = Path(sys.executable).with_name("paperround")

DIGEST = "## Daily Papers (2024-05-03)\n\n### [A paper](https://arxiv.org/abs/2405.00001)\n\n"
ISSUE = '"date":"{}","title":"Papers","language":"en","papers":[{{"title":"A paper"}}]}}\n'
PAPER = '{{"title":"Paper {0}","arxiv_id":"24{1:02}.{2:05}","date":"2024-05-{3:02}"}}'


@dataclass(frozen=True)
class Kind:
    """A way to fill a document: its name, what stands first, what is repeated, what stands last."""

    file: str
    head: str
    piece: str | Callable[[int], str]
    tail: str = ""

    def pieces(self, size: int) -> Iterator[str]:
        """Yield texts of about so many bytes together, and no more."""
        yield self.head
        left = size - len(self.head.encode()) - len(self.tail.encode())
        number = 0
        while True:
            many = 1 if callable(self.piece) else max(1, 4096 // len(self.piece))
            text = self.piece(number) if callable(self.piece) else self.piece * many
            length = len(text.encode())
            if length > left:
                break
            yield text
            left -= length
            number += 1
        yield self.tail


def _paper(number: int) -> str:
    comma = "," if number else ""
    return comma + PAPER.format(number, number // 99_999 % 12 + 1, number % 99_999, number % 28 + 1)


def _day(number: int) -> str:
    return f"{1000 + number // 336 % 9000}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


KINDS = {
    "html-blocks": Kind("a.md", DIGEST, "<div>\n<p>x</p>\n</div>\n\n"),
    "html-line": Kind("a.md", DIGEST, "<b>x</b>"),
    "html-table": Kind("a.md", DIGEST + "<table>\n", "<tr><td>x</td></tr>\n"),
    "comments": Kind("a.md", DIGEST, "<!-- x -->\n\n"),
    "brackets": Kind("a.md", DIGEST, "["),
    "bracket-lines": Kind("a.md", DIGEST, "[[[[]]]]\n"),
    "links-in-a-line": Kind("a.md", DIGEST, "[x](http://a.b/) "),
    "papers-in-a-line": Kind("a.md", DIGEST, "[x](https://arxiv.org/abs/2405.00001) "),
    "definitions": Kind("a.md", DIGEST, lambda number: f"[{number}]: http://a.b/{number}\n"),
    "fences": Kind("a.md", DIGEST, "```\nx\n```\n"),
    "open-fences": Kind("a.md", DIGEST, "~~~\n"),
    "quotes": Kind("a.md", DIGEST, ">" * 60 + " x\n"),
    "quote-signs": Kind("a.md", DIGEST, "> "),
    "headings": Kind("a.md", "", "# x\n"),
    "paper-headings": Kind("a.md", DIGEST, lambda at: f"### [x](https://arxiv.org/abs/2405.{at % 99_999:05})\n"),
    "dated-headings": Kind("a.md", "", lambda number: f"## Daily Papers ({_day(number)})\n\n### [x](http://a.b)\n\n"),
    "long-table": Kind("a.md", "## 2024-05-03\n\n|Title|Link|\n|-|-|\n", "|x|http://arxiv.org/abs/2405.00001|\n"),
    "wide-table": Kind("a.md", "## 2024-05-03\n\n", "|"),
    "list": Kind("a.md", DIGEST, "- x\n"),
    "nested-list": Kind("a.md", DIGEST, "".join(f"{'  ' * depth}- x\n" for depth in range(40))),
    "numbered-papers": Kind("a.md", "## 2024-05-03\n\n", "1. [x](https://arxiv.org/abs/2405.00001)\n"),
    "emphasis": Kind("a.md", DIGEST, "*x* "),
    "stars": Kind("a.md", DIGEST, "*"),
    "backticks": Kind("a.md", DIGEST, "` "),
    "mathematics": Kind("a.md", DIGEST, r"$\frac{x}{y}$ "),
    "entities": Kind("a.md", DIGEST, "&amp;"),
    "authors": Kind("a.md", DIGEST + "Authors: ", lambda number: f"Ada Q{'abcdefghij'[number % 10]}, "),
    "damaged": Kind("a.md", DIGEST, "\bf\tx\x0cy\x92"),
    "blank": Kind("a.md", DIGEST, "\n"),
    "spaces": Kind("a.md", DIGEST, " "),
    "nul": Kind("a.md", DIGEST, "\x00"),
    "hangul": Kind("a.md", DIGEST, "요약입니다 "),
    "front-matter": Kind("a.md", "---\ntitle: x\ndate: 2024-05-03\nid: 2405.00001\n---\n", "Some words of a page.\n"),
    "long-front-matter": Kind("a.md", "---\ntitle: x\n", "key: value\n", "---\n"),
    "text": Kind("a.txt", DIGEST, "Some words, and a few more of them.\n"),
    "plain-text": Kind("a.txt", "", "Some words, and a few more of them.\n"),
    "json-papers": Kind("a.json", "[", _paper, "]"),
    "json-brackets": Kind("a.json", "", "["),
    "json-empty-lists": Kind("a.json", "[", "[],", "[]]"),
    "json-text": Kind("a.json", '[{"title":"', "x", '","id":"2405.00001","date":"2024-05-03"}]'),
    "json-lines": Kind("a.jsonl", "", lambda number: _paper(number).strip(",") + "\n"),
    "daily-papers": Kind(
        "a.json", "[", '{"paper":{"id":"2405.00001","title":"x","submittedOnDailyAt":"2024-05-03"}},', "{}]"
    ),
    "issues": Kind("papers.jsonl", "", lambda number: '{"schema":1,' + ISSUE.format(_day(number))),
    "papers-of-an-issue": Kind("papers.jsonl", '{"schema":1,"date":"2024-05-03","papers":[', '{"title":"x"},', "{}]}"),
    "values-of-an-issue": Kind("papers.jsonl", '{"schema":1,"date":"2024-05-03","papers":[', "1,", "1]}"),
    "yaml-papers": Kind("a.yaml", "", lambda number: f"- {_paper(number).strip(',')}\n"),
    "yaml-brackets": Kind("a.yaml", "a: ", "["),
    "yaml-text": Kind("a.yaml", "title: x\nid: 2405.00001\ndate: 2024-05-03\nsummary: |\n", "  Some words.\n"),
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What a command took: megabytes at its peak, seconds of CPU time, its exit status, and what it said last."""

    memory: float
    seconds: float
    status: int
    said: str

    @property
    def is_bounded(self) -> bool:
        return self.memory <= MOST_MEMORY and self.seconds <= MOST_SECONDS and self.status in (0, 1, 2)


def cost(words: list[str], folder: Path) -> Cost:
    """Run paperround and measure it."""
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen([PAPERROUND, *words], cwd=folder, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    last = log.read_bytes()[-400:].decode("utf-8", "replace").strip().splitlines() or [""]
    seconds = usage.ru_utime + usage.ru_stime
    code = process.returncode if b"Traceback" not in log.read_bytes() else -1
    return Cost(usage.ru_maxrss / 1024, seconds, code, last[-1])


def fill(path: Path, kind: Kind, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(kind.pieces(size))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.large")
    parser.add_argument("--megabytes", type=float, default=LARGEST_DOCUMENT / MEGABYTE)
    parser.add_argument("--command", choices=["check", "build"], action="append")
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS])
    chosen = parser.parse_args()
    failed = 0
    for name in chosen.kinds or KINDS:
        kind = KINDS[name]
        with tempfile.TemporaryDirectory(prefix="paperround-") as folder:
            fill(Path(folder, kind.file), kind, int(chosen.megabytes * MEGABYTE))
            for command in chosen.command or ["check", "build"]:
                given = cost([command, kind.file, *(["-o", "out"] if command == "build" else [])], Path(folder))
                failed += not given.is_bounded
                bounds = "" if given.is_bounded else "  OVER"
                print(
                    f"| {name} | {command} | {given.memory:.0f} MB | {given.seconds:.1f} s | {given.status} |{bounds}",
                    flush=True,
                )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
