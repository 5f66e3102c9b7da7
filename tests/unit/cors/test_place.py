"""What two addresses tell beforehand."""

import pytest

from app.cors.place import Place, is_bad_port, is_mixed_content, other_scheme
from app.cors.subject import Subject
from app.oci.origin import parse_origin

PAGE = parse_origin("https://portolan.example")


@pytest.mark.parametrize(
    ("page", "url", "mixed"),
    [
        ("https://portolan.example", "http://registry.example", True),
        ("https://portolan.example", "http://192.168.0.2:5000", True),
        ("https://portolan.example", "http://127.0.0.1:5000", False),
        ("https://portolan.example", "http://localhost:5000", False),
        ("https://portolan.example", "http://registry.localhost", False),
        ("https://portolan.example", "http://[::1]:5000", False),
        ("https://portolan.example", "https://registry.example", False),
        ("http://portolan.example", "http://registry.example", False),
        ("http://localhost:8000", "http://registry.example", False),
    ],
)
def test_plain_http_is_mixed_content_for_a_page_by_https_but_on_this_machine(page: str, url: str, mixed: bool) -> None:
    assert is_mixed_content(parse_origin(page), parse_origin(url)) is mixed


def test_a_file_has_no_mixed_content() -> None:
    assert not is_mixed_content(None, parse_origin("http://registry.example"))


def test_ports_that_browsers_refuse_are_known() -> None:
    assert is_bad_port(parse_origin("http://registry.example:6000"))
    assert not is_bad_port(parse_origin("http://registry.example:5000"))
    assert not is_bad_port(parse_origin("https://registry.example"))


def test_the_other_scheme_is_on_the_same_port() -> None:
    assert other_scheme(parse_origin("http://registry.example:5000"), PAGE) == parse_origin(
        "https://registry.example:5000"
    )
    assert other_scheme(parse_origin("https://127.0.0.1:5000"), PAGE) == parse_origin("http://127.0.0.1:5000")


def test_the_other_scheme_is_not_tried_where_the_browser_would_stop_it() -> None:
    assert other_scheme(parse_origin("https://registry.example"), PAGE) is None


def test_a_verdict_on_the_realm_says_so() -> None:
    subject = Subject(parse_origin("https://registry.example"), PAGE)
    assert Place("token", "https://auth.example/token", subject, None).verdict("timeout") == "token-timeout"
    assert Place("registry", "https://registry.example/v2/", subject, None).verdict("timeout") == "timeout"


def test_cors_does_not_apply_to_the_page_s_own_origin_and_to_what_an_extension_was_granted() -> None:
    registry = parse_origin("https://registry.example")
    assert Place("registry", "https://registry.example/v2/", Subject(registry, registry), None).free
    granted = Subject(registry, None, granted=True)
    assert Place("registry", "https://registry.example/v2/", granted, None).free
    assert not Place("token", "https://auth.example/token", granted, None).free
    assert not Place("registry", "https://registry.example/v2/", Subject(registry, PAGE), None).free


def test_a_place_does_not_show_its_credentials() -> None:
    subject = Subject(parse_origin("https://registry.example"), PAGE)
    assert "secret" not in repr(Place("registry", "https://registry.example/v2/", subject, "Basic secret"))
