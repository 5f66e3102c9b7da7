import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.document import Json
from app.oci.error import ErrorInfo, parse_errors, scopes_in_detail


def body(document: Json) -> bytes:
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("document", "errors"),
    [
        (
            {"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown", "detail": {"Tag": "x"}}]},
            (ErrorInfo("MANIFEST_UNKNOWN", "manifest unknown", '{"Tag":"x"}'),),
        ),
        ({"errors": [{"code": "DENIED", "detail": "why"}]}, (ErrorInfo("DENIED", "", "why"),)),
        ({"errors": [{"code": "A"}, {"code": "B"}]}, (ErrorInfo("A", "", ""), ErrorInfo("B", "", ""))),
        ({"code": "UNAUTHORIZED", "message": "m"}, (ErrorInfo("UNAUTHORIZED", "m", ""),)),
        ({"errors": {"code": "DENIED"}}, (ErrorInfo("DENIED", "", ""),)),
        ({"errors": [{"code": 7, "message": None}, "x"]}, (ErrorInfo("7", "", ""),)),
        ({"errors": None}, ()),
        ({"errors": []}, ()),
        ({"token": "t"}, ()),
        ([], ()),
        ("text", ()),
    ],
)
def test_the_errors_of_a_body(document: Json, errors: tuple[ErrorInfo, ...]) -> None:
    assert parse_errors(body(document)) == errors


@pytest.mark.parametrize("data", [b"", b"<html><h1>502 Bad Gateway</h1>", b"\xff\xfe", b"[" * 100_000, b"x" * 300_000])
def test_what_is_no_error_body_has_no_errors(data: bytes) -> None:
    assert parse_errors(data) == ()
    assert scopes_in_detail(data) == ()


@given(st.binary(max_size=100))
def test_any_bytes_can_be_asked_for_errors(data: bytes) -> None:
    assert isinstance(parse_errors(data), tuple)
    assert isinstance(scopes_in_detail(data), tuple)


@pytest.mark.parametrize(
    ("detail", "scopes"),
    [
        (
            [
                {"Type": "repository", "Class": "", "Name": "a/b", "Action": "pull"},
                {"Type": "repository", "Class": "", "Name": "a/b", "Action": "push"},
                {"Type": "repository", "Class": "", "Name": "c", "Action": "pull"},
            ],
            ("repository:a/b:pull,push", "repository:c:pull"),
        ),
        ([{"Type": "registry", "Name": "catalog", "Action": "*"}], ("registry:catalog:*",)),
        ({"Type": "repository", "Name": "a", "Action": "pull"}, ("repository:a:pull",)),
        ([{"Type": "repository", "Name": "a", "Action": "pull"}] * 2, ("repository:a:pull",)),
        ([{"Type": "repository", "Name": "a"}, {"Type": 1, "Name": "a", "Action": "x"}, "x", None], ()),
        (None, ()),
        ("text", ()),
    ],
)
def test_the_scopes_that_a_refusal_details(detail: Json, scopes: tuple[str, ...]) -> None:
    assert scopes_in_detail(body({"errors": [{"code": "UNAUTHORIZED", "detail": detail}]})) == scopes
