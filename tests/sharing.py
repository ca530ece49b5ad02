"""What several tests look at and none of them changes: made once, also where pytest-xdist has several workers."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first test to ask has filled by calling `make` with its path.

    Workers have temporary folders of their own in one of the run: that one is where they meet. The folder has its
    name only when it is whole, so what fails is made again, and fails again, for the next test.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = factory.mktemp(name)
            make(unfinished)
            unfinished.rename(folder)
    return folder
