"""An archive of any size, made from examples/digests: other ids, dates and words, the same shapes.

    python benchmarks/archive.py FOLDER [ISSUES]

357 issues hold about 5,500 papers in 10 MB, like the real archive that the yardstick was first taken on. The same
number gives the same bytes.
"""

import datetime
import random
import re
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples" / "digests"
ISSUES = 357
PAPERS_A_DAY = 15.4
_WORD = re.compile(r"[가-힣]{2,}")
_WORDS_MORE = 18  # a bullet: the examples are shorter than real digests
_BULLET = re.compile(r"^\s*- .*$", re.MULTILINE)
_HEADING = re.compile(r"^### \[(.*)\]\(.*\)$", re.MULTILINE | re.DOTALL)


def make(folder: Path, issues: int = ISSUES) -> None:
    """Write `issues` digests as YYYY/MM/DD.md into an empty folder, one a weekday."""
    chance = random.Random(2405)  # noqa: S311  nothing here is secret
    blocks = _blocks()
    words = sorted({word for block in blocks for word in _WORD.findall(block)})
    date = datetime.date(2023, 11, 20)
    number = 0
    for _ in range(issues):
        papers = max(1, round(chance.gauss(PAPERS_A_DAY, 4)))
        text = f"## Daily Papers ({date})\n\n"
        for _ in range(papers):
            number += 1
            text += _varied(chance.choice(blocks), date, number, words, chance) + "\n"
        path = folder / f"{date:%Y/%m/%d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        date += datetime.timedelta(days=3 if date.weekday() == 4 else 1)


def _blocks() -> list[str]:
    """Return every paper of the examples as it stands there, heading and all."""
    texts = [path.read_bytes().decode() for path in sorted(EXAMPLES.glob("*/*/*.md"))]
    return [f"### {block.strip()}\n" for text in texts for block in _papers(text)]


def _papers(text: str) -> list[str]:
    sections = re.split(r"^## .*$", text, flags=re.MULTILINE)
    return [block for section in sections for block in re.split(r"^### ", section, flags=re.MULTILINE)[1:]]


def _varied(block: str, date: datetime.date, number: int, words: list[str], chance: random.Random) -> str:
    """Give a paper another id and title, and replace a third of its Korean words."""
    bare = f"{date:%y%m}.{number % 100_000:05}"
    heading, _, body = block.partition("\n")
    title = _HEADING.sub(r"\1", heading)
    body = re.sub(r"papers/[0-9.]+\.png", f"papers/{bare}.png", body)
    body = _WORD.sub(lambda match: chance.choice(words) if chance.random() < 0.33 else match[0], body)
    body = _BULLET.sub(lambda match: f"{match[0]} {' '.join(chance.choices(words, k=_WORDS_MORE))}.", body)
    return f"### [{title} {number}](https://arxiv.org/abs/{bare})\n{body}"


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ISSUES)
