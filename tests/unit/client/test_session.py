import asyncio
import base64
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from app.auth.credential import Password
from app.auth.errors import ChallengeHidden, LoginRequired, TokenServiceBusy, TokenServiceFailed
from app.auth.identity import RegistryAuth
from app.auth.scope import pull
from app.auth.step import Reply, Send, Wait
from app.client.errors import BadAnswer, Forbidden, NotFound, RateLimited, Unreachable
from app.client.session import Session
from app.oci.origin import Origin, parse_origin
from app.ports.transport import Request, TransportError
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


# Counted at the server: requests for one resource, the first time and again.


def count(session: Session, transport: FakeTransport, url: str = TAGS) -> int:
    """How many requests one more look at this URL costs."""
    before = len(transport.requests)

    async def look() -> None:
        await (await session.open(get(url), SCOPES)).read(1000)

    run(look())
    return len(transport.requests) - before


def test_a_token_costs_three_requests_then_one_and_one_for_the_next_tag() -> None:
    transport = bearer_registry()
    session = session_of(transport)
    costs = [count(session, transport, url) for url in (TAGS, TAGS, f"{BASE}/v2/lab/manifests/2")]
    assert costs == [3, 1, 1]


def test_without_a_token_cache_each_look_costs_a_token_of_its_own() -> None:
    transport = bearer_registry()
    auth = auth_of()
    auth.lifetime = 0
    session = session_of(transport, auth)
    assert [count(session, transport) for _ in range(3)] == [3, 2, 2]


def test_basic_costs_two_requests_then_one() -> None:
    def answer(request: Request) -> FakeResponse:
        return json_response({}) if request.header("Authorization") else challenge('Basic realm="r"')

    transport = FakeTransport(answer)
    session = session_of(transport, auth_of("ada", "pw"))
    assert [count(session, transport) for _ in range(3)] == [2, 1, 1]


def test_without_a_token_cache_twenty_callers_share_no_token() -> None:
    auth = auth_of()
    auth.lifetime = 0
    transport = bearer_registry()
    run(read_all(session_of(transport, auth), 20))
    assert len(token_requests(transport)) == 20


# Waiting.


def test_a_short_wait_is_waited_and_the_request_sent_again() -> None:
    transport = FakeTransport()
    transport.on("GET", TAGS, FakeResponse(429, headers=[("Retry-After", "3")]), json_response({}))
    clock = FakeClock()
    session = Session(REGISTRY, transport, clock, auth_of())
    assert run(session.open(get())).status == 200
    assert clock.slept == [3.0]


def test_a_long_wait_is_left_to_the_person() -> None:
    transport = FakeTransport(lambda request: FakeResponse(429, headers=[("Retry-After", "60")]))
    clock = FakeClock()
    with pytest.raises(RateLimited) as caught:
        run(Session(REGISTRY, transport, clock, auth_of()).open(get()))
    assert (caught.value.retry_after, clock.slept, len(transport.requests)) == (60.0, [], 1)


def test_a_busy_token_service_says_how_long() -> None:
    async def token(request: Request) -> FakeResponse:
        return FakeResponse(429, headers=[("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")])

    session = Session(REGISTRY, bearer_registry(token), FakeClock(now=784111777.0 - 45), auth_of())
    with pytest.raises(TokenServiceBusy) as caught:
        run(session.open(get(), SCOPES))
    assert caught.value.retry_after == 45.0


def test_a_caller_cancelled_while_it_waits_sends_nothing_more() -> None:
    class Stuck(FakeClock):
        async def sleep(self, seconds: float) -> None:
            await asyncio.Event().wait()

    async def cancel() -> tuple[int, int]:
        transport = FakeTransport()
        transport.on("GET", TAGS, FakeResponse(429, headers=[("Retry-After", "3")]), FakeResponse(200))
        session = Session(REGISTRY, transport, Stuck(), auth_of(), limit=1)
        task = asyncio.create_task(session.open(get()))
        await turns()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        sent = len(transport.requests)
        return sent, (await session.open(get())).status

    assert run(cancel()) == (1, 200)


# A token answer that is no token.


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (FakeResponse(200, b""), "not-json"),
        (FakeResponse(200, b"<html>log in</html>"), "html"),
        (FakeResponse(200, b'{"token":"' + b"a" * 10_000_000 + b'"}'), "too-large"),
        (FakeResponse(307, headers=[("Location", "https://evil.example/")]), "status"),
    ],
    ids=["empty", "html", "10 MB", "redirect"],
)
def test_a_token_answer_that_is_no_token_says_which(answer: FakeResponse, reason: str) -> None:
    async def token(request: Request) -> FakeResponse:
        return answer

    with pytest.raises(TokenServiceFailed) as caught:
        run(session_of(bearer_registry(token)).open(get(), SCOPES))
    assert caught.value.reason == reason


# A server behind a redirect.


def test_what_another_server_answers_is_told_by_the_url_that_was_asked_for() -> None:
    elsewhere = "https://mirror.example/v2/lab/tags/list?sig=canary"

    def answer(request: Request) -> FakeResponse:
        if request.url.startswith("https://mirror.example/token"):
            return json_response({"token": "m"})
        if request.header("Authorization") == "Bearer m":
            return FakeResponse(404)
        bearer = 'Bearer realm="https://mirror.example/token",service="m"'
        return FakeResponse(401, headers=[("WWW-Authenticate", bearer)], url=elsewhere)

    transport = FakeTransport(answer)
    with pytest.raises(NotFound) as caught:
        run(session_of(transport).open(get(), SCOPES))
    assert transport.urls()[-1] == elsewhere
    assert (caught.value.url, caught.value.authorized) == (TAGS, True)
    assert "canary" not in str(vars(caught.value))


