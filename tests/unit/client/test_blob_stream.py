from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from app.client.blob_stream import BlobStream, open_blob
from app.client.errors import BadAnswer, NotFound, Unreachable
from app.oci.digest import digest_of
from tests.unit.client.fake_registry import BASE, run, session_of
from tests.unit.fake_transport import FakeResponse, FakeTransport, error_response

DATA = b"0123456789"
DIGEST = digest_of(DATA)


def planned(*answers: FakeResponse) -> FakeTransport:
    transport = FakeTransport()
    transport.on("GET", f"{BASE}/v2/lab/blobs/{DIGEST}", *answers)
    return transport


async def opened(transport: FakeTransport, start: int = 0) -> BlobStream:
    return await open_blob(session_of(transport), "lab", DIGEST, start)


def read(transport: FakeTransport, start: int = 0) -> tuple[bytes, bool]:
    async def body() -> tuple[bytes, bool]:
        stream = await opened(transport, start)
        return b"".join([chunk async for chunk in stream.chunks()]), stream.ranged

    return run(body())


def test_a_whole_blob_is_asked_for_without_a_range() -> None:
    transport = planned(FakeResponse(200, DATA))
    assert read(transport) == (DATA, True)
    assert transport.requests[0].header("Range") is None


def test_a_part_is_asked_for_by_a_range_that_needs_no_preflight() -> None:
    transport = planned(FakeResponse(206, DATA[3:], [("Content-Range", "bytes 3-9/10")]))
    assert read(transport, 3) == (DATA[3:], True)
    assert transport.requests[0].header("Range") == "bytes=3-"


def test_a_hidden_content_range_is_believed() -> None:
    assert read(planned(FakeResponse(206, DATA[3:])), 3) == (DATA[3:], True)


@pytest.mark.parametrize("start", [1, 5, 7, 10])
def test_a_registry_that_sends_everything_is_read_from_the_place_on(start: int) -> None:
    assert read(planned(FakeResponse(200, DATA)), start) == (DATA[start:], False)


def test_a_part_that_begins_earlier_is_cut() -> None:
    assert read(planned(FakeResponse(206, DATA[2:], [("Content-Range", "bytes 2-9/*")])), 6) == (DATA[6:], True)


def test_a_part_that_begins_later_is_refused() -> None:
    transport = planned(FakeResponse(206, DATA[7:], [("Content-Range", "bytes 7-9/10")]))
    with pytest.raises(BadAnswer) as caught:
        read(transport, 5)
    assert (caught.value.reason, transport.responses[0].ended) == ("shape", "close")


def test_a_blob_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        read(planned(error_response(404, "BLOB_UNKNOWN")))


def test_a_body_that_breaks_off_is_told() -> None:
    with pytest.raises(Unreachable):
        read(planned(FakeResponse(200, DATA, fails="truncated")))


def test_a_stream_can_be_given_up() -> None:
    async def given_up() -> FakeTransport:
        transport = planned(FakeResponse(200, DATA))
        (await opened(transport)).close()
        return transport

    assert run(given_up()).responses[0].ended == "close"


def test_whoever_has_enough_ends_the_request_at_once() -> None:
    ended: list[str] = []

    class Endless(FakeResponse):
        async def chunks(self) -> AsyncGenerator[bytes, None]:
            try:
                while True:
                    yield b"more"
            finally:
                ended.append("aborted")

        def again(self) -> "Endless":
            return self

    async def enough() -> list[str]:
        stream = await opened(planned(Endless(200)))
        async with aclosing(stream.chunks()) as chunks:
            async for _ in chunks:
                break
        return list(ended)

    assert run(enough()) == ["aborted"]
