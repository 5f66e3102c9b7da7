import asyncio
import base64
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest

from app.auth.credential import Password
from app.auth.errors import ChallengeHidden, LoginRequired, TokenServiceFailed
from app.auth.identity import RegistryAuth
from app.auth.scope import pull
from app.client.errors import BadAnswer, Forbidden, NotFound, RateLimited, Unreachable
from app.client.session import Session
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.client.fake_registry import BASE, REGISTRY, auth_of, run, session_of
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport, challenge, error_response, json_response

TAGS = f"{BASE}/v2/lab/tags/list"
REALM = f"{BASE}/token"
BEARER = f'Bearer realm="{REALM}",service="s",scope="repository:lab:pull"'
SCOPES = (pull("lab"),)


def get(url: str = TAGS) -> Request:
    return Request("GET", url)


def is_token(request: Request) -> bool:
    return urlsplit(request.url).path == "/token"


def bearer_registry(token: Callable[[Request], Awaitable[FakeResponse]] | None = None) -> FakeTransport:
    """Answers 401 to a resource without the token "t", and gives out that token, or what `token` does."""

    async def answer(request: Request) -> FakeResponse:
        if is_token(request):
            return json_response({"token": "t"}) if token is None else await token(request)
        if request.header("Authorization") == "Bearer t":
            return json_response({"tags": []})
        return challenge(BEARER)

    return FakeTransport(answer)


def token_requests(transport: FakeTransport) -> list[Request]:
    return [request for request in transport.requests if is_token(request)]


async def turns(count: int = 50) -> None:
    """Let every task that can go on go on."""
    for _ in range(count):
        await asyncio.sleep(0)


def test_an_open_resource_is_asked_for_once_without_authorization() -> None:
    transport = FakeTransport(lambda request: json_response({}))
    answer = run(session_of(transport).open(get(), SCOPES))
    assert (answer.status, len(transport.requests), transport.requests[0].header("Authorization")) == (200, 1, None)


def test_the_body_of_an_answer_is_still_unread() -> None:
    transport = FakeTransport(lambda request: json_response({}))
    run(session_of(transport).open(get()))
    assert transport.responses[0].ended is None


def test_a_bearer_challenge_is_answered_with_a_token() -> None:
    transport = bearer_registry()
    answer = run(session_of(transport).open(get(), SCOPES))
    assert answer.status == 200
    assert [urlsplit(url).path for url in transport.urls()] == ["/v2/lab/tags/list", "/token", "/v2/lab/tags/list"]


def test_the_second_request_brings_the_token_at_once() -> None:
    transport = bearer_registry()

    async def twice() -> None:
        session = session_of(transport)
        (await session.open(get(), SCOPES)).close()
        (await session.open(get(), SCOPES)).close()

    run(twice())
    assert [request.header("Authorization") for request in transport.requests[3:]] == ["Bearer t"]


def test_basic_credentials_answer_a_basic_challenge() -> None:
    def answer(request: Request) -> FakeResponse:
        return json_response({}) if request.header("Authorization") else challenge('Basic realm="r"')

    transport = FakeTransport(answer)
    run(session_of(transport, auth_of("ada", "pw")).open(get(), SCOPES))
    assert transport.requests[-1].header("Authorization") == "Basic " + base64.b64encode(b"ada:pw").decode()


def test_a_login_that_is_wanted_passes_through() -> None:
    transport = FakeTransport(lambda request: challenge('Basic realm="r"'))
    with pytest.raises(LoginRequired) as caught:
        run(session_of(transport).open(get(), SCOPES))
    assert caught.value.prompt.scheme == "basic"


def test_a_401_without_a_readable_challenge_passes_through() -> None:
    transport = FakeTransport(lambda request: FakeResponse(401))
    with pytest.raises(ChallengeHidden):
        run(session_of(transport).open(get(), SCOPES))


def test_a_403_is_forbidden_with_the_codes_of_its_body() -> None:
    transport = FakeTransport(lambda request: error_response(403, "DENIED"))
    with pytest.raises(Forbidden) as caught:
        run(session_of(transport).open(get(), SCOPES))
    assert caught.value.codes[0].code == "DENIED"


def test_an_error_is_not_asked_for_again() -> None:
    transport = FakeTransport(lambda request: FakeResponse(503))
    with pytest.raises(Exception, match="503"):
        run(session_of(transport).open(get(), SCOPES))
    assert len(transport.requests) == 1


