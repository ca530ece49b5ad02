"""`paperround.build`: what the command `build` publishes."""

from pathlib import Path

import paperround
import pytest
from paperround.model import ConfigError, UsageError

from ..command import DIGESTS, done, files
from ..command import paperround as command

CONFIG = """
[series]
title = "A Gazette"

[[select]]
name = "liked"
min_votes = 30
"""


@pytest.mark.filterwarnings("ignore::paperround.DigestWarning")
def test_it_publishes_what_the_command_does(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text(CONFIG, encoding="utf-8")
    done(command("build", DIGESTS, "--config", config, "-o", tmp_path / "a", "--format", "csv", "--format", "atom"))
    result = paperround.build(DIGESTS, tmp_path / "b", config, formats=["csv", "atom"])
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert "select/liked/feeds/papers.atom" in result.files
    assert all(result.files.values())
    again = paperround.build([str(DIGESTS)], str(tmp_path / "b"), config, formats=["csv", "atom"])
    assert not any(again.files.values())


def test_a_wrong_configuration_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere.toml: no such file"):
        paperround.build(DIGESTS, tmp_path / "out", tmp_path / "nowhere.toml")
    with pytest.raises(UsageError, match=r"there is no format 'cvs'"):
        paperround.build(DIGESTS, tmp_path / "out", formats=["cvs"])
    with pytest.raises(UsageError, match=r"formats: write it like \['csv'\]"):
        paperround.build(DIGESTS, tmp_path / "out", formats="csv")
