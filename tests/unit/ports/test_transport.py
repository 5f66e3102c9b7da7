import pytest

from app.ports.transport import Headers, Request, TransportError


@pytest.mark.parametrize("name", ["Link", "link", "LINK"])
def test_a_header_is_found_by_its_name_in_any_case(name: str) -> None:
    assert Headers([("lInK", "</next>")]).get(name) == "</next>"


def test_a_header_that_was_not_sent_is_none() -> None:
    assert Headers([("Link", "</next>")]).get("Warning") is None


def test_several_lines_of_one_header_are_joined_in_their_order() -> None:
    lines = [("WWW-Authenticate", "Bearer"), ("Date", "today"), ("www-authenticate", "Basic")]
    assert Headers(lines).get("WWW-Authenticate") == "Bearer, Basic"


def test_headers_are_walked_with_lower_case_names() -> None:
    assert list(Headers([("Link", "</next>"), ("ETag", "1")])) == [("link", "</next>"), ("etag", "1")]


def test_the_repr_of_headers_shows_names_alone() -> None:
    shown = repr(Headers([("Authorization", "Bearer hunter2"), ("Set-Cookie", "hunter2")]))
    assert shown == "Headers(authorization, set-cookie)"


def test_a_request_gives_the_first_field_of_a_name_in_any_case() -> None:
    request = Request("GET", "https://r.example/v2/", (("Accept", "a/b"), ("accept", "c/d")))
    assert request.header("ACCEPT") == "a/b"


def test_a_request_says_none_for_a_field_it_does_not_have() -> None:
    assert Request("GET", "https://r.example/v2/").header("Accept") is None


def test_setting_a_header_replaces_every_field_of_that_name() -> None:
    request = Request("GET", "https://r.example/v2/", (("Accept", "a/b"), ("X", "1"), ("accept", "c/d")))
    assert request.with_header("ACCEPT", "e/f").headers == (("X", "1"), ("ACCEPT", "e/f"))


def test_setting_a_header_to_none_removes_it() -> None:
    request = Request("GET", "https://r.example/v2/", (("Authorization", "Basic x"),))
    assert request.with_header("authorization", None).headers == ()


def test_setting_a_header_leaves_the_request_as_it_was() -> None:
    request = Request("GET", "https://r.example/v2/")
    request.with_header("Accept", "a/b")
    assert request.headers == ()


def test_setting_a_header_keeps_method_body_and_redirect_mode() -> None:
    request = Request("POST", "https://r.example/token", (), b"grant", "error").with_header("Accept", "a/b")
    assert (request.method, request.url, request.body, request.redirect) == (
        "POST",
        "https://r.example/token",
        b"grant",
        "error",
    )


@pytest.mark.parametrize("name", ["Authorization", "authorization", "Cookie", "Proxy-Authorization"])
def test_the_repr_of_a_request_hides_a_secret_header(name: str) -> None:
    shown = repr(Request("GET", "https://r.example/v2/", ((name, "Basic hunter2"),)))
    assert "hunter2" not in shown
    assert name in shown


def test_the_repr_of_a_request_shows_other_headers() -> None:
    assert "Accept: a/b" in repr(Request("GET", "https://r.example/v2/", (("Accept", "a/b"),)))


def test_the_repr_of_a_request_says_only_that_there_is_a_body() -> None:
    shown = repr(Request("POST", "https://r.example/token", (), b"password=hunter2"))
    assert "hunter2" not in shown
    assert "with a body" in shown


def test_a_transport_error_tells_request_and_reason() -> None:
    error = TransportError("GET", "https://r.example/v2/", "timeout")
    assert (error.method, error.url, error.reason) == ("GET", "https://r.example/v2/", "timeout")


def test_the_text_of_a_transport_error_names_the_request() -> None:
    assert str(TransportError("GET", "https://r.example/v2/", "network")) == "GET https://r.example/v2/: network"
