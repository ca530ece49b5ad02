"""What a build says of digests that have not changed."""

from pathlib import Path

import pytest
from paperround.cli.main import run

DIGEST = """\
## Daily Papers (2024-05-03)

### [A title](https://arxiv.org/abs/2405.00001)

![](https://cdn-avatars.huggingface.co/v1/production/uploads/a.png)

Vote: many
Authors: Ada Lovelace

- A point.
"""


def test_a_note_is_said_once_and_a_warning_while_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    digest = Path("digests", "2024-05-03.md")
    digest.parent.mkdir()
    digest.write_text(DIGEST)

    def said(*more: str) -> set[str]:
        run(["build", "digests", "-o", "public", "--format", "csv", *more])
        text = capsys.readouterr().err
        return {word for word in ("portrait", "odd-votes") if f" {word} " in text}

    assert said() == {"portrait", "odd-votes"}
    assert said() == {"odd-votes"}
    assert said("--verbose") == {"portrait", "odd-votes"}
    digest.write_text(DIGEST.replace("A point", "Another point"))
    assert said() == {"portrait", "odd-votes"}
    digest.write_text(DIGEST.replace("many", "5"))
    assert said() == {"portrait"}
    assert said() == set()
