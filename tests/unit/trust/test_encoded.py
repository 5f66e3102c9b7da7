import pytest

from app.oci.document import InvalidDocument
from app.trust.encoded import bytes_at, from_base64, object_in


@pytest.mark.parametrize("said", ["+/8=", "+/8", "-_8", "-_8=", " +/\n8= "])
def test_both_alphabets_are_read_padded_or_not(said: str) -> None:
    assert from_base64(said, "sig") == b"\xfb\xff"


@pytest.mark.parametrize("said", ["a", "a*bc", "ab-*", "é"])
def test_what_is_no_base64_says_where(said: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        from_base64(said, "signatures[0].sig")
    assert caught.value.path == "signatures[0].sig"


def test_bytes_are_found_under_their_key() -> None:
    assert bytes_at({"payload": "YQ=="}, "payload", "") == b"a"


def test_a_list_is_no_object() -> None:
    with pytest.raises(InvalidDocument):
        object_in(b"[]", "thing")