def test_a_network_error_is_unreachable_and_not_tried_again() -> None:
    transport = FakeTransport()
    transport.on("GET", TAGS, "network")
    with pytest.raises(Unreachable) as caught:
        run(session_of(transport).open(get(), SCOPES))
    assert (caught.value.reason, caught.value.url, len(transport.requests)) == ("network", TAGS, 1)


def test_a_rate_limit_with_a_date_is_counted_by_the_clock() -> None:
    limited = FakeResponse(429, headers=[("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")])
    clock = FakeClock(now=784111777.0 - 45)
    session = Session(REGISTRY, FakeTransport(lambda request: limited), clock, auth_of())
    with pytest.raises(RateLimited) as caught:
        run(session.open(get(), SCOPES))
    assert (caught.value.retry_after, clock.slept) == (45.0, [])


def test_an_error_whose_body_breaks_off_keeps_its_status() -> None:
    transport = FakeTransport(lambda request: FakeResponse(404, b"{", fails="truncated"))
    with pytest.raises(NotFound) as caught:
        run(session_of(transport).open(get(), SCOPES))
    assert caught.value.codes == ()


def test_an_error_with_a_huge_body_keeps_its_status() -> None:
    transport = FakeTransport(lambda request: FakeResponse(404, b" " * 70_000))
    with pytest.raises(NotFound):
        run(session_of(transport).open(get(), SCOPES))


def test_a_status_that_no_answer_has_is_a_bad_answer_and_closed() -> None:
    transport = FakeTransport(lambda request: FakeResponse(304))
    with pytest.raises(BadAnswer) as caught:
        run(session_of(transport).open(get(), SCOPES))
    assert (caught.value.reason, transport.responses[0].ended) == ("status", "close")


def test_a_url_of_another_origin_is_never_asked() -> None:
    transport = FakeTransport(lambda request: json_response({}))
    with pytest.raises(ValueError, match="not a URL of"):
        run(session_of(transport).open(get("https://r.example/v2/"), ()))
    assert transport.requests == []


def test_docker_hub_is_asked_at_the_host_of_its_api() -> None:
    hub = parse_origin("https://docker.io")
    transport = FakeTransport(lambda request: json_response({}))
    session = Session(hub, transport, FakeClock(), RegistryAuth(hub))
    assert run(session.open(get("https://registry-1.docker.io/v2/"))).status == 200


def test_an_authorized_request_has_the_longer_accept() -> None:
    transport = bearer_registry()
    request = get().with_header("Accept", "a/b")
    answer = run(session_of(transport).open(request, SCOPES, accept_authorized="a/b, c/d"))
    resources = [request for request in transport.requests if not is_token(request)]
    assert [request.header("Accept") for request in resources] == ["a/b", "a/b, c/d"]
    assert answer.request.header("Accept") == "a/b, c/d"


# A token service that does not answer.


@pytest.mark.parametrize("reason", ["network", "timeout", "truncated"])
def test_an_unreachable_token_service_is_the_auth_rooms_error(reason: str) -> None:
    async def token(request: Request) -> FakeResponse:
        return FakeResponse(200, b"{", fails=reason)  # type: ignore[arg-type]

    with pytest.raises(TokenServiceFailed):
        run(session_of(bearer_registry(token)).open(get(), SCOPES))


def test_after_a_failed_token_request_another_one_may_succeed() -> None:
    answers = [FakeResponse(500), json_response({"token": "t"})]

    async def token(request: Request) -> FakeResponse:
        return answers.pop(0)

    async def twice() -> int:
        session = session_of(bearer_registry(token))
        with pytest.raises(TokenServiceFailed):
            await session.open(get(), SCOPES)
        return (await session.open(get(), SCOPES)).status

    assert run(twice()) == 200


# Many at once.


async def read_all(session: Session, count: int) -> None:
    async def one() -> None:
        await (await session.open(get(), SCOPES)).read(1000)

    await asyncio.gather(*(one() for _ in range(count)))


def test_twenty_callers_share_one_token_request() -> None:
    transport = bearer_registry()
    run(read_all(session_of(transport), 20))
    assert len(token_requests(transport)) == 1


def test_twenty_callers_meet_no_more_challenges_than_there_are_places() -> None:
    transport = bearer_registry()
    run(read_all(session_of(transport, limit=6), 20))
    assert len(transport.requests) == 6 + 1 + 20


def test_callers_of_other_scopes_get_tokens_of_their_own() -> None:
    transport = bearer_registry()

    async def both() -> None:
        session = session_of(transport)
        await asyncio.gather(
            session.open(get(), SCOPES), session.open(get(f"{BASE}/v2/other/tags/list"), (pull("other"),))
        )

    run(both())
    assert len(token_requests(transport)) == 2


