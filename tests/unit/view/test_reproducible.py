import json

import pytest

from app.oci.config import parse_config
from app.view.markup import render
from app.view.reproducible import times_entry
from tests.unit.view.reading import read


@pytest.mark.parametrize(
    ("created", "history", "said"),
    [
        (None, [], "No time is recorded"),
        ("1970-01-01T00:00:00Z", ["1970-01-01T00:00:00Z"], "fixed All times are set to"),
        ("1970-01-01T00:00:01Z", [], "fixed"),
        ("2026-01-01T00:00:00Z", ["2026-01-01T00:00:00Z"], "one time Config and history all say"),
        ("2026-01-01T00:00:00Z", [], "Only the config has a time"),
        ("2026-01-02T00:00:00Z", ["2026-01-01T00:00:00Z"], "2 different times from 2026-01-01T00:00:00Z to 2026-01-02"),
    ],
)
def test_the_times_tell_how_it_was_built(created: str | None, history: list[str], said: str) -> None:
    found = {"created": created, "history": [{"created": one} for one in history]}
    node = read(render(times_entry(parse_config(json.dumps(found).encode()))))
    assert said in node.words
