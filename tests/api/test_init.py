"""`import paperround` costs nothing before a name is used."""

import subprocess
import sys
from importlib.metadata import version

import paperround
import pytest

from ..command import unmeasured
from ..test_startup import LATE


def test_every_name_is_there_and_listed() -> None:
    assert set(paperround.__all__) <= set(dir(paperround))
    assert all(getattr(paperround, name) for name in paperround.__all__)


def test_the_version_is_the_installed_one() -> None:
    assert paperround.__version__ == version("paperround")


def test_another_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="'paperround' has no attribute 'raed'"):
        paperround.raed  # noqa: B018


def test_the_import_imports_nothing_of_ours_and_nothing_heavy() -> None:
    script = "import paperround, sys; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    loaded = set(subprocess.run(command, env=unmeasured(), capture_output=True, text=True, check=True).stdout.split())
    assert {name for name in loaded if name.startswith("paperround")} == {"paperround"}
    assert not LATE & {name.partition(".")[0] for name in loaded} | {"pydantic", "click"} & loaded


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "paperround", "--version"], capture_output=True, text=True, check=True)
    assert paperround.__version__ in done.stdout