@pytest.mark.parametrize("limit", [1, 2, 6])
def test_no_more_requests_are_in_flight_than_the_limit(limit: int) -> None:
    transport = FakeTransport(lambda request: json_response({}))
    run(read_all(session_of(transport, limit=limit), 20))
    assert transport.most_in_flight == limit


def test_an_answer_whose_body_is_unread_still_holds_its_place() -> None:
    async def waiting() -> tuple[bool, bool]:
        session = session_of(FakeTransport(lambda request: json_response({})), limit=1)
        first = await session.open(get())
        second = asyncio.create_task(session.open(get()))
        await turns()
        before = second.done()
        first.close()
        await turns()
        return before, second.done()

    assert run(waiting()) == (False, True)


def test_a_failed_request_gives_its_place_back() -> None:
    async def again() -> int:
        transport = FakeTransport()
        transport.on("GET", TAGS, "network", FakeResponse(404), FakeResponse(200))
        session = session_of(transport, limit=1)
        with pytest.raises(Unreachable):
            await session.open(get())
        with pytest.raises(NotFound):
            await session.open(get())
        return (await session.open(get())).status

    assert run(again()) == 200


# Cancelling.


def test_cancelling_a_caller_aborts_its_request_and_gives_its_place_back() -> None:
    async def hang(request: Request) -> FakeResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async def cancel() -> tuple[int, int]:
        transport = FakeTransport()
        transport.on("GET", TAGS, hang, FakeResponse(200))
        session = session_of(transport, limit=1)
        task = asyncio.create_task(session.open(get()))
        await turns()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(transport.aborted), (await session.open(get())).status

    assert run(cancel()) == (1, 200)


def test_cancelling_a_caller_that_waits_for_a_place_sends_nothing() -> None:
    async def cancel() -> int:
        transport = FakeTransport(lambda request: json_response({}))
        session = session_of(transport, limit=1)
        first = await session.open(get())
        task = asyncio.create_task(session.open(get()))
        await turns()
        task.cancel()
        first.close()
        await turns()
        assert (await session.open(get())).status == 200
        return len(transport.requests)

    assert run(cancel()) == 2


class Gate:
    """A token service that answers when told to."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.transport = bearer_registry(self.token)

    async def token(self, request: Request) -> FakeResponse:
        await self.open.wait()
        return json_response({"token": "t"})


def test_cancelling_the_first_caller_does_not_cancel_the_token_of_the_others() -> None:
    async def cancel() -> tuple[list[int], int, int]:
        gate = Gate()
        session = session_of(gate.transport)
        tasks = [asyncio.create_task(session.open(get(), SCOPES)) for _ in range(3)]
        await turns()
        tasks[0].cancel()
        await turns()
        gate.open.set()
        answers = await asyncio.gather(*tasks[1:])
        assert tasks[0].cancelled()
        return [answer.status for answer in answers], len(token_requests(gate.transport)), len(gate.transport.aborted)

    assert run(cancel()) == ([200, 200], 1, 0)


def test_a_token_request_that_nobody_waits_for_any_more_is_aborted() -> None:
    async def cancel() -> list[Request]:
        gate = Gate()
        session = session_of(gate.transport)
        tasks = [asyncio.create_task(session.open(get(), SCOPES)) for _ in range(2)]
        await turns()
        for task in tasks:
            task.cancel()
        await turns()
        return gate.transport.aborted

    assert [is_token(request) for request in run(cancel())] == [True]


def test_a_caller_after_an_aborted_token_request_starts_its_own() -> None:
    async def cancel() -> tuple[int, int]:
        gate = Gate()
        session = session_of(gate.transport)
        first = asyncio.create_task(session.open(get(), SCOPES))
        await turns()
        first.cancel()
        second = asyncio.create_task(session.open(get(), SCOPES))
        await turns()
        gate.open.set()
        return (await second).status, len(token_requests(gate.transport))

    assert run(cancel()) == (200, 2)


def test_a_corrected_password_does_not_share_the_answer_to_the_wrong_one() -> None:
    async def correct() -> list[str | None]:
        gate = Gate()
        auth = auth_of("ada", "wrong")
        session = session_of(gate.transport, auth)
        first = asyncio.create_task(session.open(get(), SCOPES))
        await turns()
        auth.sign_in(Password("ada", "right"))
        second = asyncio.create_task(session.open(get(), SCOPES))
        await turns()
        gate.open.set()
        await asyncio.gather(first, second, return_exceptions=True)
        return [request.header("Authorization") for request in token_requests(gate.transport)[:2]]

    assert len(set(run(correct()))) == 2
