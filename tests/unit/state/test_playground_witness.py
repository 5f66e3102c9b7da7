import asyncio

from app.ports.probing import Probe, Sight
from app.state.playground_board import Board
from app.state.playground_witness import MOST_SECONDS, Witness
from tests.unit.cors.fake_servers import Cors
from tests.unit.state.fake_board import BOARD, REGISTRY, FakeBoard

PING = Probe("GET", f"{REGISTRY}/v2/")
SIGNED = PING._replace(headers=(("Authorization", "Basic x"),))


def witness(fake: FakeBoard) -> Witness:
    return Witness(fake.browser, Board(fake.transport, BOARD), "x")


def test_what_the_server_logged_belongs_to_the_probe_before() -> None:
    fake = FakeBoard(Cors())

    async def scene() -> None:
        seen = witness(fake)
        await seen.look(PING, 8)
        await seen.look(SIGNED, 8)
        # Shown to people a probe lacks its credentials; a preflight went before it.
        shown = SIGNED._replace(headers=(("Authorization", "…"),))
        assert [one.method for one in seen.take(PING)] == ["GET"]
        assert [one.method for one in seen.take(shown)] == ["OPTIONS", "GET"]
        assert seen.take(PING) == ()

    asyncio.run(scene())


def test_probes_made_at_once_go_one_after_the_other() -> None:
    fake = FakeBoard(Cors())

    async def scene() -> None:
        seen = witness(fake)
        await asyncio.gather(seen.look(PING, 8), seen.look(PING._replace(method="HEAD"), 8))
        assert [one.method for one in seen.take(PING._replace(method="HEAD"))] == ["HEAD"]
        assert [one.method for one in seen.take(PING)] == ["GET"]

    asyncio.run(scene())


def test_a_probe_that_differs_in_its_way_is_another() -> None:
    fake = FakeBoard(Cors())

    async def scene() -> None:
        seen = witness(fake)
        await seen.look(PING, 8)
        assert seen.take(PING._replace(mode="no-cors")) == ()
        assert seen.take(PING._replace(redirect="manual")) == ()
        assert len(seen.take(PING)) == 1

    asyncio.run(scene())


def test_without_a_log_the_page_sees_what_it_sees() -> None:
    fake = FakeBoard(Cors())
    fake.gone = True

    async def scene() -> Sight:
        return await witness(fake).look(PING, 8)

    assert asyncio.run(scene()).readable


def test_nobody_waits_long_for_a_server_on_the_same_machine() -> None:
    fake = FakeBoard()
    fake.browser.hangs = set(fake.browser.servers)
    assert asyncio.run(witness(fake).look(PING, 8)).seconds == MOST_SECONDS


def test_all_else_is_the_browsers_own() -> None:
    fake = FakeBoard()
    fake.browser.online = False
    fake.browser.before = {"local-network": "prompt"}
    assert not witness(fake).is_online()
    assert asyncio.run(witness(fake).permissions()) == {"local-network": "prompt"}
