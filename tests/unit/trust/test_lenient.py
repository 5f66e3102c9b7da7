import pytest

from app.oci.document import Json
from app.trust.lenient import inside, listed, word


def test_members_of_the_right_shape_are_given_as_they_are() -> None:
    found: dict[str, Json] = {"object": {"a": 1}, "list": [1], "text": "said"}
    assert (inside(found, "object"), listed(found, "list"), word(found, "text")) == ({"a": 1}, [1], "said")


@pytest.mark.parametrize("other", [None, 7, True, 1.5])
def test_members_of_another_shape_are_nothing_said(other: Json) -> None:
    found: dict[str, Json] = {"key": other}
    assert (inside(found, "key"), listed(found, "key"), word(found, "key")) == ({}, [], "")


def test_members_that_are_missing_are_nothing_said() -> None:
    assert (inside({}, "key"), listed({}, "key"), word({}, "key")) == ({}, [], "")
