import pytest

from app.client.errors import Refused
from app.layers.blob_source import BlobSource, HeldBlob, RangesIgnored, RegistryBlob, SpilledBlob, read_range
from app.layers.scan import Scan
from app.oci.digest import digest_of
from app.ports.transport import Request
from tests.unit.client.fake_registry import BASE, session_of
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport, error_response
from tests.unit.layers.layer_kit import gzip_of, run, tar_of

DATA = gzip_of(tar_of(("a", b"1" * 3000), ("b", b"2" * 3000)))
DIGEST = digest_of(DATA)


def registry(ranges: bool = True, size: int | None = len(DATA)) -> tuple[FakeTransport, RegistryBlob]:
    def answer(request: Request) -> FakeResponse:
        asked = request.header("Range")
        if asked is None or not ranges:
            return FakeResponse(200, DATA)
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        return error_response(416, "BLOB_UNKNOWN") if start >= len(DATA) else FakeResponse(206, DATA[start:])

    transport = FakeTransport(answer)
    return transport, RegistryBlob(session_of(transport), "lab", DIGEST, size)


@pytest.mark.parametrize("ranges", [True, False])
def test_a_part_of_a_blob_is_read_whether_or_not_the_registry_can_send_parts(ranges: bool) -> None:
    transport, blob = registry(ranges)
    assert run(read_range(blob, 20, 10)) == DATA[20:30]
    assert transport.requests[0].header("Range") == "bytes=20-"
    assert blob.ranged is ranges


def test_a_caller_that_wants_a_part_or_nothing_gets_nothing_of_a_registry_that_ignores_ranges() -> None:
    transport, _ = registry(ranges=False)
    blob = RegistryBlob(session_of(transport), "lab", DIGEST, len(DATA), must_range=True)
    with pytest.raises(RangesIgnored):
        run(read_range(blob, 20, 10))
    assert transport.responses[0].ended == "close"
    assert run(read_range(blob, 0, 5)) == DATA[:5]


def test_what_lies_behind_the_end_is_not_asked_for() -> None:
    transport, blob = registry()
    assert run(read_range(blob, len(DATA), 10)) == b""
    assert transport.requests == []


def test_where_the_size_is_not_known_a_range_that_cannot_be_is_the_end() -> None:
    _, blob = registry(size=None)
    assert run(read_range(blob, len(DATA), 10)) == b""


def test_other_refusals_are_raised() -> None:
    transport = FakeTransport(lambda request: error_response(418, "TEAPOT"))
    with pytest.raises(Refused):
        run(read_range(RegistryBlob(session_of(transport), "lab", DIGEST, None), 1, 1))


@pytest.mark.parametrize("ranges", [True, False])
def test_a_scan_goes_on_whether_or_not_the_registry_can_send_parts(ranges: bool) -> None:
    cut = FakeResponse(200, DATA[: len(DATA) // 2], fails="truncated")
    transport, blob = registry(ranges)
    scan = Scan(FakeClock(), "gzip", digest=DIGEST, size=len(DATA))
    broken = FakeTransport()
    broken.on("GET", f"{BASE}/v2/lab/blobs/{DIGEST}", cut)
    assert run(scan.run(RegistryBlob(session_of(broken), "lab", DIGEST, len(DATA)))).state == "broken"
    index = run(scan.run(blob))
    assert (index.digest, len(index.entries)) == ("ok", 2)
    assert transport.requests[0].header("Range") == f"bytes={len(DATA) // 2}-"


def test_a_request_ended_early_gives_its_place_back() -> None:
    async def many() -> None:
        _, blob = registry()
        for _ in range(20):
            await read_range(blob, 1, 1)

    run(many())


class File:
    complete = True

    def __init__(self, data: bytes) -> None:
        self.data = data

    @property
    def size(self) -> int:
        return len(self.data)

    def write(self, data: bytes) -> bool:
        return False

    def finish(self) -> None:
        pass

    def read(self, start: int, length: int) -> bytes:
        return self.data[start : start + length]

    def drop(self) -> None:
        pass


@pytest.mark.parametrize("source", [HeldBlob(bytes(3 * 2**20)), SpilledBlob(File(bytes(3 * 2**20)))])
def test_what_is_here_already_is_read_in_pieces(source: BlobSource) -> None:
    async def pieces() -> list[int]:
        return [len(piece) async for piece in source.stream(2**20 - 5)]

    assert run(pieces()) == [2**20, 2**20, 5]
    assert source.size == 3 * 2**20