# Renewal.


def renewing(expires_in: int = 100) -> tuple[Session, FakeTransport, FakeClock, RegistryAuth]:
    numbers = iter(range(1, 100))

    def answer(request: Request) -> FakeResponse:
        if is_token(request):
            return json_response({"token": f"t{next(numbers)}", "expires_in": expires_in})
        return json_response({}) if request.header("Authorization") else challenge(BEARER)

    transport, clock, auth = FakeTransport(answer), FakeClock(), auth_of("ada", "pw")
    session = Session(REGISTRY, transport, clock, auth)
    count(session, transport)
    return session, transport, clock, auth


def test_a_token_about_to_end_is_renewed_in_the_background() -> None:
    session, transport, clock, _ = renewing()
    clock.advance(60)
    assert run(session.renew()) == 0
    clock.advance(25)
    assert run(session.renew()) == 1
    assert len(token_requests(transport)) == 2
    clock.advance(10)
    assert count(session, transport) == 1
    assert transport.requests[-1].header("Authorization") == "Bearer t2"


def test_a_renewal_that_fails_is_not_tried_again_and_troubles_nobody() -> None:
    session, transport, clock, auth = renewing()
    transport._handler = lambda request: FakeResponse(503)
    clock.advance(85)
    assert [run(session.renew()) for _ in range(3)] == [0, 0, 0]
    assert len(token_requests(transport)) == 2
    assert auth.credential is not None


def test_a_credential_that_ended_meanwhile_is_kept_for_the_next_request_to_tell() -> None:
    session, transport, clock, auth = renewing()
    transport._handler = lambda request: FakeResponse(401)
    clock.advance(85)
    run(session.renew())
    assert auth.credential is not None


def test_a_request_during_a_renewal_shares_its_answer() -> None:
    async def both() -> int:
        gate = Gate()
        gate.open.set()
        clock, auth = FakeClock(), auth_of()
        session = Session(REGISTRY, gate.transport, clock, auth)
        (await session.open(get(), SCOPES)).close()
        gate.open.clear()
        clock.advance(50)
        renewal = asyncio.create_task(session.renew())
        await turns()
        clock.advance(8)
        request = asyncio.create_task(session.open(get(), SCOPES))
        await turns()
        gate.open.set()
        await asyncio.gather(renewal, request)
        return len(token_requests(gate.transport))

    assert run(both()) == 2


# What a recorder is told.


class Notes:
    """A recorder that writes down what it is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._numbers = iter(range(1, 100))

    def sent(self, step: Send, registry: Origin, caller: Request | None = None) -> int:
        number = next(self._numbers)
        self.lines.append(f"{number} {step.purpose} {step.why} {step.request.header('Accept')}")
        assert caller is not None
        return number

    def answered(self, number: int, reply: Reply, seconds: float) -> None:
        self.lines.append(f"{number} {reply.status} {len(reply.body)} bytes {seconds:g} s")

    def failed(self, number: int, error: TransportError, seconds: float) -> None:
        self.lines.append(f"{number} {error.reason}")

    def waited(self, step: Wait, registry: Origin, caller: Request | None = None) -> None:
        self.lines.append(f"wait {step.seconds:g} {step.why}")

    def ended(self, registry: Origin, request: Request, error: BaseException | None) -> None:
        self.lines.append(f"ended {type(error).__name__}")


def noted(transport: FakeTransport, request: Request | None = None) -> list[str]:
    notes = Notes()
    session = Session(REGISTRY, transport, FakeClock(), auth_of(), recorder=notes)

    async def look() -> None:
        with suppress(Exception):
            await session.open(request or get(), SCOPES, accept_authorized="long")

    run(look())
    return notes.lines


def test_a_recorder_is_told_of_each_request_its_reason_and_the_end() -> None:
    assert noted(bearer_registry(), get().with_header("Accept", "short")) == [
        "1 resource first-contact short",
        "1 401 38 bytes 0 s",
        "2 token challenge-bearer None",
        "2 200 14 bytes 0 s",
        "3 resource challenge-bearer long",
        "3 200 0 bytes 0 s",
        "ended NoneType",
    ]


def test_a_recorder_is_told_of_failures_waits_and_errors() -> None:
    transport = FakeTransport()
    transport.on("GET", TAGS, FakeResponse(429, headers=[("Retry-After", "1")]), "network")
    assert noted(transport)[1:] == [
        "1 429 0 bytes 0 s",
        "wait 1 rate-limited",
        "2 resource after-wait None",
        "2 network",
        "ended Unreachable",
    ]


def test_a_shared_token_request_is_recorded_once() -> None:
    notes = Notes()
    session = Session(REGISTRY, bearer_registry(), FakeClock(), auth_of(), recorder=notes)
    run(read_all(session, 6))
    assert sum(" token " in line for line in notes.lines) == 1


def test_a_cancelled_request_is_recorded_as_such() -> None:
    async def hang(request: Request) -> FakeResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async def cancel() -> list[str]:
        notes = Notes()
        session = Session(REGISTRY, FakeTransport(hang), FakeClock(), auth_of(), recorder=notes)
        task = asyncio.create_task(session.open(get()))
        await turns()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return notes.lines

    assert run(cancel()) == ["1 resource first-contact None", "ended CancelledError"]
