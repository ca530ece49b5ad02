"""Settings of the whole suite."""

import os

import pytest
from hypothesis import Phase, settings

settings.register_profile("short", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("fast", derandomize=True, database=None, deadline=None, max_examples=5)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.register_profile(
    "once", derandomize=True, database=None, max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate)
)
"""For mutants: that an example fails is all that they are asked for, not the smallest one."""
settings.load_profile(os.environ.get("PAPERROUND_PROPERTIES", "short"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite the expected files; read the diff.")
