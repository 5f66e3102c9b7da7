"""Probes and sights, as texts: without a secret."""

from app.ports.probing import Probe, Sight
from app.ports.transport import Headers


def test_a_probe_shows_what_it_asks_and_hides_its_authorization() -> None:
    probe = Probe("GET", "https://registry.example/v2/", (("Authorization", "Basic c2VjcmV0"), ("Accept", "a/b")))
    assert "c2VjcmV0" not in f"{probe!r} {probe}"
    assert "Accept: a/b" in repr(probe)
    assert "GET https://registry.example/v2/" in repr(probe)


def test_a_probe_has_its_headers_by_any_case() -> None:
    assert Probe("GET", "https://registry.example", (("Accept", "a/b"),)).header("accept") == "a/b"
    assert Probe("GET", "https://registry.example").header("accept") is None


def test_a_forced_probe_says_so() -> None:
    assert "forced" in repr(Probe("POST", "https://registry.example", forced=True))


def test_a_sight_shows_neither_body_nor_headers() -> None:
    sight = Sight("readable", 200, Headers([("X-Token", "hush")]), b"hush", 0.5, "https://auth.example")
    assert "hush" not in f"{sight!r} {sight}"
    assert "readable 200" in repr(sight)


def test_a_sight_names_the_directive_that_forbade_the_request() -> None:
    assert "connect-src" in repr(Sight("blocked", violated="connect-src"))


def test_only_an_answer_that_can_be_read_is_readable() -> None:
    assert Sight("readable", 401).readable
    assert not any(Sight(outcome).readable for outcome in ("opaque", "redirect", "blocked", "timeout"))


def test_a_sight_without_headers_has_none() -> None:
    assert Sight("blocked").headers.get("Link") is None
