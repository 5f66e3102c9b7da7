import pytest

from app.client.errors import Unreachable
from app.client.permits import NotPermitted, Permits, covers
from app.client.session import Session
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.client.fake_registry import BASE, REGISTRY, auth_of, run
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport, Planned, challenge, json_response

TAGS = f"{BASE}/v2/lab/tags/list"
REALM = "https://auth.example/token"
BEARER = f'Bearer realm="{REALM}",service="s",scope="repository:lab:pull"'


@pytest.mark.parametrize(
    "pattern",
    [
        "https://r.example:5000",
        "https://r.example",
        "*://r.example",
        "https://*.example",
        "https://*",
        "*://*",
        "https://*.r.example",
    ],
)
def test_a_pattern_has_that_origin(pattern: str) -> None:
    assert covers([pattern], parse_origin("https://r.example:5000"))


@pytest.mark.parametrize(
    "pattern",
    [
        "http://r.example:5000",
        "https://r.example:5001",
        "https://r.example:443",
        "https://example",
        "https://*.ample",
        "https://r.example.com",
        "https://xr.example:5000",
        "https://r.example:5000/v2/*",
        "r.example:5000",
        "",
    ],
)
def test_a_pattern_has_not_that_origin(pattern: str) -> None:
    assert not covers([pattern], parse_origin("https://r.example:5000"))


def test_the_port_of_the_scheme_may_be_written() -> None:
    assert covers(["https://r.example:443"], parse_origin("https://r.example"))


@pytest.mark.parametrize("pattern", ["http://[::1]:5000", "http://[::1]"])
def test_an_address_of_version_six_is_an_origin_too(pattern: str) -> None:
    assert covers([pattern], parse_origin("http://[::1]:5000"))
    assert not covers([pattern], parse_origin("http://[::2]:5000"))


def permits(granted: tuple[str, ...] | None, offered: tuple[str, ...] | None = None) -> Permits:
    made = Permits()
    made.granted, made.offered = granted, offered
    return made


def refused(transport: FakeTransport, given: Permits, method: str = "GET") -> NotPermitted:
    session = Session(REGISTRY, transport, FakeClock(), auth_of(), permits=given)
    with pytest.raises(NotPermitted) as caught:
        run(session.open(Request(method, TAGS)))
    return caught.value


def test_without_a_rule_everything_is_asked() -> None:
    transport = FakeTransport(lambda request: json_response({}))
    assert run(Session(REGISTRY, transport, FakeClock(), auth_of(), permits=Permits()).open(Request("GET", TAGS)))


def test_a_registry_that_was_not_granted_is_not_asked() -> None:
    transport = FakeTransport()
    error = refused(transport, permits(()))
    assert (error.part, error.origin, error.rule, error.url) == ("registry", REGISTRY, "extension", TAGS)
    assert transport.requests == []


def test_a_token_service_that_was_not_granted_is_not_asked() -> None:
    transport = FakeTransport()
    transport.on("GET", TAGS, challenge(BEARER))
    error = refused(transport, permits((BASE,)))
    # The URL that is told is the one this was for: that of the token service names scopes and may name an account.
    assert (error.part, str(error.origin), error.url) == ("token", "https://auth.example", TAGS)
    assert transport.urls() == [TAGS]


def test_a_copy_for_other_registries_asks_none_even_when_it_was_granted() -> None:
    transport = FakeTransport()
    assert refused(transport, permits(("*://*",), ("https://other.example",))).rule == "site"
    assert transport.requests == []


def moving(final: Planned) -> FakeTransport:
    """A registry whose answer does not arrive; asked again without following redirects it gives `final`."""
    transport = FakeTransport()
    transport.on("GET", TAGS, "network", final)
    return transport


def test_a_redirect_to_a_place_that_was_not_granted_is_told_apart_from_silence() -> None:
    transport = moving(FakeResponse(0))
    error = refused(transport, permits((BASE,)))
    assert (error.part, error.origin) == ("storage", None)
    assert [request.redirect for request in transport.requests] == ["follow", "manual"]
    assert transport.responses[-1].ended == "close"


@pytest.mark.parametrize("final", ["network", FakeResponse(200)])
def test_silence_stays_silence(final: Planned) -> None:
    session = Session(REGISTRY, moving(final), FakeClock(), auth_of(), permits=permits((BASE,)))
    with pytest.raises(Unreachable):
        run(session.open(Request("GET", TAGS)))


def test_a_page_of_the_web_does_not_ask_twice() -> None:
    transport = moving(FakeResponse(0))
    with pytest.raises(Unreachable):
        run(Session(REGISTRY, transport, FakeClock(), auth_of(), permits=Permits()).open(Request("GET", TAGS)))
    assert len(transport.requests) == 1


def test_a_request_that_timed_out_is_not_sent_again() -> None:
    transport = FakeTransport()
    transport.on("GET", TAGS, "timeout")
    with pytest.raises(Unreachable):
        run(Session(REGISTRY, transport, FakeClock(), auth_of(), permits=permits((BASE,))).open(Request("GET", TAGS)))
    assert len(transport.requests) == 1
