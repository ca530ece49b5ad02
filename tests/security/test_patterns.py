"""What is made in one way: temporary files, and patterns that ignore case.

Without re.ASCII, "s" is also U+017F, "i" U+0131, and "k" U+212A, which no address has.
"""

import importlib
import re
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.model.fields import arxiv_id

from ..test_layers import MODULES

_WORDS = re.compile(r"\\[wWsSb]")
"""A pattern with these reads words of any language; what it ignores the case of are labels, not parts of a field."""


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("__main__")])
def test_patterns_that_ignore_case_are_ascii(module: str) -> None:
    values = vars(importlib.import_module(module)).values()
    patterns = [value for value in values if isinstance(value, re.Pattern) and isinstance(value.pattern, str)]
    ignoring = [each for each in patterns if each.flags & re.IGNORECASE and not each.flags & re.ASCII]
    assert [each.pattern for each in ignoring if not _WORDS.search(each.pattern)] == []


@pytest.mark.parametrize("address", ["physicſ/0309136", "mathı/0309136", "\u212ahep/0309136", "arXıv:2405.00001"])
def test_an_address_with_letters_that_only_look_alike_is_none(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert arxiv_id(address) is None
    monkeypatch.chdir(tmp_path)
    papers = f"### [One]({address})\n\n- 글\n\n### [Two](httpſ://example.org)\n\n![]({address})\n\n- 글\n"
    Path("a.md").write_text(f"## Daily Papers (2024-05-03)\n\n{papers}", encoding="utf-8")
    assert run(["build", "a.md", "-o", "out"]) in (0, 1)
    assert "One" in Path("out/papers.jsonl").read_text(encoding="utf-8")


def test_only_one_module_makes_temporary_files() -> None:
    makers = {"tempfile", "NamedTemporaryFile", "mkstemp"}
    found = {name for name, path in MODULES.items() if makers & set(re.findall(r"\w+", path.read_text("utf-8")))}
    assert found == {"paperround.model.temporary"}
