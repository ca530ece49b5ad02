"""The short form of fuzzing: what it has found before, and a fixed number of inputs near the fixtures.

`python -m tests.fuzz` is the long one, guided by coverage.
"""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .mutate import mutate
from .targets import TARGETS

FOUND = sorted(path for path in (Path(__file__).parent / "found").glob("*/*") if path.parent.name in TARGETS)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_before_is_mended(path: Path) -> None:
    TARGETS[path.parent.name].test(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_near_the_fixtures(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=settings().max_examples // 2, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(target.inputs()), st.integers(0, 1 << 32), st.integers(1, 5))
    def near(data: bytes, seed: int, times: int) -> None:
        random = Random(seed)  # noqa: S311  # the same every time
        for _ in range(times):
            data = mutate(data, random)
        target.test(data)

    near()


@pytest.mark.parametrize("name", ["digest", "jsonl", "records", "arxiv", "config"])
def test_any_bytes(name: str) -> None:
    @given(st.binary() | st.text().map(str.encode))
    def raises_nothing(data: bytes) -> None:
        TARGETS[name].test(data)

    raises_nothing()
