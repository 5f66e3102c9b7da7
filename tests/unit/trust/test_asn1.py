import pytest

from app.auth.der import NotDer, read_element, write_element
from app.trust import asn1


@pytest.mark.parametrize(
    ("data", "text"),
    [("2a8648ce3d030107", "1.2.840.10045.3.1.7"), ("551d11", "2.5.29.17"), ("00", "0.0"), ("883703", "2.999.3")],
)
def test_an_identifier_is_written_in_dots(data: str, text: str) -> None:
    assert asn1.identifier(bytes.fromhex(data)) == text


@pytest.mark.parametrize("data", [b"", b"\x2a\x86", b"\x2a" * 65])
def test_what_is_no_identifier_is_refused(data: bytes) -> None:
    with pytest.raises(NotDer):
        asn1.identifier(data)


@pytest.mark.parametrize(
    ("tag", "said", "text"),
    [
        (asn1.UTC_TIME, b"260921070000Z", "2026-09-21T07:00:00Z"),
        (asn1.UTC_TIME, b"991231235959Z", "1999-12-31T23:59:59Z"),
        (asn1.GENERALIZED_TIME, b"20990101000000Z", "2099-01-01T00:00:00Z"),
    ],
)
def test_a_moment_is_written_as_in_json(tag: int, said: bytes, text: str) -> None:
    data = write_element(tag, said)
    assert asn1.moment(data, read_element(data, 0, len(data))) == text


@pytest.mark.parametrize(
    ("tag", "said"),
    [(asn1.UTC_TIME, b"2609210700Z"), (asn1.GENERALIZED_TIME, b"20990101000000+"), (4, b"260921070000Z")],
)
def test_what_is_no_moment_is_refused(tag: int, said: bytes) -> None:
    data = write_element(tag, said)
    with pytest.raises(NotDer):
        asn1.moment(data, read_element(data, 0, len(data)))


def test_children_are_the_elements_inside() -> None:
    data = write_element(0x30, write_element(2, b"\x01"), write_element(12, b"two"))
    inside = list(asn1.children(data, read_element(data, 0, len(data))))
    assert [asn1.content(data, one) for one in inside] == [b"\x01", b"two"]


def test_a_child_that_leaves_its_parent_is_refused() -> None:
    data = b"\x30\x03\x02\x05\x01" + b"\x00" * 10
    with pytest.raises(NotDer):
        list(asn1.children(data, read_element(data, 0, 5)))


@pytest.mark.parametrize(("tag", "said"), [(0x0C, "Ærø".encode()), (0x1E, "Ærø".encode("utf-16-be"))])
def test_strings_of_every_kind_are_text(tag: int, said: bytes) -> None:
    data = write_element(tag, said)
    assert asn1.text(data, read_element(data, 0, len(data))) == "Ærø"


def test_what_is_no_string_is_no_text() -> None:
    data = write_element(2, b"\x01")
    assert asn1.text(data, read_element(data, 0, len(data))) is None


def test_a_stamp_is_written_as_a_moment_is() -> None:
    assert asn1.stamp(1789974000) == "2026-09-21T07:00:00Z"


@pytest.mark.parametrize("seconds", [-1, 1 << 38, float("nan"), float("inf")])
def test_seconds_that_no_calendar_has_have_no_stamp(seconds: float) -> None:
    assert asn1.stamp(seconds) is None
