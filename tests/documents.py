"""The commands that README and docs show: found, told apart and run, each page's in a folder of its own.

What stands in a fence is taken by its language:

    console     a session: each line after `$ ` is run, and has to print what stands below it
    sh          a script: it is run, and has to succeed
    toml        written to paperround.toml for the commands below it, when it has a table of ours
    markdown    written to the file that the sentence above it names, "Save this as `NAME`", else to digest.md
    tex         written to paper.tex for the commands below it

All others are shown only, and so is what is indented. The folder holds the examples, their digests, a file of arXiv's
records that lacks none, a snapshot of arXiv, and `public`, what was published. Programs in STAND_INS would leave the
machine or not end. The tutorial starts in a folder that has nothing but those, and pages in docs/how-to with the one
digest that the tutorial writes.
"""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from paperround.model import read

from .command import DIGESTS, ROOT, done, paperround
from .comparison import difference

PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("README.md")]
    if "digests" not in path.parts
)
TUTORIAL = ROOT / "docs" / "tutorial.md"
HOW_TO = ROOT / "docs" / "how-to"
FILES = {"toml": "paperround.toml", "markdown": "digest.md", "tex": "paper.tex"}
SHOWN = {"text", "json", "python", "html", "xml", "bibtex", "yaml", "{eval-rst}"}
RUN = {"console", "sh", *FILES}
OURS = {"cat", "cp", "echo", "grep", "head", "ls", "mkdir", "python", "rm", "sort", "tail", "wc"}
STRANGERS = {"biber", "bibtex", "ebook-convert", "jq", "lualatex", "pandoc", "pdflatex", "soffice"}
PAPERROUND = Path(sys.executable).with_name("paperround")
RECORD = (
    '{"id":"2106.09685","title":"LoRA: Low-Rank Adaptation of Large Language Models",'
    '"authors":[{"name":"Edward J. Hu"}]}'
)
"""What arXiv would answer about the paper of the tutorial."""
STAND_INS = {
    "git": "case $1 in add|commit|push) ;; *) exit 1 ;; esac",  # a push would leave the machine, which may have no git
    "make": f'grep -q "^$1:" {ROOT / "Makefile"}',  # a target is tested where it is run
    "paperround": f"""[ "$1" != metadata ] || [ -e arxiv.jsonl ] || echo '{RECORD}' >arxiv.jsonl
[ "$1" = serve ] || exec {PAPERROUND} "$@"
{PAPERROUND} "$@" --port 0 >served 2>&1 &
until grep -q ^serving served; do kill -0 $! || break; sleep 0.1; done
cat served; kill $!; wait $!""",  # would serve until Ctrl-C
    "pip": f'exec {sys.executable} -m pip "$@"',  # finds installed what it is asked for
    "pipx": 'shift; exec "$@"',  # would fetch from PyPI what is installed here
    "uvx": 'exec "$@"',
}
OFFLINE = {"PIP_NO_INDEX": "1", "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
SAVED = re.compile(r"[Ss]ave this as `([^`]+)`")
FENCE = re.compile(r"^(?P<marks>`{3,})(?P<language>[^\s`]*)\n(?P<text>.*?)^(?P=marks)$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """What stands in a fence."""

    language: str
    text: str
    name: str = ""
    """The file that it is saved as."""

    @property
    def commands(self) -> list[str]:
        """The command lines, continued ones joined."""
        if self.language == "console":
            return [line.removeprefix("$ ") for line in self.text.splitlines() if line.startswith("$ ")]
        lines = re.sub(r"\\\n\s*", "", self.text).splitlines() if self.language == "sh" else []
        return [line for line in lines if line and not line.startswith("#")]

    @property
    def programs(self) -> set[str]:
        """The programs that its commands begin with."""
        pieces = [piece for command in self.commands for piece in re.split(r"\||&&|;", without_quoted(command))]
        return {piece.split()[0] for piece in pieces if piece.split()}


def blocks(page: Path) -> list[Block]:
    """Return what stands in a page's fences."""
    text = page.read_text(encoding="utf-8")
    return [_block(found, text[: found.start()]) for found in FENCE.finditer(text)]


def _block(found: re.Match[str], above: str) -> Block:
    return Block(found["language"], found["text"], _name(above, found["language"]))


def _name(above: str, language: str) -> str:
    saved = SAVED.search(above.rstrip().rpartition("\n\n")[2])
    return saved[1] if saved else FILES.get(language, "")


def unclassified(page: Path) -> Iterator[str]:
    """Yield what cannot be told to be run or only shown."""
    text = page.read_text(encoding="utf-8")
    for block in blocks(page):
        if block.language not in RUN | SHOWN:
            yield f"a fence of language {block.language!r}"
        yield from sorted(f"the program {name}" for name in block.programs - OURS - STRANGERS - set(STAND_INS))
    known = "|".join(sorted(OURS | STRANGERS | set(STAND_INS), key=len, reverse=True))
    yield from re.findall(rf"^    (?:\$ )?((?:{known}) .*)$", FENCE.sub("", text), re.M)


def strangers(page: Path) -> set[str]:
    """Return the programs that a page's commands need beside ours."""
    return {name for block in blocks(page) for name in block.programs} & STRANGERS


def begin(page: Path, folder: Path, prepared: Path) -> None:
    """Make the folder that a page starts in; `prepared` is what `prepare` has filled."""
    if page != TUTORIAL and page.parent != HOW_TO:
        shutil.copytree(prepared, folder, symlinks=True)
        return
    folder.mkdir()
    prepare_programs(folder)
    if page != TUTORIAL:
        (digest,) = [block for block in blocks(TUTORIAL) if block.language == "markdown"]
        (folder / digest.name).parent.mkdir()
        (folder / digest.name).write_text(digest.text, encoding="utf-8")


def prepare(folder: Path) -> None:
    """Fill a folder with what every page's commands find there, and the stand-ins in `.bin`."""
    shutil.copytree(DIGESTS, folder / "digests")
    (folder / "examples").symlink_to(ROOT / "examples")
    done(paperround("build", "digests", "-o", "public", "--base-url", "https://example.org/papers", cwd=folder))
    papers = [paper for issue in read([DIGESTS], lambda said: None) for paper in issue.papers]
    known = {paper.arxiv_id for paper in papers if paper.arxiv_id}
    # arXiv is asked for nothing that this file has.
    records = "".join(f'{{"id":"{paper}","unknown":true}}\n' for paper in sorted(known))
    (folder / "arxiv.jsonl").write_text(records, encoding="utf-8")
    with zipfile.ZipFile(folder / "arxiv.zip", "w") as snapshot:
        snapshot.writestr("arxiv.json", "")
    prepare_programs(folder)


def prepare_programs(folder: Path) -> None:
    """Put the stand-ins into a folder's `.bin`."""
    (folder / ".bin").mkdir()
    for name, script in STAND_INS.items():
        path = folder / ".bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)


def follow(page: Path, folder: Path, *, update: bool) -> None:
    """Run the commands of a page in a prepared folder; compare its sessions with what was printed, or update them."""
    name = page.relative_to(ROOT).as_posix() if page.is_relative_to(ROOT) else page.name
    try:
        printed = play(page, folder)
    except FailedCommand as failed:
        pytest.fail(f"{name}: {failed}", pytrace=False)
    written = page.read_text(encoding="utf-8")
    if update:
        page.write_text(printed, encoding="utf-8")
    elif printed != written:
        shown = difference({name: written}, {name: printed})
        pytest.fail(f"{name} shows other output than its commands print:\n{shown}", pytrace=False)


class FailedCommand(Exception):
    """A command of a page exits with another status than 0."""


def play(page: Path, folder: Path) -> str:
    """Run the commands of a page; return the page with the output that its sessions had."""
    told = page.read_text(encoding="utf-8")
    for block in blocks(page):
        if block.language == "toml" and block.text.startswith("[project"):
            continue
        if block.language == "tex":  # another paper, which what TeX kept of the last one would confuse
            for path in folder.glob("paper.*"):
                path.unlink()
        if block.language in FILES:
            (folder / block.name).write_text(block.text, encoding="utf-8")
        elif block.language == "sh":
            run(f"set -e\n{block.text}", folder)
        elif block.language == "console":
            session = "".join(f"$ {command}\n{run(command, folder)}" for command in block.commands)
            told = told.replace(block.text, session)
    return told


def run(script: str, folder: Path) -> str:
    """Return what a terminal would show of commands that have to succeed."""
    places = [folder / ".bin", Path(sys.executable).parent, os.environ["PATH"]]
    environment = os.environ | {"PATH": ":".join(map(str, places)), "HOME": str(folder), "LC_ALL": "C.UTF-8"} | OFFLINE
    result = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    said = result.stdout.decode()
    if result.returncode:
        raise FailedCommand(f"exit status {result.returncode} of\n{script}\n{said}")
    return said


def without_quoted(command: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d?>\S+", "", command)
