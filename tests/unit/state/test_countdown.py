import pytest

from app.auth.errors import TokenServiceBusy, TokenServiceFailed
from app.client.endpoints import tags_url
from app.client.errors import NotFound, RateLimited
from app.oci.origin import parse_origin
from app.state.countdown import LONGEST, MOST_TRIES, Countdown, wait_of
from app.state.failure import Failure, failure_of
from app.state.model import Tags
from tests.unit.fake_transport import FakeClock, FakeTransport, error_response
from tests.unit.state.fake_content import HOME, TAGS, plan_catalog, plan_image, plan_tags
from tests.unit.state.fake_lab import APPROVED, Lab
from tests.unit.state.fake_page import Tab, play

URL = "https://r.example/v2/_catalog"
GHCR = parse_origin("https://ghcr.io")
TOKENS = parse_origin("https://tokens.example")


def limited(seconds: float | None) -> Failure:
    return failure_of(RateLimited("GET", URL, retry_after=seconds))


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (RateLimited("GET", URL, retry_after=30), 30),
        (RateLimited("GET", URL), None),
        (TokenServiceBusy(TOKENS, f"{TOKENS}/token", 429, "status", 20), 20),
        (TokenServiceFailed(TOKENS, f"{TOKENS}/token", 503, "status", 20), None),
        (NotFound("GET", URL, 404), None),
    ],
)
def test_a_429_alone_says_how_long_to_wait(error: Exception, seconds: float | None) -> None:
    assert wait_of(error) == seconds


def test_what_is_left_is_said_in_whole_seconds_and_never_too_few() -> None:
    clock = FakeClock()
    counting = Countdown(clock)
    counting.aim(limited(30), loading=False)
    assert counting.left() == 30
    clock.advance(0.5)
    assert counting.left() == 30
    clock.advance(1)
    assert counting.left() == 29
    clock.advance(100)
    assert counting.left() == 0


def test_the_same_failure_is_counted_once() -> None:
    clock, failure = FakeClock(), limited(30)
    counting = Countdown(clock)
    assert counting.aim(failure, loading=False)
    clock.advance(10)
    assert not counting.aim(failure, loading=False)
    assert counting.left() == 20


@pytest.mark.parametrize("seconds", [None, LONGEST + 1])
def test_a_wait_that_is_unknown_or_too_long_is_left_to_the_person(seconds: float | None) -> None:
    counting = Countdown(FakeClock())
    assert not counting.aim(limited(seconds), loading=False)
    assert counting.left() is None


def test_each_try_waits_longer_and_after_a_few_there_is_none() -> None:
    counting = Countdown(FakeClock())
    waits = []
    for _ in range(MOST_TRIES + 1):
        counting.aim(limited(1), loading=False)
        waits.append(counting.left())
        counting.begin_try()
        counting.aim(None, loading=True)
    assert waits == [10, 20, 40, 80, 160, None]


def test_a_page_that_was_read_begins_anew() -> None:
    counting = Countdown(FakeClock())
    counting.aim(limited(1), loading=False)
    counting.begin_try()
    counting.aim(None, loading=False)
    counting.aim(limited(1), loading=False)
    assert counting.left() == 10


# On a page


def limited_catalog(*waits: str) -> Tab:
    lab = Lab(is_open=True)
    lab.limits = list(waits)
    return lab.tab()


def test_a_page_that_is_limited_counts_down_and_is_read_by_itself() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        assert tab.facts() == ("registry", "failed", "rate-limited")
        counted = [tab.state.retry]
        for seconds in (59, 1):
            assert len(tab.transport.requests) == 1
            await tab.pass_time(seconds)
            counted.append(tab.state.retry)
        assert counted == [60, 1, None]
        assert tab.rows() == ["anybody"]

    play(scene, lambda: limited_catalog("60"))


