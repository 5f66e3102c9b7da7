"""What is examined, without a secret in any text of it."""

import pytest

from app.cors.subject import Subject, parse_address
from app.oci.origin import OriginError, parse_origin


def test_no_credential_is_in_the_repr() -> None:
    subject = Subject(
        parse_origin("https://registry.example"),
        None,
        authorization="Basic c2VjcmV0",
        realm_authorization="Bearer hush",
    )
    assert "c2VjcmV0" not in f"{subject!r} {subject}"
    assert "hush" not in f"{subject!r} {subject}"
    assert "registry.example" in repr(subject)


@pytest.mark.parametrize(
    ("text", "origin", "userinfo"),
    [
        ("https://me:secret@registry.example:5000/v2/", "https://registry.example:5000", True),
        ("me@registry.example", "https://registry.example", True),
        ("http://@registry.example", "http://registry.example", True),
        ("registry.example/team@sha256", "https://registry.example", False),
        (" 127.0.0.1:5000 ", "http://127.0.0.1:5000", False),
        ("https://[::1]:5000", "https://[::1]:5000", False),
        ("https://one@two@registry.example", "https://registry.example", True),
    ],
)
def test_a_password_in_an_address_is_dropped_and_said(text: str, origin: str, userinfo: bool) -> None:
    assert parse_address(text) == (parse_origin(origin), userinfo)


@pytest.mark.parametrize("text", ["", "https://", "https://me@", "ftp://registry.example"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(OriginError):
        parse_address(text)
