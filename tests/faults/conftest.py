"""The archive that all faults are tried on."""

import pytest

from .archive import Archive, make


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return make(tmp_path_factory.mktemp("faults") / "archive")
