"""Settings of the whole suite."""

import os

import pytest
from hypothesis import settings

settings.register_profile("short", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("PAPERROUND_PROPERTIES", "short"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite the expected files; read the diff.")