def test_a_countdown_is_committed_each_second_and_nothing_else_is() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        before = len(tab.shell.commits)
        await tab.pass_time(1)
        await tab.pass_time(0)
        assert len(tab.shell.commits) == before + 1
        assert [patch.region for patch in tab.shell.last.patches] == ["context"]
        assert tab.state.retry == 59

    play(scene, lambda: limited_catalog("60"))


def test_a_countdown_can_be_cancelled() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.press("cancel-retry")
        assert tab.state.retry is None
        await tab.pass_time(100)
        assert tab.facts() == ("registry", "failed", "rate-limited")
        assert len(tab.transport.requests) == 1

    play(scene, lambda: limited_catalog("60"))


def test_a_countdown_need_not_be_waited_for() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.press("retry")
        assert tab.rows() == ["anybody"]
        assert tab.state.retry is None

    play(scene, lambda: limited_catalog("60"))


def test_a_countdown_ends_with_its_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go("#/")
        assert tab.state.retry is None
        await tab.pass_time(100)
        assert len(tab.transport.requests) == 1

    play(scene, lambda: limited_catalog("60"))


def test_a_token_service_that_is_asked_too_often_is_waited_for_too() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        assert tab.facts() == ("registry", "failed", "rate-limited")
        assert tab.state.retry == 40
        await tab.pass_time(40)
        assert tab.rows() == ["anybody"]

    lab = Lab(is_open=True)
    lab.token_limits = ["40"]
    play(scene, lab.tab)


def test_a_list_that_is_limited_goes_on_where_it_ended() -> None:
    async def scene(tab: Tab) -> None:
        busy = error_response(429, "TOOMANYREQUESTS", headers=[("Retry-After", "60")])
        urls = plan_catalog(tab.transport, ["a"], busy)
        await tab.start(HOME)
        assert tab.facts() == ("registry", "partial", "rate-limited")
        assert tab.state.retry == 60
        asked = len(tab.transport.requests)
        await tab.pass_time(60)
        assert tab.transport.urls()[asked:] == [urls[1]]

    play(scene, lambda: Tab(FakeTransport()))


def test_rows_are_not_read_while_the_registry_wants_to_be_left_alone() -> None:
    async def scene(tab: Tab) -> None:
        busy = error_response(429, "TOOMANYREQUESTS", headers=[("Retry-After", "60")])
        plan_tags(tab.transport, ["1", "2"], busy)
        plan_image(tab.transport, "1")
        plan_image(tab.transport, "2")
        await tab.start(TAGS)
        assert tab.state.retry == 60
        asked = len(tab.transport.requests)
        await tab.see(0)
        assert len(tab.transport.requests) == asked
        assert tab.shown(Tags).details == {}

    play(scene, lambda: Tab(FakeTransport()))


def test_another_page_begins_with_the_first_wait() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.pass_time(60)
        assert tab.state.retry == 20
        await tab.go(TAGS)
        assert tab.state.retry == 11

    play(scene, lambda: limited_catalog("60", "12", "11"))


def test_a_person_who_asks_begins_with_the_first_wait() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.pass_time(60)
        assert tab.state.retry == 20
        await tab.press("retry")
        assert tab.state.retry == 11

    play(scene, lambda: limited_catalog("60", "12", "11"))


def test_a_form_that_is_open_is_not_taken_away_by_a_try() -> None:
    async def scene(tab: Tab) -> None:
        busy = error_response(429, "TOOMANYREQUESTS", headers=[("Retry-After", "60")])
        tab.transport.on("GET", tags_url(GHCR, "lab/app"), busy)
        await tab.start("#/ghcr.io/lab/app")
        await tab.press("sign-in")
        await tab.pass_time(60)
        assert tab.state.login is not None
        assert len(tab.transport.requests) == 1
        await tab.press("cancel")
        await tab.pass_time(0)
        assert len(tab.transport.requests) == 2

    play(scene, lambda: Tab(FakeTransport()))
