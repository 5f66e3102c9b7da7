import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.host import HostError, ipv6_groups, parse_host


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Registry.Example", "registry.example"),
        ("my_service", "my_service"),
        ("example.com.", "example.com."),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("\uff45xample\u3002com", "example.com"),
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("192.168.257", "192.168.1.1"),
        ("[::1]", "[::1]"),
        ("[0:0:0:0:0:0:0:1]", "[::1]"),
        ("[2001:DB8::0:1]", "[2001:db8::1]"),
        ("[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]"),
        ("[1:0:2:3:4:5:6:7]", "[1:0:2:3:4:5:6:7]"),
        ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
        ("[::]", "[::]"),
    ],
)
def test_a_host_is_written_as_browsers_write_it(text: str, host: str) -> None:
    assert parse_host(text) == host


@pytest.mark.parametrize(
    "text",
    [
        *["", ".", "a..b", "-a.example", "a-.example", "a b", "a/b", "a@b", "a:1", "a%41", "x" * 64, "x." * 127 + "x"],
        *["256.1.1.1", "1.2.3.4.5", "08.1.1.1", "a.0xff", "1.2.3.4294967296", "a.1", "9" * 5000],
        *["[", "[]", "[::1", "[::1]x", "[1::2::3]", "[:::]", "[12345::]", "[1:2:3:4:5:6:7:8:9]", "[fe80::1%eth0]"],
        *["[::1.2.3]", "[::1.2.3.256]", "[::01.2.3.4]", "℀.example", "a\u200db.example", "ü" * 70, "\ud800.example"],
    ],
)
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(HostError):
        parse_host(text)


def test_the_first_wrong_character_of_a_host_is_pointed_at() -> None:
    with pytest.raises(HostError) as caught:
        parse_host("exa!mple.com")
    assert caught.value.position == 3


@given(st.text(max_size=80) | st.text("0123456789abcdefxX.:[]-_%", max_size=50))
def test_any_text_is_a_host_in_canonical_form_or_a_host_error(text: str) -> None:
    try:
        host, position = parse_host(text), 0
    except HostError as error:
        host, position = "localhost", error.position
    assert parse_host(host) == host
    assert 0 <= position <= len(text)


@given(st.ip_addresses(v=6))
def test_ipv6_agrees_with_the_standard_library(address: ipaddress.IPv6Address) -> None:
    groups = ipv6_groups(str(address))
    assert groups is not None
    assert int.from_bytes(b"".join(group.to_bytes(2, "big") for group in groups), "big") == int(address)
    assert ipaddress.ip_address(parse_host(f"[{address.exploded}]")[1:-1]) == address


@given(st.text("0123456789abcdef:.", max_size=24))
def test_ipv6_takes_what_the_standard_library_takes(text: str) -> None:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        assert ipv6_groups(text) is None
    else:
        assert ipv6_groups(text) is not None
