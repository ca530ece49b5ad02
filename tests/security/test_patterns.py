r"""What is made in one way: temporary files, and patterns that ignore case.

Without re.ASCII, "s" is also U+017F, "i" U+0131, and "k" U+212A, which no address has. A pattern whose `\w \s \b`
have to read any language ignores the case of its ASCII words alone, as in `(?ai:votes?)\s`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.model.fields import arxiv_id

from ..test_layers import MODULES


@pytest.mark.parametrize("module", MODULES)
def test_patterns_that_ignore_case_are_ascii(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert [f"line {node.lineno}: {ast.unparse(node)}" for node in unicode_calls(tree)] == []


@pytest.mark.parametrize("code", ["re.compile('a', re.I)", "re.sub('(?i:a)', '', x)", "re.match('(?i)a', x, re.M)"])
def test_a_pattern_that_takes_letters_that_only_look_alike_is_found(code: str) -> None:
    assert list(unicode_calls(ast.parse(code)))
    assert not list(unicode_calls(ast.parse(code.replace("re.I", "re.A | re.I").replace("(?i", "(?ai"))))


def unicode_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that ignore the case of more than ASCII: by a flag, or by one in the pattern's text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            parts = [part for argument in (*node.args, *node.keywords) for part in ast.walk(argument)]
            flags = {part.attr for part in parts if isinstance(part, ast.Attribute)}
            texts = [part.value for part in parts if isinstance(part, ast.Constant)]
            is_ascii = flags & {"ASCII", "A"} or any(isinstance(text, bytes) for text in texts)
            by_text = any(_FLAGS.search(text) for text in texts if isinstance(text, str))
            if by_text or (flags & {"IGNORECASE", "I"} and not is_ascii):
                yield node


_FLAGS = re.compile(r"\(\?(?![a-z]*a)[a-z]*i[a-z]*[:)-]")


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
