"""The recipes that docs/python.md begins with run as they are written."""

import subprocess
import sys
from pathlib import Path

import pytest

from ..command import DIGESTS, ROOT
from ..documents import blocks

RECIPES = [block.text for block in blocks(ROOT / "docs" / "python.md") if block.language == "python"]
PRINTED = ["['bib/2024-W10.bib'", "votes  ", "LoRA: Low-Rank Adaptation of Large Language Models"]


def test_the_page_begins_with_three() -> None:
    assert len(RECIPES) == len(PRINTED)


@pytest.mark.parametrize(("recipe", "printed"), list(zip(RECIPES, PRINTED, strict=True)))
def test_a_recipe_prints_what_it_is_for(recipe: str, printed: str, tmp_path: Path) -> None:
    (tmp_path / "digests").symlink_to(DIGESTS)
    done = subprocess.run([sys.executable, "-c", recipe], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert printed in done.stdout
