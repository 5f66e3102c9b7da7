"""Permissions for the local network, as far as they explain a failure."""

import pytest

from app.cors.local_network import LocalNetwork
from app.oci.origin import parse_origin

PUBLIC = parse_origin("https://portolan.example")
ALL = ("local-network-access", "local-network", "loopback-network")


def test_a_permission_that_turned_denied_explains_a_failure() -> None:
    network = LocalNetwork(PUBLIC, True, {"local-network-access": "prompt"})
    assert network.turned_denied({"local-network-access": "denied"})
    assert not network.turned_denied({"local-network-access": "prompt"})


def test_a_permission_denied_from_the_beginning_did_not_turn() -> None:
    network = LocalNetwork(PUBLIC, True, {"local-network-access": "denied"})
    assert not network.turned_denied({"local-network-access": "denied"})


@pytest.mark.parametrize(
    ("page", "url", "denied"),
    [
        ("https://portolan.example", "http://127.0.0.1:5000", True),
        ("https://portolan.example", "https://192.168.0.2", True),
        ("https://portolan.corp.internal", "https://127.0.0.1:5000", True),
        ("https://portolan.corp.internal", "https://registry.corp.internal", False),
        ("http://127.0.0.1:8000", "http://127.0.0.1:5000", False),
        ("http://127.0.0.1:8000", "https://192.168.0.2", False),
        ("https://portolan.example", "https://registry.example", False),
    ],
)
def test_only_a_closer_network_needs_the_permission(page: str, url: str, denied: bool) -> None:
    network = LocalNetwork(parse_origin(page), True, {})
    assert network.denies(parse_origin(url), dict.fromkeys(ALL, "denied")) is denied
    assert network.asks(parse_origin(url), dict.fromkeys(ALL, "prompt")) is denied


def test_each_network_has_its_own_permission() -> None:
    network = LocalNetwork(PUBLIC, True, {})
    assert not network.denies(parse_origin("http://127.0.0.1:5000"), {"local-network": "denied"})
    assert network.denies(parse_origin("http://127.0.0.1:5000"), {"loopback-network": "denied"})
    assert not network.denies(parse_origin("https://192.168.0.2"), {"loopback-network": "denied"})


def test_a_browser_without_these_permissions_explains_nothing() -> None:
    network = LocalNetwork(PUBLIC, True, {})
    assert not network.denies(parse_origin("http://127.0.0.1:5000"), {})
    assert not network.turned_denied({})


def test_a_file_counts_as_this_machine() -> None:
    network = LocalNetwork(None, False, {})
    assert not network.denies(parse_origin("http://127.0.0.1:5000"), dict.fromkeys(ALL, "denied"))
