"""The sample registry is a package of cors-examples/, which is on the path only here and where it is started."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "cors-examples"))

from tests.unit.playground.playing import Ask, playing  # noqa: E402 - needs the path


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """The default listeners with their full content, for tests that change nothing."""
    with playing(content="full") as ask:
        yield ask
