import pytest

from app.oci.origin import Origin, parse_origin
from app.state.host_config import DEFAULT, HostConfig, HostRegistry
from app.state.host_gate import HostGate
from app.state.keeping import DEFAULT as SETTINGS
from app.state.keeping import opened
from app.state.model import AppState, Landing, Settings
from app.state.route import LANDING, parse_route

PUBLIC = parse_origin("https://portolan.example")
LAN = parse_origin("http://192.168.1.9:5000")


def state_of(config: HostConfig = DEFAULT, settings: Settings = SETTINGS) -> AppState:
    page = Landing("", None)
    return AppState(LANDING, page, False, None, None, False, None, None, None, config, settings, ())


@pytest.mark.parametrize(
    "host",
    ["http://192.168.1.9", "http://localhost:5000", "https://registry:5000", "http://[fe80::1]", "https://nas.local"],
)
def test_a_public_page_asks_before_it_contacts_a_private_host(host: str) -> None:
    assert HostGate(PUBLIC).must_ask(parse_origin(host), state_of())


def test_a_public_host_is_not_asked_about() -> None:
    assert not HostGate(PUBLIC).must_ask(parse_origin("https://ghcr.io"), state_of())


@pytest.mark.parametrize("page", [None, parse_origin("http://localhost:8000"), parse_origin("https://10.1.2.3")])
def test_a_page_that_is_no_stranger_does_not_ask(page: Origin | None) -> None:
    assert not HostGate(page).must_ask(LAN, state_of())


def test_a_configured_host_is_not_asked_about() -> None:
    config = DEFAULT._replace(registries=(HostRegistry(LAN, "lab"),))
    assert not HostGate(PUBLIC).must_ask(LAN, state_of(config))


def test_a_recent_host_is_not_asked_about_and_its_other_ports_are() -> None:
    state = state_of(settings=opened(SETTINGS, "http://192.168.1.9:5000", 1))
    assert not HostGate(PUBLIC).must_ask(LAN, state)
    assert HostGate(PUBLIC).must_ask(parse_origin("http://192.168.1.9:5001"), state)


def test_a_confirmed_host_is_not_asked_about_until_that_is_forgotten() -> None:
    gate = HostGate(PUBLIC)
    gate.confirm(LAN)
    assert not gate.must_ask(LAN, state_of())
    gate.forget()
    assert gate.must_ask(LAN, state_of())


def test_the_realm_that_the_doctor_is_sent_to_is_asked_about() -> None:
    gate = HostGate(PUBLIC)
    route = parse_route("ghcr.io/-/doctor?realm=http://192.168.1.9:5000/token")
    assert gate.first_unasked(route, state_of()) == LAN
    gate.confirm(LAN)
    assert gate.first_unasked(route, state_of()) is None


@pytest.mark.parametrize(
    "hash_", ["ghcr.io/-/doctor?realm=nothing", "ghcr.io/-/transcript?realm=http://192.168.1.9:5000/token", "-/doctor"]
)
def test_where_no_realm_is_contacted_none_is_asked_about(hash_: str) -> None:
    assert HostGate(PUBLIC).first_unasked(parse_route(hash_), state_of()) is None


def test_the_registry_of_the_other_side_of_a_comparison_is_asked_about() -> None:
    gate = HostGate(PUBLIC)
    route = parse_route("ghcr.io/a:1/-/compare/http://192.168.1.9:5000/a:2")
    assert gate.first_unasked(route, state_of()) == LAN
    gate.confirm(LAN)
    assert gate.first_unasked(route, state_of()) is None
