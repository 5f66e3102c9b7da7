import asyncio

import pytest

from app.client.answer import Answer
from app.client.errors import BadAnswer, Unreachable
from app.ports.transport import FailureReason, Request
from tests.unit.fake_transport import FakeResponse

REQUEST = Request("GET", "https://r.example/v2/lab/blobs/sha256:0")


class Places:
    def __init__(self) -> None:
        self.left = 0

    def leave(self) -> None:
        self.left += 1


def answer_of(response: FakeResponse, places: Places | None = None) -> Answer:
    return Answer(response, REQUEST, (places or Places()).leave)


def test_reading_gives_the_body_and_the_place_back() -> None:
    places = Places()
    assert asyncio.run(answer_of(FakeResponse(200, b"body"), places).read(10)) == b"body"
    assert places.left == 1


def test_the_place_is_kept_until_the_body_is_read() -> None:
    places = Places()
    answer_of(FakeResponse(200, b"body"), places)
    assert places.left == 0


def test_closing_gives_the_place_back_and_the_body_up() -> None:
    places, response = Places(), FakeResponse(200, b"body")
    answer_of(response, places).close()
    assert (places.left, response.ended) == (1, "close")


def test_chunks_give_the_place_back_at_their_end() -> None:
    places = Places()

    async def read() -> bytes:
        answer = answer_of(FakeResponse(200, b"body"), places)
        collected = b""
        async for chunk in answer.chunks():
            assert places.left == 0
            collected += chunk
        return collected

    assert asyncio.run(read()) == b"body"
    assert places.left == 1


@pytest.mark.parametrize("reason", ["network", "timeout", "truncated"])
def test_a_body_that_breaks_off_is_unreachable_and_gives_the_place_back(reason: FailureReason) -> None:
    places = Places()
    with pytest.raises(Unreachable) as caught:
        asyncio.run(answer_of(FakeResponse(200, fails=reason), places).read(10))
    assert (caught.value.reason, caught.value.status, places.left) == (reason, 200, 1)


def test_a_body_over_the_limit_is_a_bad_answer() -> None:
    with pytest.raises(BadAnswer) as caught:
        asyncio.run(answer_of(FakeResponse(200, b"body")).read(3))
    assert (caught.value.reason, caught.value.limit) == ("too-large", 3)


def test_chunks_that_break_off_are_unreachable() -> None:
    async def read() -> None:
        async for _ in answer_of(FakeResponse(200, b"body", fails="truncated")).chunks():
            pass

    with pytest.raises(Unreachable):
        asyncio.run(read())


def test_cancelling_a_read_gives_the_place_back() -> None:
    places = Places()

    async def cancel() -> None:
        task = asyncio.create_task(answer_of(FakeResponse(200, waits_for=asyncio.Event()), places).read(10))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert places.left == 1


def test_an_answer_has_status_headers_and_the_place_it_came_from() -> None:
    answer = answer_of(FakeResponse(206, headers=[("ETag", "1")], url="https://s3.example/x"))
    assert (answer.status, answer.headers.get("etag"), answer.url) == (206, "1", "https://s3.example/x")
