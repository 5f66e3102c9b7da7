"""check.py is a module of cors-examples/, which is on the path only here and where it is run."""

import sys
from collections.abc import Iterator
from pathlib import Path

import check
import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "cors-examples"))

from tests.unit.cors_examples.stub import Stub  # noqa: E402 - needs the path


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A registry without any fault, on loopback; tests spoil it."""
    with Stub() as made:
        yield made


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> Stub:
    """The same without sockets: what check.py sends reaches it by a call, which is ten times as fast."""
    made = Stub(near=True)
    monkeypatch.setattr(check, "send", made.send)
    return made
