import base64

import pytest

from app.auth.credential import Password


@pytest.mark.parametrize(
    ("username", "password", "pair"),
    [
        ("Aladdin", "open sesame", b"Aladdin:open sesame"),
        ("test", "123\N{POUND SIGN}", b"test:123\xc2\xa3"),
        ("ann", "a:b", b"ann:a:b"),
        ("", "", b":"),
    ],
)
def test_a_basic_header_is_base64_of_utf_8_a14(username: str, password: str, pair: bytes) -> None:
    """The first two are the examples of RFC 7617."""
    assert Password(username, password).basic_header() == "Basic " + base64.b64encode(pair).decode()


def test_a_password_is_shown_by_its_user_name_alone() -> None:
    assert repr(Password("ann", "canary")) == str(Password("ann", "canary")) == "Password('ann', …)"


def test_a_password_has_no_dictionary_to_be_dumped() -> None:
    assert not hasattr(Password("ann", "canary"), "__dict__")
