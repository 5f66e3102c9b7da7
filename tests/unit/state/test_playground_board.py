import asyncio

import pytest

from app.state.playground_board import Board, BoardGone
from app.state.playground_model import Told
from tests.unit.fake_transport import FakeResponse, FakeTransport
from tests.unit.state.fake_board import BOARD, REGISTRY, FakeBoard

HERE = f"{BOARD}/_scenarios"


def test_the_fix_is_turned_on_and_off() -> None:
    fake = FakeBoard()
    board = Board(fake.transport, BOARD)
    told = Told(REGISTRY, True, (("registry", REGISTRY),))
    assert asyncio.run(board.turn("x", fixed=True)) == told
    assert asyncio.run(board.turn("x", fixed=False)) == told._replace(fixed=False)
    assert fake.transport.urls() == [f"{HERE}/x/fix", f"{HERE}/x/break"]


def test_it_is_asked_by_simple_requests() -> None:
    fake = FakeBoard()
    asyncio.run(Board(fake.transport, BOARD).turn("x", fixed=True))
    sent = fake.transport.requests[0]
    assert (sent.method, sent.headers, sent.body) == ("POST", (), None)


def test_it_is_there_when_it_answers() -> None:
    transport = FakeTransport()
    transport.on("GET", HERE, FakeResponse(200, b"{}"), FakeResponse(404), "network")
    board = Board(transport, BOARD)
    assert [asyncio.run(board.is_there()) for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize("answer", [FakeResponse(404), FakeResponse(200, b"no"), "network", "timeout"])
def test_what_is_no_board_is_gone(answer: FakeResponse) -> None:
    transport = FakeTransport()
    transport.on("POST", f"{HERE}/x/fix", answer)
    transport.on("GET", f"{HERE}/x/log", answer)
    board = Board(transport, BOARD)
    with pytest.raises(BoardGone):
        asyncio.run(board.turn("x", fixed=True))
    with pytest.raises(BoardGone):
        asyncio.run(board.log("x"))
