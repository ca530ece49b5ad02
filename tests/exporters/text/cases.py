"""Reads the files of cases: a text, its XHTML and its plain text, each behind a mark of its own."""

from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    text: str
    html: str
    plain: str | None


def read(name: str) -> list[Case]:
    blocks = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n\n")
    found = [{line[0]: line[2:] for line in block.splitlines() if line[:2] in ("> ", "< ", "= ")} for block in blocks]
    return [Case(case[">"], case["<"], case.get("=")) for case in found if case]
