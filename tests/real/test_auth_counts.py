"""Requests to show a manifest, for Basic and for Bearer, the first time, again, and for another tag."""

from collections.abc import Iterator

import pytest
from playground.config import Config
from playwright.sync_api import expect

from tests.real.counts import FIRST, PRIVATE, SECOND, Counts, Measurement, Meter, markdown
from tests.real.explorer import Explorer
from tests.servers.playground_tokens import SAILOR, playing

# Two for what follows the manifest, and each preflight for a URL that was not asked for before with Authorization.
NEXT_TAG = Counts(manifest=1, config=1, referrers=1, preflight=3)


@pytest.fixture(scope="module")
def table() -> Iterator[list[Measurement]]:
    """The figures, printed at the end (`pytest -s` shows them)."""
    measured: list[Measurement] = []
    yield measured
    print("\n\n" + markdown(measured))


class Measuring:
    """One scheme on a server of its own, whose answers and preflights no browser has in its cache yet."""

    def __init__(self, explorer: Explorer, meter: Meter, scheme: str, table: list[Measurement]) -> None:
        self.explorer = explorer
        self.meter = meter
        self._scheme = scheme
        self._table = table

    def check(self, what: str, expected: Counts) -> None:
        """Hold what came since the last check against what should have come."""
        taken = self.meter.take(self.explorer, expected)
        self._table.append(Measurement(self._scheme, what, taken))
        assert taken == expected, what

    def onward(self) -> None:
        """What is the same for every scheme once the first manifest was shown."""
        self.explorer.open("")
        self.explorer.awaits("landing", "idle")
        self.meter.show(self.explorer, FIRST)
        self.check("shown again", Counts())
        self.explorer.run("retry")
        self.check("read again", Counts(manifest=1))
        self.meter.show(self.explorer, SECOND)
        self.check("another tag of the repository", NEXT_TAG)
        self.meter.show(self.explorer, FIRST)
        self.check("the first tag again", Counts())


def measuring(listener: str, explorer: Explorer, scheme: str, table: list[Measurement]) -> Iterator[Measuring]:
    with playing(Config(only=[listener, "token"], content="small")) as running:
        yield Measuring(explorer, Meter(running, listener), scheme, table)


@pytest.fixture
def basic(explorer: Explorer, table: list[Measurement]) -> Iterator[Measuring]:
    yield from measuring("basic", explorer, "Basic", table)


@pytest.fixture
def bearer(explorer: Explorer, table: list[Measurement]) -> Iterator[Measuring]:
    yield from measuring("bearer", explorer, "Bearer, anonymous", table)


@pytest.fixture
def signed_in(explorer: Explorer, table: list[Measurement]) -> Iterator[Measuring]:
    yield from measuring("bearer", explorer, "Bearer, signed in", table)


@pytest.fixture
def forgetful(explorer: Explorer, table: list[Measurement]) -> Iterator[Measuring]:
    yield from measuring("bearer", explorer, "Bearer, anonymous, token lifetime 0", table)


def test_basic_needs_two_requests_and_then_one(basic: Measuring) -> None:
    explorer, meter = basic.explorer, basic.meter
    explorer.open(f"{meter.host}/{FIRST}")
    explorer.sign_in(SAILOR)
    explorer.awaits("manifest", "shown", f"{meter.host}/{FIRST}")
    basic.check("first time, with the 401 before the form", Counts(manifest=2, config=1, referrers=1, preflight=3))
    basic.onward()


def test_bearer_needs_three_requests_and_then_one(bearer: Measuring) -> None:
    bearer.meter.show(bearer.explorer, FIRST)
    bearer.check("first time", Counts(manifest=2, token=1, config=1, referrers=1, preflight=3))
    bearer.onward()


def test_bearer_after_a_sign_in_needs_a_token_for_each_repository_and_no_challenge(signed_in: Measuring) -> None:
    explorer, meter = signed_in.explorer, signed_in.meter
    explorer.open(f"{meter.host}/{PRIVATE}")
    explorer.enter(SAILOR, approval=True)
    explorer.awaits("manifest", "shown", f"{meter.host}/{PRIVATE}")
    # Bare and with an anonymous token, both refused; bare once more between form and approval; then signed in.
    signed_in.check(
        "first time, with all before the form", Counts(manifest=4, token=2, config=1, referrers=1, preflight=4)
    )
    meter.show(explorer, FIRST)
    # The token service has allowed Authorization for any scope of two hours, but the URL is another.
    signed_in.check("first time in another repository", Counts(manifest=1, token=1, config=1, referrers=1, preflight=4))
    signed_in.onward()
    expect(explorer.login).to_have_count(0)


def test_bearer_without_a_memory_for_tokens_needs_a_token_for_each_request(forgetful: Measuring) -> None:
    explorer, meter = forgetful.explorer, forgetful.meter
    explorer.open("-/settings")
    explorer.awaits("settings", "shown")
    explorer.page.get_by_label("Use a token").select_option("0")
    meter.show(explorer, FIRST)
    # One for the manifest, one for the config, one for the referrers.
    forgetful.check("first time", Counts(manifest=2, token=3, config=1, referrers=1, preflight=3))
    explorer.run("retry")
    forgetful.check("read again", Counts(manifest=1, token=1))
    meter.show(explorer, SECOND)
    forgetful.check("another tag of the repository", Counts(manifest=1, token=3, config=1, referrers=1, preflight=3))
