import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.version_order import natural_key

# From the lowest to the highest.
ORDERED = [
    # names that are no version, by their digits
    "7b1c9e2",
    "1234567a",
    "main",
    "nightly-9",
    "nightly-10",
    "sha-0a1b2c3",
    "stable",
    # versions
    "0.9.0",
    "1",
    "1-alpine",
    "1.0",
    "v1.0.1",
    "1.9",
    "1.10-beta",
    "1.10",
    "1.10-alpine",
    "1.10-alpine3.9",
    "1.10-alpine3.18",
    "2.0.0-dev",
    "2.0.0-alpha.2",
    "2.0.0-alpha.10",
    "2.0.0-beta1",
    "2.0.0-rc.1",
    "2.0.0-rc.2",
    "2.0.0",
    "2.0.0-slim",
    "3.12a1",
    "3.12rc1",
    "3.12",
    "10",
    "20240101",
    "20240102",
    "latest",
]


def test_tags_are_put_into_natural_order() -> None:
    tags = ORDERED[::-1]
    tags.sort(key=natural_key)
    assert tags == ORDERED


@given(st.lists(st.text(max_size=20) | st.text("0123456789.-_vrca", max_size=12), min_size=2, max_size=6, unique=True))
def test_any_texts_have_one_order_however_they_come(tags: list[str]) -> None:
    backwards = tags[::-1]
    backwards.sort(key=natural_key)
    assert sorted(tags, key=natural_key) == backwards
    assert len({natural_key(tag) for tag in tags}) == len(tags)


@pytest.mark.parametrize("tag", ["1.2.3", "2.0.0-rc.1", "7"])
def test_a_leading_v_does_not_count(tag: str) -> None:
    assert natural_key(f"v{tag}")[:-1] == natural_key(tag)[:-1]


def test_leading_zeros_do_not_count_but_keep_tags_apart() -> None:
    assert natural_key("1.01")[:-1] == natural_key("1.1")[:-1]
    assert natural_key("1.01") != natural_key("1.1")


@pytest.mark.parametrize("part", ["1", "1.", "a1", "-", "v", "1-"])
def test_long_texts_take_linear_time(part: str) -> None:
    start = time.perf_counter()
    assert natural_key(part * 100_000)
    assert time.perf_counter() - start < 1
