import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.origin import Origin, OriginError, default_scheme, is_loopback, is_private, origin_of, parse_origin

names = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?(\.[a-z][a-z0-9]{1,8}){0,3}", fullmatch=True)
hosts = names | st.ip_addresses(v=4).map(str) | st.sampled_from(["::1", "2001:db8::1", "::ffff:7f00:1", "localhost"])
ports = st.none() | st.integers(1, 65535).filter(lambda port: port not in (80, 443))
origins = st.builds(Origin, st.sampled_from(["http", "https"]), hosts, ports)


@given(origins)
def test_an_origin_round_trips(origin: Origin) -> None:
    assert parse_origin(str(origin)) == origin
    assert origin_of(f"{origin}/v2/?n=1#x") == origin


@given(st.text(max_size=60) | st.text("htps:/[]@.0123456789aA?#\\", max_size=40))
def test_any_text_is_an_origin_or_an_origin_error(text: str) -> None:
    for parse in (parse_origin, origin_of):
        try:
            origin, position = parse(text), 0
        except OriginError as error:
            origin, position = Origin("http", "localhost", None), error.position
        assert parse_origin(str(origin)) == origin
        assert 0 <= position <= len(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ghcr.io", "https://ghcr.io"),
        ("GHCR.IO/", "https://ghcr.io"),
        ("registry:5000", "https://registry:5000"),
        ("127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("[::1]:5000", "http://[::1]:5000"),
        ("localhost", "http://localhost"),
        ("localhost:80", "http://localhost"),
        ("https://localhost:443", "https://localhost"),
        ("http://ghcr.io:443", "http://ghcr.io:443"),
        ("HTTPS://ghcr.io:0443", "https://ghcr.io"),
        ("reg.localhost:5000", "http://reg.localhost:5000"),
    ],
)
def test_an_origin_gets_its_hosts_scheme_and_drops_the_schemes_port(text: str, written: str) -> None:
    assert str(parse_origin(text)) == written


def test_a_default_scheme_applies_only_where_none_is_written() -> None:
    assert parse_origin("registry:5000", "http").scheme == "http"
    assert parse_origin("https://registry:5000", "http").scheme == "https"


def test_the_netloc_brackets_an_ipv6_host() -> None:
    assert Origin("http", "::1", 5000).netloc == "[::1]:5000"
    assert Origin("https", "registry.example", None).netloc == "registry.example"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("https://", 8),
        ("ftp://host", 0),
        ("host:", 5),
        ("host:x", 5),
        ("host:50x0", 7),
        ("host:0", 5),
        ("host:65536", 5),
        ("host:99999999999999999999", 5),
        ("host/path", 4),
        ("ho st", 2),
        ("[::1]5000", 5),
        ("https://host/v2/", 12),
    ],
)
def test_what_is_no_origin_is_refused_where_it_goes_wrong(text: str, position: int) -> None:
    with pytest.raises(OriginError) as caught:
        parse_origin(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "text", ["https://user:secret@host", "user:secret@host", "https://user:se/cret@host", "secret@host"]
)
def test_a_user_name_or_password_is_refused_and_not_repeated(text: str) -> None:
    for parse in (parse_origin, origin_of):
        with pytest.raises(OriginError) as caught:
            parse(text if "://" in text or parse is parse_origin else f"https://{text}")
        assert "cret" not in f"{caught.value} {caught.value!r} {caught.value.text}"


@pytest.mark.parametrize("url", ["host", "/v2/", "//host/v2/", "data:,x", "ftp://host/", "https:host", "https:///v2/"])
def test_only_absolute_web_urls_have_an_origin(url: str) -> None:
    with pytest.raises(OriginError):
        origin_of(url)


def test_a_backslash_ends_the_host_as_in_browsers() -> None:
    assert str(origin_of("https://good.example\\@evil.example/")) == "https://good.example"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.255.0.9",
        "2130706433",
        "0x7f.1",
        "::1",
        "[::1]",
        "::ffff:127.0.0.1",
        "localhost",
        "a.localhost",
        "LOCALHOST.",
    ],
)
def test_loopback_hosts(host: str) -> None:
    assert is_loopback(host)
    assert is_private(host)


@pytest.mark.parametrize(
    "host",
    [
        *["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"],
        *["3232235521", "0300.0250.1", "0xc0a80001", "fe80::1", "fd00::1", "fc00::", "::", "::ffff:10.0.0.1"],
        *["64:ff9b::a00:1", "registry", "registry.", "nas.local", "pi.lan", "a.internal", "b.home.arpa", "fec0::1"],
    ],
)
def test_private_hosts_that_are_not_loopback(host: str) -> None:
    assert is_private(host)
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        *[
            "8.8.8.8",
            "172.32.0.1",
            "172.15.0.1",
            "192.169.0.1",
            "100.128.0.1",
            "100.63.0.1",
            "134744072",
            "2001:db8::1",
            "ghcr.io",
        ],
        *["::ffff:8.8.8.8", "localhost.example", "notlocalhost.com", "mylocal.example", "127.0.0.1.example", "fb00::1"],
    ],
)
def test_public_hosts(host: str) -> None:
    assert not is_private(host)
    assert not is_loopback(host)


@given(st.text(max_size=40))
def test_any_text_can_be_asked_whether_it_is_private(host: str) -> None:
    assert is_private(host) or not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "scheme"),
    [
        ("127.0.0.1", "http"),
        ("127.8.9.1", "http"),
        ("::1", "http"),
        ("localhost", "http"),
        ("x.localhost", "http"),
        ("127.example.com", "https"),
        ("192.168.0.1", "https"),
        ("registry", "https"),
        ("ghcr.io", "https"),
    ],
)
def test_only_loopback_hosts_default_to_http(host: str, scheme: str) -> None:
    assert default_scheme(host) == scheme


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "a." * 100_000, "[" + ":" * 200_000, "@" * 200_000, "x:" * 100_000, "1" * 200_000]
)
def test_long_texts_are_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(OriginError):
        parse_origin(text)
    assert time.perf_counter() - start < 0.5
